// The engine beside ONNX Runtime, live: an implementation that has nothing in common with PyTorch's goldens, nor with
// ours.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import { computeReference } from '../../src/core/kernels/compute';
import type { Operation, Tensor } from '../../src/core/operation';
import { type Plan, resolve } from '../../src/core/plan';
import { tensorOf } from '../../src/core/tensor/tensor';
import { createKernels, type Kernels } from '../../src/engine/kernels';
import { denseShape } from '../../src/engine/kernels/dense';
import { winogradShape } from '../../src/engine/kernels/winograd';
import { onnxModel } from '../bench/onnx';
import { builds } from '../unit/engine/support';
import { reals } from './seeded';

interface OrtTensor {
  readonly data: Float32Array;
}
interface Ort {
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{ run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>; release(): Promise<void> }>;
  };
}

interface Case {
  readonly op: Operation;
  readonly inputShape: number[];
  readonly weightShape: number[];
  readonly biased: boolean;
}

const SEED = 20_260;
const CASES = 100;
/** Both sides may be 1e-5 from the truth. */
const TOLERANCE = 2e-5;

const filled = (rank: number, size: number): number[] => Array.from({ length: rank }, () => size);

/**
 * Configurations that both take: ONNX Runtime refuses an output padding of the stride or more, whatever the dilation.
 */
function cases(kind: Operation['kind'], rank: number): readonly Case[] {
  const perAxis = (least: number, most: number): fc.Arbitrary<number[]> =>
    fc.array(fc.integer({ min: least, max: most }), { minLength: rank, maxLength: rank });
  const longest = [60, 24, 8][rank - 1];
  const common = {
    batch: fc.integer({ min: 1, max: 2 }),
    groups: fc.constantFrom(1, 1, 2, 3),
    begins: perAxis(0, 3),
    ends: perAxis(0, 3),
    outputPadding: perAxis(0, 2),
    biased: fc.boolean(),
  };
  const channels = fc.constantFrom(1, 2, 3, 5, 8, 16, 20);
  const anything = fc.record({
    ...common,
    from: channels,
    to: channels,
    sizes: perAxis(1, longest),
    kernel: perAxis(1, 5),
    stride: perAxis(1, 3),
    dilation: perAxis(1, 3),
  });
  // Layers as networks have them: those that are done in fewer products are among them.
  const many = fc.constantFrom(16, 20, 24);
  const layers = fc
    .record({
      ...common,
      from: many,
      to: many,
      sizes: perAxis(longest / 2, longest),
      square: fc.constantFrom([3, 1, 1], [3, 1, 2], [4, 2, 1], [3, 2, 1], [2, 2, 1]),
    })
    .map(({ square: [kernel, stride, dilation], ...rest }) => ({
      ...rest,
      kernel: filled(rank, kernel),
      stride: filled(rank, stride),
      dilation: filled(rank, dilation),
    }));
  const drawn = fc
    .oneof({ weight: 3, arbitrary: anything }, { weight: 1, arbitrary: layers })
    .map(({ batch, groups, from, to, sizes, kernel, stride, dilation, begins, ends, outputPadding, biased }) => ({
      op: {
        kind,
        stride,
        dilation,
        groups,
        padding: begins.map((begin, axis): [number, number] => [begin, ends[axis]]),
        ...(kind === 'conv' ? {} : { outputPadding: outputPadding.map((extra, axis) => extra % stride[axis]) }),
      },
      inputShape: [batch, groups * from, ...sizes],
      weightShape: kind === 'conv' ? [groups * to, from, ...kernel] : [groups * from, to, ...kernel],
      biased,
    }))
    .filter(({ op, inputShape, weightShape }) => resolve(op, inputShape, weightShape).ok);
  return fc.sample(drawn, { numRuns: CASES, seed: SEED + rank });
}

const absolute = ({ shape, data }: Tensor): Tensor => tensorOf('float64', shape, data.map(Math.abs));

describe('the engine beside ONNX Runtime', () => {
  let ort: Ort;
  let kernels: Kernels;
  before(() => {
    const folder = process.env.TCI_PEERS;
    assert(folder !== undefined, 'Run this by `npm test -- oracle`, which installs ONNX Runtime.');
    ort = createRequire(join(folder, 'package.json'))('onnxruntime-node') as Ort;
    kernels = createKernels(builds());
  });

  async function theirs(
    layer: Case,
    plan: Plan,
    input: Float32Array,
    weight: Float32Array,
    bias: Float32Array | undefined,
  ): Promise<Float32Array> {
    const session = await ort.InferenceSession.create(onnxModel(layer, plan.outputShape, weight, bias), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
    try {
      return (await session.run({ x: new ort.Tensor('float32', input, layer.inputShape) })).y.data;
    } finally {
      await session.release();
    }
  }

  for (const kind of ['conv', 'convTranspose'] as const) {
    for (const rank of [1, 2, 3]) {
      it(`${CASES} drawn ${rank}-D ${kind === 'conv' ? 'convolutions' : 'transposed convolutions'}`, async () => {
        let saving = 0;
        for (const [index, layer] of cases(kind, rank).entries()) {
          const resolution = resolve(layer.op, layer.inputShape, layer.weightShape);
          assert(resolution.ok);
          const { plan } = resolution;
          if (winogradShape(plan, 'float32', true, denseShape(plan, 'float32', true))) saving++;
          const input = reals(index, plan.inputShape, 'float32');
          const weight = reals(index + 1, plan.weightShape, 'float32');
          const bias = layer.biased ? reals(index + 2, [plan.outputChannels], 'float32') : undefined;
          const [x, w, b] = [input, weight, bias].map((tensor) => tensor && Float32Array.from(tensor.data));
          assert(x && w);
          const expected = await theirs(layer, plan, x, w, b);
          const output = new Float32Array(expected.length);
          kernels.run(plan, { input: x, weight: w, bias: b, output });
          const scale = computeReference(plan, absolute(input), absolute(weight), bias && absolute(bias)).data;
          assert.equal(scale.length, expected.length);
          const worst = output.findIndex((value, at) => !(Math.abs(value - expected[at]) <= TOLERANCE * scale[at]));
          assert.equal(
            worst,
            -1,
            `${JSON.stringify(layer)}: output ${worst} is ${output[worst]}, ONNX Runtime says ${expected[worst]}`,
          );
        }
        assert(rank === 1 || saving > 0, 'none of them is done in fewer products');
      }).timeout(120_000);
    }
  }
});
