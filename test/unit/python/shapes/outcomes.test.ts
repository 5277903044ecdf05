import assert from 'node:assert/strict';
import { fieldAfter, type Outcome, Outcomes } from '../../../../src/python/shapes/outcomes';
import { named, type Size } from '../../../../src/python/sizes/size';

describe('what a layer makes of shapes', () => {
  function counted(): { readonly of: (shape: readonly Size[]) => Outcome; readonly made: () => number } {
    const outcomes = new Outcomes<Outcome>();
    let count = 0;
    return {
      of: (shape) =>
        outcomes.of(shape, () => {
          count++;
          return { shape };
        }),
      made: () => count,
    };
  }

  it('is remembered for each shape of numbers', () => {
    const { of, made } = counted();
    const first = of([1, 3, 8, 8]);
    assert.equal(of([1, 3, 8, 8]), first);
    assert.notEqual(of([1, 3, 8, 9]), first);
    assert.notEqual(of([3, 8, 8]), first);
    assert.equal(made(), 3);
  });

  it('is worked out anew where a size has but a name: the same name stands for another size elsewhere', () => {
    const { of, made } = counted();
    of([1, 3, named('H'), 8]);
    of([1, 3, named('H'), 8]);
    assert.equal(made(), 2);
  });

  it('is right after more shapes than are remembered', () => {
    const { of } = counted();
    for (let round = 0; round < 2; round++)
      for (let size = 1; size <= 40; size++) assert.deepEqual(of([1, 3, size, size]).shape, [1, 3, size, size]);
  });

  it('has the receptive field of what came before', () => {
    const outcome: Outcome = { shape: [1] };
    const [near, far] = [[{ size: 3, jump: 1 }], [{ size: 9, jump: 2 }]];
    assert.equal(
      fieldAfter(outcome, undefined, () => near),
      near,
    );
    assert.equal(
      fieldAfter(outcome, undefined, () => far),
      near,
    );
    assert.equal(
      fieldAfter(outcome, near, () => far),
      far,
    );
  });
});
