import assert from 'node:assert/strict';
import fc from 'fast-check';
import { phaseSums } from '../../../../src/core/artefacts/constant';
import { isEvenPlan } from '../../../../src/core/artefacts/counts';
import { evenPlan } from '../../../../src/core/artefacts/evenKernel';
import { unshuffled } from '../../../../src/core/artefacts/fromShuffle';
import { pixelShuffle, shuffleOperation } from '../../../../src/core/artefacts/pixelShuffle';
import { resizeConvOf } from '../../../../src/core/artefacts/resizeConv';
import { firstInputOf } from '../../../../src/core/kernels/channels';
import { gather } from '../../../../src/core/kernels/gather';
import { forEachPosition, outputSizes } from '../../../../src/core/kernels/positions';
import type { Operation, Tensor } from '../../../../src/core/operation';
import type { Plan } from '../../../../src/core/plan';
import { applyEdit } from '../../../../src/core/state/applyEdit';
import type { Cure } from '../../../../src/core/state/cure';
import type { InspectorDocument } from '../../../../src/core/state/document';
import { History } from '../../../../src/core/state/history';
import { parseEdit } from '../../../../src/core/state/parseEdit';
import { resolveDocument } from '../../../../src/core/state/resolveDocument';
import { tensorOf, zeros } from '../../../../src/core/tensor/tensor';
import { interpolate } from '../../../../src/core/upsampling/interpolate';
import { ringOf } from '../../../../src/core/upsampling/transposed';
import { type Case, cases, wholeNumbers } from '../arbitraries';

const SEED = 20261129;
const store = { limit: 2 ** 28, allocate: zeros };

const documentOf = ({
  op,
  input,
  weight,
  bias,
}: Pick<Case, 'op' | 'input' | 'weight' | 'bias'>): InspectorDocument => ({
  version: 1,
  op,
  dtype: 'float64',
  input,
  weight,
  bias,
  view: {},
});

function planFor(document: InspectorDocument): Plan {
  const resolution = resolveDocument(document);
  assert.ok(resolution.ok, JSON.stringify(resolution));
  return resolution.plan;
}

const outputOf = (document: InspectorDocument): Tensor =>
  gather(planFor(document), document.input, document.weight, document.bias);
const cured = (document: InspectorDocument, cure: Cure): InspectorDocument =>
  applyEdit(store, document, { kind: 'cure', ...cure }).document;
const plain = ({ data }: Tensor): readonly number[] => Array.from(data, (value) => value + 0);

const upsampling = (kernel: number, stride: number, padding: number, outputPadding = 0): InspectorDocument =>
  documentOf({
    op: {
      kind: 'convTranspose',
      stride: [stride, stride],
      padding: [padding, padding],
      dilation: [1, 1],
      outputPadding: [outputPadding, outputPadding],
    },
    input: wholeNumbers([1, 2, 4, 4], 1),
    weight: wholeNumbers([2, 3, kernel, kernel], 2),
    bias: wholeNumbers([3], 3),
  });
const sizesOf = ({ op, weight }: InspectorDocument): readonly unknown[] => [
  ...weight.shape.slice(2),
  op.padding,
  op.outputPadding,
];

describe('a kernel that the stride divides', () => {
  it('of k3 s2 p1 op1 is k4 p1, of k3 s2 p0 it is k4 p1 op1, of k2 s4 it is k4', () => {
    assert.deepEqual(sizesOf(cured(upsampling(3, 2, 1, 1), { cure: 'evenKernel' })), [4, 4, [1, 1], [0, 0]]);
    assert.deepEqual(sizesOf(cured(upsampling(3, 2, 0), { cure: 'evenKernel' })), [4, 4, [1, 1], [1, 1]]);
    assert.deepEqual(sizesOf(cured(upsampling(2, 4, 0), { cure: 'evenKernel' })), [4, 4, [1, 1], [0, 0]]);
    const even = upsampling(4, 2, 1);
    assert.equal(cured(even, { cure: 'evenKernel' }), even);
  });

  it('keeps the size and every value of the output, and is even, over random legal layers', () => {
    let changed = 0;
    fc.assert(
      fc.property(cases('convTranspose'), (layer) => {
        const before = documentOf(layer);
        const after = cured(before, { cure: 'evenKernel' });
        const plan = planFor(after);
        assert.ok(isEvenPlan(plan));
        assert.deepEqual(plan.outputShape, layer.plan.outputShape);
        assert.deepEqual(plain(outputOf(after)), plain(outputOf(before)));
        assert.deepEqual(evenPlan(layer.plan).axes, plan.axes);
        if (after !== before) changed++;
      }),
      { numRuns: 400, seed: SEED },
    );
    assert.ok(changed > 100, `${changed}`);
  });
});

describe('ICNR', () => {
  it('makes the sums of all phases equal, and every block of outputs one value, over random legal layers', () => {
    fc.assert(
      fc.property(cases('convTranspose'), (layer) => {
        const after = cured(documentOf(layer), { cure: 'icnr' });
        const plan = planFor(after);
        for (let plane = 0; plane < plan.weightShape[0] * plan.weightShape[1]; plane++) {
          const data = after.weight.data.slice(plane * plan.kernelArea, (plane + 1) * plan.kernelArea);
          const sums = phaseSums(plan, { dtype: 'float64', shape: plan.weightShape, data });
          assert.deepEqual(new Set(sums.map((sum) => sum + 0)).size, 1);
        }
      }),
      { numRuns: 300, seed: SEED },
    );
  });

  it('is a small transposed convolution of stride 1 and nearest enlargement', () => {
    const after = cured(upsampling(6, 2, 0), { cure: 'icnr' });
    const first = after.weight.data.filter((_, at) => at % 2 === 0 && Math.floor(at / 6) % 2 === 0);
    const small = documentOf({
      ...after,
      op: { kind: 'convTranspose', stride: [1, 1], padding: [0, 0], dilation: [1, 1] },
      weight: tensorOf('float64', [2, 3, 3, 3], [...first]),
      bias: after.bias,
    });
    const [large, little] = [outputOf(after), outputOf(small)];
    assert.deepEqual(large.shape, [1, 3, 12, 12]);
    large.data.forEach((value, at) => {
      const [channel, row, column] = [Math.floor(at / 144), Math.floor(at / 12) % 12, at % 12];
      assert.equal(value, little.data[(channel * 6 + Math.floor(row / 2)) * 6 + Math.floor(column / 2)]);
    });
  });
});

describe('resize, then convolve', () => {
  it('keeps the output size, or says by how much it is larger, over random legal layers', () => {
    fc.assert(
      fc.property(cases('convTranspose'), (layer) => {
        const made = resizeConvOf(layer.plan);
        if (!made) return;
        const after = cured(documentOf(layer), { cure: 'resizeConv' });
        const sizes = outputSizes(planFor(after));
        assert.deepEqual(
          sizes.map((size, axis) => size - made.larger[axis]),
          outputSizes(layer.plan),
        );
        made.larger.forEach((more, axis) => {
          const { input, stride, extent, output } = layer.plan.axes[axis];
          assert.equal(more, Math.max(0, input * stride - output - extent + 1));
        });
      }),
      { numRuns: 300, seed: SEED },
    );
  });

  it('makes of a constant input one value inside: the mean of the phases', () => {
    const before = upsampling(3, 2, 1, 1);
    const after = cured(
      { ...before, input: tensorOf('float64', [1, 2, 4, 4], new Array<number>(32).fill(1)), bias: undefined },
      { cure: 'resizeConv' },
    );
    const { shape, data } = outputOf(after);
    assert.deepEqual(shape, [1, 3, 8, 8]);
    const inside = [...data].filter((_, at) => {
      const [row, column] = [Math.floor(at / 8) % 8, at % 8];
      return at < 64 && row > 0 && row < 7 && column > 0 && column < 7;
    });
    const mean = [0, 3]
      .flatMap((plane) => [...before.weight.data.slice(plane * 9, plane * 9 + 9)])
      .reduce((sum, each) => sum + each, 0);
    assert.ok(inside.every((value) => Math.abs(value - mean / 4) < 1e-12));
  });
});

describe('a pixel shuffle', () => {
  const shuffled = (document: InspectorDocument, plan: Plan): Tensor => {
    const { axes } = shuffleOperation(plan);
    return pixelShuffle(
      outputOf(document),
      axes.map(({ factor }) => factor),
      axes.map(({ cropEnd }) => cropEnd),
      (shape) => zeros('float64', shape),
    );
  };

  it('is the same layer, to the last bit, over random legal layers', () => {
    fc.assert(
      fc.property(cases('convTranspose'), (layer) => {
        const before = documentOf(layer);
        const result = shuffled(cured(before, { cure: 'pixelShuffle' }), layer.plan);
        assert.deepEqual(result.shape, layer.plan.outputShape);
        assert.deepEqual(plain(result), plain(outputOf(before)));
      }),
      { numRuns: 400, seed: SEED },
    );
  });

  it('goes back to the layer that it came from: k3 s2 p1 op1 with the weights that it had', () => {
    const before = upsampling(3, 2, 1, 1);
    const there = cured(before, { cure: 'pixelShuffle' });
    assert.deepEqual(there.weight.shape, [12, 2, 2, 2]);
    const back = cured(there, { cure: 'transposed', factor: 2 });
    assert.deepEqual([back.op.stride, ...sizesOf(back)], [[2, 2], 3, 3, [1, 1], [1, 1]]);
    assert.deepEqual(plain(back.weight), plain(before.weight));
    assert.deepEqual(plain(back.bias ?? zeros('float64', [0])), plain(before.bias ?? zeros('float64', [1])));
  });

  it('of any convolution of stride 1 is a transposed one, over random legal layers', () => {
    let done = 0;
    fc.assert(
      fc.property(cases('conv', true), fc.integer({ min: 2, max: 3 }), (layer, factor) => {
        const { plan, op } = layer;
        const stride1: Operation = { ...op, stride: op.stride.map(() => 1), dilation: op.dilation.map(() => 1) };
        const blocks = factor ** plan.rank;
        const weight = wholeNumbers([plan.outputChannels * blocks, ...plan.weightShape.slice(1)], 5);
        const bias = layer.bias && wholeNumbers([plan.outputChannels * blocks], 7);
        bias?.data.forEach((_, at) => (bias.data[at] = bias.data[at - (at % blocks)]));
        const before = documentOf({ op: stride1, input: layer.input, weight, bias });
        const resolution = resolveDocument(before);
        if (!resolution.ok || !unshuffled(resolution.plan, factor)) return;
        const after = cured(before, { cure: 'transposed', factor });
        const expected = pixelShuffle(
          outputOf(before),
          op.stride.map(() => factor),
          op.stride.map(() => 0),
          (shape) => zeros('float64', shape),
        );
        const result = outputOf(after);
        assert.deepEqual(result.shape, expected.shape);
        assert.deepEqual(plain(result), plain(expected));
        done++;
      }),
      { numRuns: 300, seed: SEED },
    );
    assert.ok(done > 100, `${done}`);
  });

  it('is refused where there can be none, and changes nothing', () => {
    const strided = documentOf({
      op: { kind: 'conv', stride: [2, 2], padding: [0, 0], dilation: [1, 1] },
      input: wholeNumbers([1, 1, 4, 4], 1),
      weight: wholeNumbers([4, 1, 2, 2], 2),
    });
    assert.throws(() => cured(strided, { cure: 'transposed', factor: 2 }), /there can be no pixel shuffle by 2/);
    assert.throws(() => cured(strided, { cure: 'icnr' }), /made of a transposed convolution/);
    assert.throws(() => cured(upsampling(3, 2, 0), { cure: 'transposed', factor: 2 }), /made of a convolution/);
  });
});

describe('bilinear weights', () => {
  it('make each output channel one input channel enlarged, inside, whatever the layer was', () => {
    let checked = 0;
    fc.assert(
      fc.property(cases('convTranspose'), (layer) => {
        const after = cured(documentOf({ ...layer, bias: undefined }), { cure: 'bilinear' });
        const plan = planFor(after);
        const factors = plan.axes.map(({ stride }) => stride);
        const output = outputOf(after);
        for (let item = 0; item < plan.batch * plan.outputChannels; item++) {
          const channel = item % plan.outputChannels;
          // Of its group: the first input channels, again and again where there are more outputs.
          const from = firstInputOf(plan, channel) + ((channel % plan.outputPerGroup) % plan.inputPerGroup);
          const plane = Math.floor(item / plan.outputChannels) * plan.inputChannels + from;
          const data = Float64Array.from(after.input.data.slice(plane * plan.inputArea, (plane + 1) * plan.inputArea));
          const wanted = interpolate({ shape: plan.inputShape.slice(-plan.rank), data }, factors, 'linear');
          assert.deepEqual(wanted.shape, plan.outputShape.slice(-plan.rank));
          forEachPosition(wanted.shape, (place, flat) => {
            const ring = factors.map(ringOf);
            if (place.some((at, axis) => at < ring[axis] || at >= wanted.shape[axis] - ring[axis])) return;
            const made = output.data[item * plan.outputArea + flat];
            assert.ok(Math.abs(made - wanted.data[flat]) < 1e-9, `${made} is not ${wanted.data[flat]}`);
            checked++;
          });
        }
      }),
      { numRuns: 100, seed: SEED },
    );
    assert.ok(checked > 1000, String(checked));
  });
});

describe('cures', () => {
  it('are each one step of undo, which gives back the document as it was', () => {
    const before = upsampling(3, 2, 1, 1);
    for (const cure of ['evenKernel', 'icnr', 'resizeConv', 'pixelShuffle', 'bilinear'] as const) {
      const history = new History(before, store);
      const values = plain(outputOf(history.document));
      const parsed = parseEdit({ kind: 'cure', cure });
      assert.ok(parsed.ok);
      history.apply(parsed.value);
      const after = plain(history.document.weight);
      history.undo();
      assert.deepEqual(plain(outputOf(history.document)), values);
      assert.deepEqual(history.document.op, before.op);
      history.redo();
      assert.deepEqual(plain(history.document.weight), after);
    }
  });

  it('come through the door only as what they are', () => {
    assert.ok(parseEdit({ kind: 'cure', cure: 'transposed', factor: 3 }).ok);
    for (const wrong of [{ cure: 'magic' }, { cure: 'transposed' }, { cure: 'transposed', factor: 1.5 }])
      assert.ok(!parseEdit({ kind: 'cure', ...wrong }).ok, JSON.stringify(wrong));
  });
});
