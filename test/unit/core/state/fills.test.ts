import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FillSpec, fillTensor } from '../../../../src/core/state/fills';
import { elementCount, zeros } from '../../../../src/core/tensor/tensor';

function fillOf(shape: readonly number[], fill: FillSpec, rank = 2, leading: readonly number[] = []): number[] {
  const tensor = zeros('float64', shape);
  fillTensor(tensor, fill, rank, leading);
  return Array.from(tensor.data);
}

describe('fillTensor', () => {
  const known: readonly [string, readonly number[], FillSpec, readonly number[]][] = [
    ['the Sobel kernel across columns', [3, 3], { fill: 'sobel', axis: 1 }, [-1, 0, 1, -2, 0, 2, -1, 0, 1]],
    ['the Sobel kernel across rows', [3, 3], { fill: 'sobel', axis: 0 }, [-1, -2, -1, 0, 0, 0, 1, 2, 1]],
    ['the 5-tap Sobel profile', [1, 5], { fill: 'sobel', axis: 1 }, [-1, -2, 0, 2, 1]],
    ['FCN’s bilinear kernel for stride 2', [1, 4], { fill: 'bilinear' }, [0.25, 0.75, 0.75, 0.25]],
    ['a 3×3 bilinear kernel', [3, 3], { fill: 'bilinear' }, [0.25, 0.5, 0.25, 0.5, 1, 0.5, 0.25, 0.5, 0.25]],
    ['a checkerboard', [2, 3], { fill: 'checkerboard', even: 1, odd: -1 }, [1, -1, 1, -1, 1, -1]],
    ['a ramp', [2, 2], { fill: 'ramp', start: 1, step: 2 }, [1, 3, 5, 7]],
    ['an impulse', [3, 3], { fill: 'impulse' }, [0, 0, 0, 0, 1, 0, 0, 0, 0]],
    ['an identity on the channels’ diagonal', [2, 2, 1, 1], { fill: 'identity' }, [1, 0, 0, 1]],
    ['a depthwise identity', [2, 1, 1, 1], { fill: 'identity' }, [1, 1]],
  ];
  for (const [name, shape, fill, wanted] of known) {
    it(`draws ${name}`, () => {
      assert.deepEqual(fillOf(shape, fill), wanted);
    });
  }

  it('makes Gaussian planes that sum to 1, whatever their size and width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (rows, columns, sigma) => {
          const values = fillOf([1, 1, rows, columns], { fill: 'gaussian', sigma });
          assert.ok(Math.abs(values.reduce((all, each) => all + each, 0) - 1) < 1e-9);
        },
      ),
      { seed: 27 },
    );
  });

  it('makes Sobel planes that sum to 0 and answer a ramp with the same sign', () => {
    for (let size = 2; size <= 40; size++) {
      const values = fillOf([size, size], { fill: 'sobel', axis: 1 });
      assert.equal(
        values.reduce((all, each) => all + each, 0),
        0,
      );
      assert.ok(values.reduce((all, each, at) => all + each * (at % size), 0) > 0);
    }
  });

  it('repeats random numbers by their seed, with the mean and deviation asked for', () => {
    const normal = (seed: number): number[] => fillOf([200, 200], { fill: 'normal', seed, mean: 3, deviation: 2 });
    const values = normal(7);
    assert.deepEqual(values, normal(7));
    assert.notDeepEqual(values, normal(8));
    const mean = values.reduce((all, each) => all + each, 0) / values.length;
    const variance = values.reduce((all, each) => all + (each - mean) ** 2, 0) / values.length;
    // 40,000 samples: the standard errors are 0.01 and 0.03.
    assert.ok(Math.abs(mean - 3) < 0.05 && Math.abs(variance - 4) < 0.15, `${mean} ${variance}`);
    const uniform = fillOf([200, 200], { fill: 'uniform', seed: 7, low: -1, high: 1 });
    assert.ok(Math.min(...uniform) >= -1 && Math.max(...uniform) < 1);
  });

  it('writes nothing outside the plane that is picked', () => {
    const fills: readonly FillSpec[] = [
      { fill: 'constant', value: 5 },
      { fill: 'uniform', seed: 1, low: 1, high: 2 },
      { fill: 'ramp', start: 1, step: 1 },
      { fill: 'gaussian', sigma: 1 },
      { fill: 'checkerboard', even: 1, odd: 2 },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...fills),
        fc.integer({ min: 0, max: 3 }),
        fc.nat(1),
        fc.nat(2),
        (fill, depth, n, c) => {
          const shape = [2, 3, 4, 5];
          const leading = [n, c, 2].slice(0, depth);
          const values = fillOf(shape, fill, 2, leading);
          const count = elementCount(shape.slice(depth));
          const begin = leading.reduce((flat, index, axis) => flat * shape[axis] + index, 0) * count;
          values.forEach((value, at) => assert.equal(value !== 0, at >= begin && at < begin + count));
        },
      ),
      { seed: 28 },
    );
  });
});
