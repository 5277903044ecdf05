// Ways to make a plane larger: PyTorch's values, and scikit-image's measures of them.
import assert from 'node:assert/strict';
import { stridesOf } from '../../src/core/kernels/positions';
import { elementCount } from '../../src/core/tensor/tensor';
import { type Against, compareUpsampling, type Method } from '../../src/core/upsampling/comparison';
import type { Grid } from '../../src/core/upsampling/grid';
import { readGolden } from './goldens';
import { real, reals } from './seeded';

interface Made {
  readonly shape: readonly number[];
  /** Every so manieth value, and all of them times a known vector. */
  readonly every: number;
  readonly values: readonly number[];
  readonly dot: number;
  readonly psnr?: number | 'inf';
  readonly ssim?: number;
}
interface Case {
  readonly seed: number;
  readonly against: Against;
  readonly factors: readonly number[];
  readonly plane: readonly number[];
  readonly own: {
    readonly kernel: readonly number[];
    readonly dilation: readonly number[];
    readonly padding: readonly (readonly [number, number])[];
    readonly outputPadding: readonly number[];
  };
  readonly range?: number;
  readonly gain: number;
  readonly small: readonly number[];
  readonly methods: Readonly<Record<string, Made>>;
}

const { cases, header } = readGolden<{ cases: readonly Case[] }>('upsampling');

/** As `smooth` in `python/upsampling.py` has it. */
function smooth(seed: number, shape: readonly number[]): Grid {
  const strides = stridesOf(shape);
  const data = Float64Array.from({ length: elementCount(shape) }, (_, flat) => {
    const slope = shape.reduce(
      (sum, size, axis) => sum + ((axis + 1) * (Math.floor(flat / strides[axis]) % size)) / size,
      0,
    );
    return slope + 0.25 * real(seed, flat, 'float64');
  });
  return { shape, data };
}

const made = ({ seed, against, factors, plane, own }: Case, scaled: boolean): ReturnType<typeof compareUpsampling> =>
  compareUpsampling({
    plane: smooth(seed, plane),
    factors,
    against,
    reference:
      against === 'given'
        ? smooth(
            seed + 1,
            plane.map((size, axis) => size * factors[axis]),
          )
        : undefined,
    base: against === 'none' ? 'linear' : 'reference',
    own: {
      op: {
        kind: 'convTranspose',
        stride: factors,
        padding: own.padding,
        dilation: own.dilation,
        outputPadding: own.outputPadding,
      },
      kernel: { shape: own.kernel, data: Float64Array.from(reals(seed + 2, own.kernel, 'float64').data) },
    },
    scaled,
    slice: 0,
    most: 4096,
  });

const titleOf = ({ seed, against, factors, plane }: Case): string =>
  `${seed}: ${plane.join('×')} by ${factors.join('×')}, ${against}`;

/** Holds a picture against what is known of it; of a volume it is the first slice. Answers how many were compared. */
function agrees(values: Float64Array, wanted: Made, each: Case, tolerance: number, method: string): number {
  const known = wanted.values.slice(0, Math.ceil(values.length / wanted.every));
  known.forEach((value, at) => {
    const ours = values[at * wanted.every];
    const title = `${titleOf(each)}: ${method}[${at * wanted.every}]`;
    assert.ok(Math.abs(ours - value) <= tolerance, `${title} is ${ours}, PyTorch ${value}`);
  });
  if (values.length === elementCount(wanted.shape)) {
    const dot = values.reduce((sum, value, at) => sum + value * real(each.seed + 7, at, 'float64'), 0);
    assert.ok(Math.abs(dot - wanted.dot) <= tolerance * values.length, `${titleOf(each)}: ${method}`);
  }
  return known.length;
}

/** A few roundings of values of this size; least squares multiply them by the condition of their equations. */
const TOLERANCE: Readonly<Partial<Record<Method, number>>> = { shuffle: 1e-9 };

describe(`${cases.length} planes made larger by ${JSON.stringify(header.packages)}`, () => {
  it('are of 1 to 3 axes, by factors that differ, and of every kind of reference', () => {
    assert.ok(cases.length >= 150);
    for (const rank of [1, 2, 3]) assert.ok(cases.filter(({ plane }) => plane.length === rank).length > 20);
    for (const kind of ['back', 'given', 'none'])
      assert.ok(cases.filter(({ against }) => against === kind).length > 20);
    assert.ok(cases.filter(({ factors }) => factors.some((factor) => factor !== factors[0])).length > 10);
    assert.ok(cases.filter(({ methods }) => methods.linear.ssim !== undefined).length > 40);
  });

  it('are PyTorch’s values, by every method that it has', () => {
    let compared = 0;
    for (const each of cases) {
      const { results, small, limits } = made(each, false);
      assert.deepEqual(small, each.small);
      const scale = Math.max(...limits.map(Math.abs), 1);
      for (const { method, picture, lack } of results) {
        const wanted = each.methods[method] as Made | undefined;
        if (!wanted) {
          assert.equal(lack, 'rank', `${titleOf(each)}: ${method}`);
          continue;
        }
        if (lack !== undefined) {
          assert.ok(method === 'own' && lack === 'parted', `${titleOf(each)}: ${method} is lacking: ${lack}`);
          continue;
        }
        // The own layer's outputs are moved to the others' places: they have a test of their own.
        if (method === 'own') continue;
        assert.ok(picture);
        compared += agrees(picture.values, wanted, each, (TOLERANCE[method] ?? 1e-12) * scale, method);
      }
    }
    assert.ok(compared > 30_000, `${compared} values`);
  });

  it('are PyTorch’s values by the document’s own kernel, laid over the others’ middle', () => {
    let compared = 0;
    for (const each of cases) {
      const { results, own, large } = made(each, false);
      if (!own) continue;
      const wanted = each.methods.own;
      assert.deepEqual(own.sizes, wanted.shape, titleOf(each));
      const { picture } = results[results.length - 1];
      assert.ok(picture);
      const rank = large.length;
      const strides = stridesOf(wanted.shape);
      const [rows, columns] = [1, ...large].slice(-2);
      for (let at = 0; at < rows * columns; at++) {
        const place = [0, Math.floor(at / columns), at % columns].slice(-rank).map((to, axis) => to + own.begin[axis]);
        const isThere = place.every((to, axis) => to >= 0 && to < wanted.shape[axis]);
        const flat = place.reduce((sum, to, axis) => sum + to * strides[axis], 0);
        const value = picture.values[at];
        const known = wanted.values[flat / wanted.every] as number | undefined;
        if (!isThere) assert.ok(Number.isNaN(value), titleOf(each));
        else if (flat % wanted.every > 0 || known === undefined) continue;
        else assert.ok(Math.abs(value - known) <= 1e-12 * 36, `${titleOf(each)}: own[${place.join()}]`);
        compared++;
      }
    }
    assert.ok(compared > 5000, `${compared} values`);
  });

  it('have scikit-image’s PSNR and SSIM, with the same data range', () => {
    let measured = 0;
    let compared = 0;
    for (const each of cases) {
      if (each.against === 'none') continue;
      const { results, range } = made(each, true);
      assert.ok(range !== undefined && Math.abs(range - (each.range ?? NaN)) < 1e-12);
      for (const { method, lack, psnr, ssim } of results) {
        if (lack !== undefined) continue;
        const wanted = each.methods[method];
        const title = `${titleOf(each)}: ${method}`;
        const exact = wanted.psnr === 'inf' || Number(wanted.psnr) > 200;
        // What is fitted to the last bit leaves nothing but rounding.
        if (exact) assert.ok(Number(psnr) > 200, title);
        else assert.ok(Math.abs(Number(psnr) - Number(wanted.psnr)) < 1e-6, `${title}: ${psnr}, ${wanted.psnr}`);
        assert.equal(ssim === undefined, wanted.ssim === undefined, title);
        if (ssim !== undefined) {
          assert.ok(Math.abs(ssim - (wanted.ssim ?? NaN)) < 1e-8, `${title}: ${ssim}, ${wanted.ssim}`);
          measured++;
        }
        compared++;
      }
    }
    assert.ok(measured > 200 && compared > 600, `${measured} of ${compared}`);
  });

  it('show that bilinear weights are bilinear interpolation but for the ring', () => {
    for (const each of cases) {
      const { bilinear, limits, factors } = made(each, false);
      const scale = Math.max(...limits.map(Math.abs), 1);
      assert.deepEqual(
        bilinear.ring,
        factors.map((factor) => Math.floor(factor / 2)),
      );
      assert.ok(bilinear.inside <= 1e-12 * scale, titleOf(each));
    }
    const off = cases.filter((each) => made(each, false).bilinear.border > 1e-3);
    assert.ok(off.length > cases.length / 2, 'the ring differs, where there is one');
  });
});
