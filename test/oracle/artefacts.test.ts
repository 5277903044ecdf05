// Checkerboards and their cures, against PyTorch and NumPy; and the code that is copied for them, which was run.
import assert from 'node:assert/strict';
import { constantIn, phaseSums } from '../../src/core/artefacts/constant';
import { countsIn } from '../../src/core/artefacts/counts';
import { copyFirstSubKernel } from '../../src/core/artefacts/icnr';
import { pixelShuffle } from '../../src/core/artefacts/pixelShuffle';
import { dft } from '../../src/core/artefacts/spectrum';
import { gather } from '../../src/core/kernels/gather';
import { forEachPosition, outputSizes } from '../../src/core/kernels/positions';
import type { Tensor } from '../../src/core/operation';
import { type Plan, resolve } from '../../src/core/plan';
import { applyEdit } from '../../src/core/state/applyEdit';
import { resolveDocument } from '../../src/core/state/resolveDocument';
import { tensorOf, zeros } from '../../src/core/tensor/tensor';
import { artefactCases, CURES, cureText } from './artefactCases';
import { readGolden } from './goldens';

interface Layer {
  readonly input: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly number[];
  readonly outputPadding: readonly number[];
  readonly weight: readonly number[];
  readonly counts: readonly number[];
  readonly constant: readonly number[];
}

interface Golden {
  readonly layers: readonly Layer[];
  readonly spectra: readonly {
    readonly shape: readonly number[];
    readonly values: readonly number[];
    readonly re: readonly number[];
    readonly im: readonly number[];
  }[];
  readonly shuffles: readonly {
    readonly factor: number;
    readonly shape: readonly number[];
    readonly shuffled: readonly number[];
  }[];
  readonly icnr: readonly {
    readonly rank: number;
    readonly stride: number;
    readonly taps: number;
    readonly sub: readonly number[];
    readonly input: readonly number[];
    readonly output: readonly number[];
  }[];
  readonly codes: readonly {
    readonly title: string;
    readonly cure: string;
    readonly text: string;
    readonly shape: readonly number[] | null;
    readonly values: readonly number[];
  }[];
}

const golden = readGolden<Golden>('artefacts');

function planOf(op: Parameters<typeof resolve>[0], input: readonly number[], weight: readonly number[]): Plan {
  const resolution = resolve(op, input, weight);
  if (!resolution.ok) throw new Error(resolution.problems[0].message);
  return resolution.plan;
}

describe(`checkerboards, as ${JSON.stringify(golden.header.packages)} have them`, () => {
  it(`are those of ${golden.layers.length} random layers: counts, and the pattern of a constant input`, () => {
    assert.ok(golden.layers.length >= 400);
    for (const layer of golden.layers) {
      const { input, kernel, weight, counts, constant, ...rest } = layer;
      const plan = planOf({ kind: 'convTranspose', ...rest }, [1, 1, ...input], [1, 1, ...kernel]);
      const all = { origin: plan.axes.map(() => 0), shape: outputSizes(plan) };
      const values = tensorOf('float64', [1, 1, ...kernel], weight);
      const title = JSON.stringify({ ...rest, input, kernel });
      assert.deepEqual(countsIn(plan, all), counts, title);
      constantIn(plan, values, all).forEach((value, at) => assert.equal(value, constant[at], title));
      const sums = phaseSums(plan, values);
      forEachPosition(all.shape, (place, flat) => {
        const isInside = place.every((at, axis) => {
          const { padBegin, extent, stride, input: size } = plan.axes[axis];
          return at + padBegin >= extent - 1 && at + padBegin <= stride * (size - 1);
        });
        const phase = place.reduce((each, at, axis) => each * rest.stride[axis] + (at % rest.stride[axis]), 0);
        if (isInside) assert.equal(constant[flat], sums[phase], title);
      });
    }
  });

  for (const { shape, values, re, im } of golden.spectra)
    it(`have the spectrum of NumPy’s fftn on ${shape.join('×')}`, () => {
      const found = dft(shape, values);
      const scale = Math.max(...values.map(Math.abs)) * values.length;
      re.forEach((each, at) => {
        assert.ok(Math.abs(found.re[at] - each) <= 1e-14 * scale, `${found.re[at]} for ${each}`);
        assert.ok(Math.abs(found.im[at] - im[at]) <= 1e-14 * scale, `${found.im[at]} for ${im[at]}`);
      });
    });
});

describe('the cures, as PyTorch has them', () => {
  it('shuffle pixels in the order of torch.pixel_shuffle', () => {
    for (const { factor, shape, shuffled } of golden.shuffles) {
      const input = tensorOf('float64', shape, [...shuffled.keys()]);
      const result = pixelShuffle(input, [factor, factor], [0, 0], (size) => zeros('float64', size));
      assert.deepEqual([...result.data], shuffled);
    }
  });

  it('begin, with ICNR, as a small layer that is enlarged to the nearest neighbour', () => {
    for (const { rank, stride, taps, sub, input, output } of golden.icnr) {
      const each = (value: number): readonly number[] => new Array<number>(rank).fill(value);
      const shape = [2, 1, ...each(stride * taps)];
      const weight = zeros('float64', shape);
      // The first sub-kernel in its places, and other numbers in the rest, which must go.
      let next = 0;
      forEachPosition(shape, ([, , ...tap], flat) => {
        weight.data[flat] = tap.every((at) => at % stride === 0) ? sub[next++] : 99;
      });
      copyFirstSubKernel(weight, each(stride));
      const plan = planOf(
        { kind: 'convTranspose', stride: each(stride), padding: each(0), dilation: each(1) },
        [1, 2, ...each(3)],
        shape,
      );
      const result = gather(plan, tensorOf('float64', [1, 2, ...each(3)], input), weight);
      assert.deepEqual(
        [...result.data].map((value) => value + 0),
        output.map((value) => value + 0),
      );
    }
  });

  for (const cure of CURES)
    for (const each of artefactCases) {
      const { plan, input, weight, bias } = each;
      const row = golden.codes.find(({ title, cure: of }) => title === each.title && of === cure);

      it(`are the code of ${cure} that was run, with the output shown, of ${each.title}`, () => {
        assert.ok(row?.shape);
        assert.equal(cureText(each, cure), row.text);
        // Without values the code was run too, with its own checks.
        assert.ok(golden.codes.some(({ title, cure: of }) => title === `${each.title}, at random` && of === cure));
        let own: Tensor = gather(plan, input, weight, bias);
        if (cure === 'resizeConv') {
          const op = {
            kind: 'convTranspose',
            stride: plan.axes.map(({ stride }) => stride),
            padding: plan.axes.map(({ padBegin, padEnd }) => [padBegin, padEnd] as const),
            dilation: plan.axes.map(({ dilation }) => dilation),
            outputPadding: plan.axes.map(({ outputPadding }) => outputPadding),
            groups: plan.groups,
          } as const;
          const before = { version: 1, op, dtype: input.dtype, input, weight, bias, view: {} } as const;
          const store = { limit: 2 ** 28, allocate: zeros };
          const { document } = applyEdit(store, before, { kind: 'cure', cure });
          const resolution = resolveDocument(document);
          assert.ok(resolution.ok);
          own = gather(resolution.plan, document.input, document.weight, document.bias);
        }
        assert.deepEqual(row.shape, own.shape);
        const scale = Math.max(...own.data.map(Math.abs));
        const tolerance = input.dtype === 'float32' ? 1e-5 : 1e-12;
        row.values.forEach((value, at) => assert.ok(Math.abs(value - own.data[at]) <= tolerance * scale, `${at}`));
      });
    }
});
