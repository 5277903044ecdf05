import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeModule } from '../../../src/python';
import { PROBLEM_CODES, usualLevel } from '../../../src/python/problemCodes';
import { heard } from '../../../src/python/told';

interface Described {
  readonly code: string;
  readonly text: string;
  readonly level: string;
  readonly example: string;
  /** The level where it may run all the same, and an example that does. */
  readonly milder?: string;
  readonly when?: string;
  readonly running?: string;
}

/**
 * As `docs/problems.md` has them: a heading, a sentence with the level behind it, an example; and where it is told at
 * two levels, when it is the second, with an example of that.
 */
const described = [
  ...readFileSync('docs/problems.md', 'utf8').matchAll(
    /^### `(?<code>[^`]+)`\n\n(?<text>[^]+?) _(?<level>\w+)_(?: or _(?<milder>\w+)_)?\n\n```python\n(?<example>[^]+?)```$(?:\n\nA (?<when>\w+) where [^#`]+\n\n```python\n(?<running>[^]+?)```$)?/gm,
  ),
].map(({ groups }) => groups as unknown as Described);

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly contributes: {
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly properties?: Readonly<Record<string, { enum: string[]; description: string }>> }>
      >;
    };
  };
};
const schema = manifest.contributes.configuration.properties['transposedConv.diagnostics.severity'].properties!;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;

const PRELUDES: readonly (readonly [word: RegExp, line: string])[] = [
  [/\btorch\./, 'import torch'],
  [/\bnn\./, 'from torch import nn'],
  [/\bF\./, 'import torch.nn.functional as F'],
  [/\blayers\./, 'from keras import layers'],
];
const programOf = (example: string): string =>
  example.startsWith('import')
    ? example
    : [...PRELUDES.filter(([word]) => word.test(example)).map(([, line]) => line), example].join('\n');

/** At which levels a code is told of an example. */
function levelsOf(code: string, example: string): string[] {
  const { told, idle } = heard(analyzeModule({ path: 'example.py', text: programOf(example) }));
  return [...told, ...idle].flatMap(({ problem }) =>
    problem.code === code ? [usualLevel(problem.code, problem.severity)] : [],
  );
}

/** Codes that the sources of a folder give to problems, `…-rank` for those that are put together with a field. */
function codesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(
        /\b(?:code: |note\(\s*|remark\()(?:'([^']+)'|`\$\{.*\}(-\w+)`)/g,
      ),
    ])
    .map(([, whole, ending]) => whole ?? ending);
}

describe('codes of problems of Python code', () => {
  const codes = Object.keys(PROBLEM_CODES);

  it('are all described, and nothing else is', () =>
    assert.deepEqual(described.map(({ code }) => code).sort(), [...codes].sort()));

  it('can all be given a level in the settings, and nothing else can', () => {
    assert.deepEqual(Object.keys(schema).sort(), [...codes].sort());
    for (const [code, entry] of Object.entries(schema)) {
      assert.deepEqual(entry.enum, ['error', 'warning', 'information', 'hint', 'off']);
      assert.equal(entry.description, `%problem.${code}%`);
    }
  });

  it('are named as they are told: those of all fields in one way', () => {
    assert.deepEqual(
      codes.filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code)),
      [],
    );
  });

  it('are all that the sources give', () => {
    // Of a document that is malformed, or of types, the reading of Python asks nothing.
    const elsewhere = ['malformed', 'dtypes-differ'];
    const given = [...codesIn('src/python'), ...codesIn('src/core/rules')];
    assert.ok(given.length > 40, given.join());
    assert.deepEqual(
      given.filter(
        (code) =>
          !elsewhere.includes(code) && !codes.some((each) => (code[0] === '-' ? each.endsWith(code) : each === code)),
      ),
      [],
    );
  });

  it('do not make an error of a warning, nor a warning of a hint', () => {
    const [error, warning, info] = (['error', 'warning', 'info'] as const).map((severity) =>
      ['output-empty', 'cannot-restore', 'holes', 'unknown-code'].map((code) => usualLevel(code, severity)),
    );
    assert.deepEqual(error, ['error', 'warning', 'information', 'hint']);
    assert.deepEqual(warning, ['warning', 'warning', 'information', 'hint']);
    assert.deepEqual(info, ['information', 'warning', 'information', 'hint']);
  });

  it('are described at two levels where PyTorch may run what it refuses elsewhere', () => {
    assert.deepEqual(
      described.filter(({ milder }) => milder !== undefined).map(({ code }) => code),
      ['dilation-range', 'output-empty'],
    );
    for (const { milder, when, running } of described) {
      assert.equal(when, milder);
      assert.equal(running === undefined, milder === undefined);
    }
  });

  for (const { code, text, level, milder, example, running } of described) {
    it(`${code}: is described as the settings do, at its level`, () => {
      assert.equal(text.replaceAll('\n', ' '), texts[`problem.${code}`]);
      assert.equal(level, PROBLEM_CODES[code]);
    });

    // A tensor of a negative size is refused where it is made, in words of its own.
    if (code === 'input-sizes') continue;
    it(`${code}: is told of its example`, () => {
      assert.deepEqual(levelsOf(code, example), [level]);
    });

    if (running === undefined) continue;
    it(`${code}: is told as a ${milder} of the example that runs`, () => {
      assert.deepEqual(levelsOf(code, running), [milder]);
    });
  }
});
