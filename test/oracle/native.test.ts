import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameworks } from '../../src/python/libraries/registry';
import type { Signature } from '../../src/python/model/library';
import { tensorOps } from '../../src/python/shapes/tensorOps';

const golden = JSON.parse(readFileSync(join('test', 'oracle', 'goldens', 'native.json'), 'utf8')) as {
  readonly torch: string;
  readonly native: readonly string[];
  readonly python: readonly string[];
};
const METHOD = 'torch.Tensor.';

const formOf = (name: string): Signature | undefined =>
  (name.startsWith(METHOD) ? tensorOps.get(name.slice(METHOD.length)) : frameworks.function(name))?.signature;

/** Those of which there is a rule, by whether the rule takes NumPy's names of arguments. */
function modelled(names: readonly string[], takes: boolean): string[] {
  const forms = names.map((name) => [name, formOf(name)] as const);
  // One that takes no arguments has no names for them.
  return forms
    .filter(([, form]) => form && form.names.length > 0 && (form.alsoNamed.get('axis') === 'dim') === takes)
    .map(([name]) => name);
}

describe(`the names of arguments that PyTorch ${golden.torch} takes`, () => {
  it('are NumPy’s, too, in every function and method that is native', () => {
    assert.ok(modelled(golden.native, true).length > 400);
    assert.deepEqual(modelled(golden.native, false), []);
  });

  it('are its own alone in what is written in Python', () => {
    assert.ok(modelled(golden.python, false).length > 50);
    assert.deepEqual(modelled(golden.python, true), []);
  });
});
