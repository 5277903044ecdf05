import assert from 'node:assert/strict';
import { frameworks } from '../../src/python/libraries/registry';
import { readGolden } from './goldens';

const { ancestries, header } = readGolden<{ ancestries: Readonly<Record<string, readonly string[]>> }>('classes');
const told = (name: string, base: string): boolean | undefined =>
  frameworks.isSubclass(frameworks.canonical(name), frameworks.canonical(base));

describe(`the classes of torch.nn, against PyTorch ${header.packages.torch}`, () => {
  const names = Object.keys(ancestries);

  it(`says of no pair of its ${names.length} classes that one derives from the other where PyTorch says the opposite`, () => {
    const wrong = names.flatMap((name) =>
      names.filter((base) => told(name, base) === !ancestries[name].includes(base)).map((base) => `${name} < ${base}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('knows every one that has a public name', () => {
    const known = names.filter((name) => !name.includes('.modules.'));
    assert.ok(known.length > 150, `${known.length}`);
    assert.deepEqual(
      known.filter((name) => told(name, 'torch.nn.Module') !== true),
      [],
    );
  });
});
