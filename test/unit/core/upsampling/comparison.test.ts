import assert from 'node:assert/strict';
import fc from 'fast-check';
import { elementCount } from '../../../../src/core/tensor/tensor';
import {
  compareUpsampling,
  comparisonBytes,
  METHODS,
  outputsOf,
  type UpsamplingQuestion,
} from '../../../../src/core/upsampling/comparison';
import { boxOf, type Grid } from '../../../../src/core/upsampling/grid';
import { interpolate } from '../../../../src/core/upsampling/interpolate';
import { LeastSquares } from '../../../../src/core/upsampling/leastSquares';
import { psnr, ssim } from '../../../../src/core/upsampling/measures';
import { blockMeans } from '../../../../src/core/upsampling/pooling';
import { channelsOf, shuffled } from '../../../../src/core/upsampling/shuffle';
import { bilinearLayer, transposed } from '../../../../src/core/upsampling/transposed';
import { wholeNumbers } from '../arbitraries';

const gridOf = (shape: readonly number[], seed: number): Grid => ({
  shape,
  data: Float64Array.from(wholeNumbers(shape, seed).data),
});

/** Sizes and factors of one to three axes, so small that a thousand are quick. */
const layers = fc.integer({ min: 1, max: 3 }).chain((rank) =>
  fc.record({
    sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: rank, maxLength: rank }),
    factors: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: rank, maxLength: rank }),
    seed: fc.nat(),
  }),
);

const question = (more: Partial<UpsamplingQuestion> = {}): UpsamplingQuestion => ({
  plane: gridOf([4, 4], 3),
  factors: [2, 2],
  against: 'back',
  base: 'reference',
  scaled: false,
  slice: 0,
  most: 192,
  ...more,
});

describe('ways to make a plane larger', () => {
  it('keep a constant, by every interpolation', () => {
    fc.assert(
      fc.property(layers, fc.integer({ min: -3, max: 3 }), ({ sizes, factors }, value) => {
        const constant: Grid = { shape: sizes, data: new Float64Array(elementCount(sizes)).fill(value) };
        for (const how of ['nearest', 'linear', 'linearCorners', 'cubic'] as const)
          for (const made of interpolate(constant, factors, how).data) assert.ok(Math.abs(made - value) < 1e-12);
      }),
    );
  });

  it('are the plane itself where the factors are 1', () => {
    fc.assert(
      fc.property(layers, ({ sizes, seed }) => {
        const grid = gridOf(sizes, seed);
        const ones = sizes.map(() => 1);
        for (const how of ['nearest', 'linear', 'linearCorners', 'cubic'] as const)
          assert.deepEqual(interpolate(grid, ones, how), grid);
        assert.deepEqual(transposed(grid, bilinearLayer(ones)), grid);
        assert.deepEqual(blockMeans(grid, ones), grid);
      }),
    );
  });

  it('have the means of their blocks, where each value is repeated', () => {
    fc.assert(
      fc.property(layers, ({ sizes, factors, seed }) => {
        const grid = gridOf(sizes, seed);
        const back = blockMeans(interpolate(grid, factors, 'nearest'), factors);
        back.data.forEach((value, at) => assert.ok(Math.abs(value - grid.data[at]) < 1e-12));
      }),
    );
  });

  it('come back from channels: a shuffle undoes what takes the cells of blocks apart', () => {
    fc.assert(
      fc.property(layers, ({ sizes, factors, seed }) => {
        const grid = gridOf(
          sizes.map((size, axis) => size * factors[axis]),
          seed,
        );
        assert.deepEqual(shuffled(channelsOf(grid, factors), factors), grid);
      }),
    );
  });

  it('are bilinear by a transposed convolution with bilinear weights, but for the ring', () => {
    fc.assert(
      fc.property(layers, ({ sizes, factors, seed }) => {
        const plane = gridOf(sizes, seed);
        const { bilinear } = compareUpsampling(question({ plane, factors, against: 'none', base: 'linear' }));
        assert.ok(bilinear.inside < 1e-12);
        assert.deepEqual(
          bilinear.ring,
          factors.map((factor) => Math.floor(factor / 2)),
        );
      }),
    );
  });

  it('name what there is not, and why', () => {
    const lacks = (shape: readonly number[]): readonly (readonly [string, string | undefined])[] =>
      compareUpsampling(question({ plane: gridOf(shape, 1), factors: shape.map(() => 2) })).results.flatMap(
        ({ method, lack }) => (lack ? [[method, lack] as const] : []),
      );
    assert.deepEqual(lacks([4]), [
      ['cubic', 'rank'],
      ['own', 'conv'],
    ]);
    assert.deepEqual(lacks([4, 4]), [['own', 'conv']]);
    assert.deepEqual(lacks([4, 4, 4]), [
      ['cubic', 'rank'],
      ['shuffle', 'rank'],
      ['own', 'conv'],
    ]);
    const { results } = compareUpsampling(question());
    assert.deepEqual(
      results.map(({ method }) => method),
      METHODS,
    );
  });

  it('lay the own layer over the middle of the others, and divide it by what it makes of a constant', () => {
    const own = {
      op: { kind: 'convTranspose', stride: [2, 2], padding: [0, 0], dilation: [1, 1] },
      kernel: gridOf([4, 4], 0),
    } as const;
    own.kernel.data.fill(1);
    const plane: Grid = { shape: [3, 3], data: new Float64Array(9).fill(5) };
    const { own: fit, results } = compareUpsampling(
      question({ plane, own, against: 'none', base: 'nearest', scaled: true }),
    );
    assert.deepEqual(fit, { gain: 4, scaled: true, sizes: [8, 8], begin: [1, 1], shift: [0, 0] });
    const made = results[METHODS.indexOf('own')].picture;
    // Inside, where all stamps are there, a constant is as large as before.
    assert.equal(made?.values[2 * 6 + 2], 5);
    const shifted = compareUpsampling(
      question({ plane, own: { ...own, op: { ...own.op, padding: [1, 1] } }, against: 'none', base: 'linear' }),
    );
    assert.deepEqual(shifted.own?.begin, [0, 0]);
    assert.deepEqual(shifted.own.shift, [0, 0]);
    const three = { op: { ...own.op, padding: [1, 1], outputPadding: [1, 1] }, kernel: gridOf([3, 3], 4) };
    assert.deepEqual(compareUpsampling(question({ plane, own: three, against: 'none' })).own?.shift, [-0.5, -0.5]);
  });

  it('say how many outputs they would make before any is made', () => {
    const large = question({ plane: { shape: [4096, 4096], data: new Float64Array() }, against: 'none' });
    assert.equal(outputsOf(large), 8192 * 8192);
    assert.ok(comparisonBytes(outputsOf(large)) > 2 ** 31);
    assert.equal(outputsOf(question()), 16);
  });
});

describe('measures of two planes', () => {
  it('of the same are infinite and 1', () => {
    const grid = gridOf([9, 8], 5);
    assert.equal(psnr(grid, grid, 10), Infinity);
    assert.ok(Math.abs((ssim(grid, grid, 10) ?? 0) - 1) < 1e-12);
  });

  it('are less the more is added', () => {
    const grid = gridOf([10, 9], 5);
    const noise = gridOf([10, 9], 6);
    const added = (share: number): Grid => ({
      shape: grid.shape,
      data: grid.data.map((value, at) => value + share * noise.data[at]),
    });
    const shares = [0.1, 0.3, 1];
    const all = shares.map((share) => [psnr(grid, added(share), 10), ssim(grid, added(share), 10) ?? NaN] as const);
    for (const which of [0, 1] as const) {
      assert.ok(all[0][which] > all[1][which]);
      assert.ok(all[1][which] > all[2][which]);
    }
    assert.ok(Math.abs(all[0][0] - all[2][0] - 20) < 1e-9, 'ten times the noise is 20 dB');
  });

  it('have no structure to compare where an axis is shorter than 7', () => {
    assert.equal(ssim(gridOf([6, 20], 1), gridOf([6, 20], 2), 10), undefined);
  });
});

describe('least squares, an equation at a time', () => {
  it('leave a rest at right angles to every column, whatever the rank', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 5 }), fc.nat(), (rows, unknowns, seed) => {
        const matrix = gridOf([rows, unknowns], seed);
        // The last column is twice the first: never of full rank.
        if (unknowns > 1)
          for (let row = 0; row < rows; row++)
            matrix.data[row * unknowns + unknowns - 1] = 2 * matrix.data[row * unknowns];
        const side = gridOf([rows], seed + 1);
        const squares = new LeastSquares(unknowns, 1);
        for (let row = 0; row < rows; row++)
          squares.add(matrix.data.slice(row * unknowns, (row + 1) * unknowns), side.data.slice(row, row + 1));
        const [solution] = squares.solve();
        const rest = side.data.map(
          (value, row) =>
            value - solution.reduce((sum, each, column) => sum + each * matrix.data[row * unknowns + column], 0),
        );
        for (let column = 0; column < unknowns; column++) {
          const product = rest.reduce((sum, value, row) => sum + value * matrix.data[row * unknowns + column], 0);
          assert.ok(Math.abs(product) < 1e-9, `${product}`);
        }
        if (unknowns > 1) assert.ok(Math.abs(solution[unknowns - 1] - 2 * solution[0]) < 1e-9, 'the shortest solution');
      }),
    );
  });
});

it('a box of a grid is empty where the grid has ended', () => {
  const grid = gridOf([2, 3], 1);
  const box = boxOf(grid, [-1, 1], [4, 3]);
  assert.deepEqual(
    [...box.data],
    [NaN, NaN, NaN, grid.data[1], grid.data[2], NaN, grid.data[4], grid.data[5], NaN, NaN, NaN, NaN],
  );
});
