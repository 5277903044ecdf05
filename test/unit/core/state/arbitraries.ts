import fc from 'fast-check';
import type { Dtype, Tensor } from '../../../../src/core/operation';
import type { InspectorDocument, TensorRole, TensorStore } from '../../../../src/core/state/document';
import type { Edit } from '../../../../src/core/state/edits';
import { elementCount, zeros } from '../../../../src/core/tensor/tensor';

/** Shared memory, as the host hands it out, and a limit that some edits run into. */
export function sharedStore(limit = 1 << 20): TensorStore {
  return {
    limit,
    allocate: (dtype, shape) => {
      const bytes = elementCount(shape) * (dtype === 'float32' ? 4 : 8);
      if (bytes > limit) throw new Error(`allocated ${bytes} bytes, more than the limit`);
      const buffer = new SharedArrayBuffer(bytes);
      return { dtype, shape, data: dtype === 'float32' ? new Float32Array(buffer) : new Float64Array(buffer) };
    },
  };
}

export function filled(dtype: Dtype, shape: readonly number[], seed: number): Tensor {
  const tensor = zeros(dtype, shape);
  tensor.data.forEach((_, at) => (tensor.data[at] = ((at * 7 + seed) % 23) - 11));
  return tensor;
}

const size = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });

/** Lists of weights; few of them are those of any pixel transposed convolution. */
const pixelKernels = fc.array(
  fc.array(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((weight) => weight + 0),
    { maxLength: 36 },
  ),
  { maxLength: 4 },
);

/** Legal documents of 1 to 3 spatial axes, with and without a batch axis, groups and bias. */
export const documents: fc.Arbitrary<InspectorDocument> = fc
  .record({
    kind: fc.constantFrom('conv' as const, 'convTranspose' as const),
    dtype: fc.constantFrom('float32' as const, 'float64' as const),
    rank: size(3),
    batch: fc.option(size(2), { nil: undefined }),
    groups: size(3),
    inputs: size(2),
    outputs: size(2),
    biased: fc.boolean(),
    sizes: fc.array(size(4), { minLength: 6, maxLength: 6 }),
    seed: size(1000),
    kernels: fc.option(pixelKernels, { nil: undefined }),
  })
  .map(({ kind, dtype, rank, batch, groups, inputs, outputs, biased, sizes, seed, kernels }) => {
    const spatial = sizes.slice(0, rank);
    const kernel = sizes.slice(3, 3 + rank);
    const channels = [inputs * groups, outputs * groups];
    const weight = kind === 'conv' ? [channels[1], inputs, ...kernel] : [channels[0], outputs, ...kernel];
    const each = (value: number): number[] => new Array<number>(rank).fill(value);
    return {
      version: 1,
      op: { kind, stride: each(1), dilation: each(1), padding: each(0), outputPadding: each(0), groups },
      dtype,
      input: filled(dtype, [...(batch === undefined ? [] : [batch]), channels[0], ...spatial], seed),
      weight: filled(dtype, weight, seed + 1),
      bias: biased ? filled(dtype, [channels[1]], seed + 2) : undefined,
      pixelKernels: kernels,
      view: {},
    } satisfies InspectorDocument;
  });

const role: fc.Arbitrary<TensorRole> = fc.constantFrom('input', 'weight', 'bias');
const cells = fc.array(fc.tuple(fc.nat(40), fc.double()), { minLength: 1, maxLength: 5 });
const group = fc.option(fc.constantFrom('a', 'b'), { nil: undefined });
const smallShape = fc.array(size(4), { minLength: 1, maxLength: 5 });

/** Edits that a panel could send, some of which do not fit the document that they are applied to. */
export const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .record({ kind: fc.constant('setCells' as const), tensor: role, cells, group })
    .map(({ cells: written, ...rest }) => ({
      ...rest,
      indices: Uint32Array.from(written, ([index]) => index),
      values: Float64Array.from(written, ([, value]) => value),
    })),
  fc
    .record({
      kind: fc.constant('growForCells' as const),
      tensor: fc.constantFrom('input' as const, 'weight' as const),
      spatial: fc.array(size(6), { minLength: 1, maxLength: 3 }),
      cells,
      group,
    })
    .map(({ cells: written, ...rest }) => ({
      ...rest,
      indices: Uint32Array.from(written, ([index]) => index),
      values: Float64Array.from(written, ([, value]) => value),
    })),
  fc.record({
    kind: fc.constant('fill' as const),
    tensor: role,
    fill: fc.oneof(
      fc.record({ fill: fc.constantFrom('impulse' as const, 'bilinear' as const, 'identity' as const) }),
      fc.record({
        fill: fc.constant('normal' as const),
        seed: fc.nat(),
        mean: fc.constant(0),
        deviation: fc.constant(1),
      }),
      fc.record({ fill: fc.constant('sobel' as const), axis: fc.nat(2) }),
    ),
    leading: fc.array(fc.nat(2), { maxLength: 3 }),
    group,
  }),
  fc.record({
    kind: fc.constant('setParameter' as const),
    field: fc.constantFrom(
      'stride' as const,
      'padding' as const,
      'dilation' as const,
      'outputPadding' as const,
      'kernel' as const,
    ),
    axis: fc.option(fc.nat(2), { nil: undefined }),
    side: fc.option(fc.constantFrom('begin' as const, 'end' as const), { nil: undefined }),
    value: fc.oneof(fc.integer({ min: -2, max: 6 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    group,
  }),
  fc.record({
    kind: fc.constant('setParameter' as const),
    field: fc.constant('groups' as const),
    value: fc.integer({ min: -1, max: 6 }),
    group,
  }),
  fc.record({
    kind: fc.constant('setParameter' as const),
    field: fc.constant('kind' as const),
    value: fc.constantFrom('conv' as const, 'convTranspose' as const),
  }),
  fc.record({
    kind: fc.constant('setAxes' as const),
    field: fc.constantFrom('stride' as const, 'padding' as const, 'kernel' as const),
    values: fc.array(fc.oneof(size(4), fc.tuple(fc.nat(2), fc.nat(2))), { minLength: 1, maxLength: 3 }),
    group,
  }),
  fc.record({
    kind: fc.constant('setParameters' as const),
    parameters: fc.array(
      fc.record({
        field: fc.constantFrom('stride' as const, 'dilation' as const, 'padding' as const, 'kernel' as const),
        values: fc.array(size(4), { minLength: 1, maxLength: 3 }),
      }),
      { maxLength: 4 },
    ),
    group,
  }),
  fc.record({
    kind: fc.constant('cure' as const),
    cure: fc.constantFrom(...(['evenKernel', 'icnr', 'resizeConv', 'pixelShuffle', 'bilinear'] as const)),
  }),
  fc.record({
    kind: fc.constant('cure' as const),
    cure: fc.constant('transposed' as const),
    factor: fc.integer({ min: 2, max: 3 }),
  }),
  fc.record({ kind: fc.constant('setRank' as const), rank: size(3) }),
  fc.record({
    kind: fc.constant('resize' as const),
    batch: fc.option(size(3), { nil: undefined }),
    inputChannels: fc.option(size(6), { nil: undefined }),
    outputChannels: fc.option(size(6), { nil: undefined }),
    spatial: fc.option(fc.array(size(6), { minLength: 1, maxLength: 3 }), { nil: undefined }),
    group,
  }),
  fc.record({ tensor: role, shape: smallShape, seed: size(100) }).map(({ tensor, shape, seed }) => ({
    kind: 'replaceTensor' as const,
    tensor,
    value: filled('float64', shape, seed),
  })),
  documents.map((document) => ({ kind: 'replaceDocument' as const, document })),
  fc.boolean().map((on) => ({ kind: 'setBias' as const, on })),
  fc.constantFrom('float32' as const, 'float64' as const).map((dtype) => ({ kind: 'setDtype' as const, dtype })),
  fc.option(pixelKernels, { nil: undefined }).map((kernels) => ({ kind: 'setPixelKernels' as const, kernels })),
);
