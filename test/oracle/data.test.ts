import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromJson } from '../../src/python/libraries/python/json';
import { fromYaml } from '../../src/python/libraries/python/yaml';
import { textOf } from '../../src/python/model/text';
import type { Value } from '../../src/python/model/value';

type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

const golden = JSON.parse(readFileSync(join('test', 'oracle', 'goldens', 'data.json'), 'utf8')) as {
  readonly pyyaml: string;
  readonly values: Readonly<Record<string, { readonly [key: string]: Plain }>>;
};

/** As Python's `repr` shows it. */
function shown(value: Value): Plain {
  if (value.kind === 'dict')
    return Object.fromEntries(
      [...value.entries.values()].map(([key, each]) => [JSON.stringify(shown(key)), shown(each)]),
    );
  if (value.kind === 'list') return value.items.map(shown);
  if (value.kind === 'string') return `'${value.value}'`;
  return textOf(value) ?? 'unknown';
}

/** The same of the golden. Dates are objects of Python's own, of which nothing is known. */
function known(plain: Plain): Plain {
  if (typeof plain === 'string') return plain.startsWith('datetime.') ? 'unknown' : plain;
  if (Array.isArray(plain)) return plain.map(known);
  return Object.fromEntries(Object.entries(plain).map(([key, each]) => [JSON.stringify(key), known(each)]));
}

describe(`data beside a program, as Python's json and PyYAML ${golden.pyyaml} read it`, () => {
  for (const [name, wanted] of Object.entries(golden.values)) {
    it(name, () => {
      const text = readFileSync(join('test', 'fixtures', 'data', name), 'utf8');
      const value = (name.endsWith('.json') ? fromJson : fromYaml)(text);
      assert.ok(value);
      assert.deepEqual(shown(value), known(wanted));
    });
  }

  it('are nothing where they are not whole', () => {
    assert.equal(fromJson('{"a": 1,'), undefined);
    assert.equal(fromYaml('a: [1, 2'), undefined);
    assert.equal(fromYaml('a: !!python/object:os.system {}'), undefined);
  });
});
