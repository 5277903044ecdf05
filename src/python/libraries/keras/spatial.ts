import { convField } from '../../findings/field';
import { iterate } from '../../model/iterate';
import { poolingProblems, windowOfKeras2 } from './checks';
import type { LayerApplied, LayerSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, type Field } from '../../model/tensor';
import type { Value } from '../../model/value';
import { applySpatial, inFormula } from '../../shapes/spatial';
import { convOutput } from '../../sizes/axis';
import { add, multiply, type Size } from '../../sizes/size';
import { kerasAxis } from '../axes/keras';
import { inheritsDataFormat, layoutOf } from './dataFormat';

const RANKS = [1, 2, 3] as const;
const inputOf = (call: LayerApplied): Value => call.args.positional[0] ?? call.args.keywords.get('inputs') ?? unknown();

/** valid `⌊(i − k)/s⌋ + 1`, same `⌈i/s⌉`. */
function pool(call: LayerApplied, rank: number): Value {
  const { bound } = call;
  const kernel = bound.sizes('pool_size', rank);
  const stride = bound.isNone('strides') ? kernel : bound.sizes('strides', rank);
  const padding = (bound.text('border_mode') ?? bound.text('padding'))?.toLowerCase();
  const layout = layoutOf(bound);
  if (!layout || !kernel || !stride || padding === undefined) return unknown();
  const same = padding === 'same';
  return applySpatial(
    call.machine,
    call.layer.site,
    {
      rank,
      layout,
      parameters: bound.values,
      unbatched: false,
      field: (before) =>
        convField(
          'conv',
          kernel.map((each, index) => ({ kernel: each, stride: stride[index], dilation: 1 })),
          before,
          rank,
        ),
      axis: (input, index) => ({
        output: call.machine.simple(() =>
          convOutput('conv', kerasAxis({ input, kernel: kernel[index], stride: stride[index], dilation: 1 }, padding)),
        ),
        formula: same ? '⌈i / s⌉' : '⌊(i − k) / s⌋ + 1',
        substituted: same
          ? `⌈${inFormula(input)} / ${inFormula(stride[index])}⌉`
          : `⌊(${inFormula(input)} − ${inFormula(kernel[index])}) / ${inFormula(stride[index])}⌋ + 1`,
        extent: kernel[index],
      }),
    },
    inputOf(call),
    call.at,
  );
}

function upsample(call: LayerApplied, rank: number): Value {
  const sizes = call.bound.sizes('size', rank);
  const layout = layoutOf(call.bound);
  if (!layout || !sizes) return unknown();
  const field = (before: readonly Field[] | undefined): readonly Field[] =>
    sizes.map((size, index) => ({
      size: before?.[index]?.size ?? 1,
      jump: (before?.[index]?.jump ?? 1) / (typeof size === 'number' && size > 0 ? size : 1),
    }));
  return applySpatial(
    call.machine,
    call.layer.site,
    {
      rank,
      layout,
      parameters: call.bound.values,
      unbatched: false,
      field,
      axis: (input, index) => ({
        output: call.machine.simple(() => multiply(input, sizes[index])),
        formula: 'i·size',
        substituted: `${inFormula(input)}·${inFormula(sizes[index])}`,
      }),
    },
    inputOf(call),
    call.at,
  );
}

/** `(begin, end)` of each axis: one number, one per axis, or pairs. */
function pairs(
  machine: Machine,
  value: Value | undefined,
  rank: number,
): readonly (readonly [Size, Size])[] | undefined {
  if (!value) return undefined;
  const items = iterate(value);
  if (!items) {
    const size = machine.sizeOf(value, 'padding');
    return Array.from({ length: rank }, () => [size, size] as const);
  }
  if (rank === 1 && items.length === 2) return [[machine.sizeOf(items[0]), machine.sizeOf(items[1])]];
  if (items.length !== rank) return undefined;
  return items.map((item) => {
    const inner = iterate(item);
    return inner?.length === 2
      ? [machine.sizeOf(inner[0]), machine.sizeOf(inner[1])]
      : [machine.sizeOf(item), machine.sizeOf(item)];
  });
}

function resized(call: LayerApplied, rank: number, name: string, sign: 1 | -1): Value {
  const amounts = pairs(call.machine, call.bound.get(name), rank);
  const x = call.machine.asTensor(inputOf(call));
  const layout = layoutOf(call.bound);
  const shape = x && layout && (x.cell.shape ?? call.machine.withRank(x, rank + 2, layout));
  if (!amounts || !x || !shape || shape.length !== rank + 2) return unknown();
  const from = layout === 'last' ? 1 : 2;
  return derived(
    x,
    shape.map((size, axis) => {
      const pair = amounts[axis - from];
      return pair && axis >= from ? call.machine.simple(() => add(size, multiply(sign, add(pair[0], pair[1])))) : size;
    }),
  );
}

/** Whatever comes in has the stated size behind it, by stretching or by cutting. */
function sized(call: LayerApplied, rank: number, sizes: readonly Size[] | undefined): Value {
  const x = call.machine.asTensor(inputOf(call));
  const layout = layoutOf(call.bound);
  const shape = x && layout && (x.cell.shape ?? call.machine.withRank(x, rank + 2, layout));
  if (!x || !shape || !sizes || shape.length < rank + 1 || shape.length > rank + 2) return unknown();
  const from = shape.length - rank - (layout === 'last' ? 1 : 0);
  return derived(
    x,
    shape.map((size, axis) => sizes[axis - from] ?? size),
    [],
  );
}

function globalPool(call: LayerApplied): Value {
  const x = call.machine.asTensor(inputOf(call));
  const shape = x?.cell.shape;
  const keep = call.bound.flag('keepdims');
  const layout = layoutOf(call.bound);
  if (!x || !shape || !layout || keep === undefined) return unknown();
  const channels = layout === 'last' ? shape.length - 1 : 1;
  return derived(
    x,
    keep ? shape.map((size, axis) => (axis === 0 || axis === channels ? size : 1)) : [shape[0], shape[channels]],
    [],
  );
}

const reported = (
  name: string,
  family: LayerSpec['family'],
  rank: number,
  form: string,
  apply: (call: LayerApplied) => Value,
): LayerSpec => ({
  callee: `keras.layers.${name}`,
  framework: 'keras',
  family,
  rank,
  ...(form.includes('data_format') ? { inherits: inheritsDataFormat } : {}),
  signature: signature(form.replace(/\*\*$/, '*, ~input_shape=None, ~batch_input_shape=None, ~batch_size=None, **')),
  apply,
});

const IMAGES: readonly LayerSpec[] = [
  ['Resizing', '~interpolation=None, ~crop_to_aspect_ratio=False, ~pad_to_aspect_ratio=False, ~fill_mode=None'],
  ['CenterCrop', ''],
  ['RandomCrop', '~seed=None'],
].map(([name, more]) =>
  reported(name, undefined, 2, `height, width, ${more}, data_format=None, **`, (call) =>
    sized(call, 2, [call.bound.size('height'), call.bound.size('width')]),
  ),
);

export const kerasSpatial: readonly LayerSpec[] = RANKS.flatMap((rank): LayerSpec[] => [
  ...['MaxPooling', 'AveragePooling'].map((name): LayerSpec => ({
    ...reported(
      `${name}${rank}D`,
      'pool',
      rank,
      "pool_size=2, strides=None, padding='valid', data_format=None, name=None, **",
      (call) => pool(call, rank),
    ),
    check: (bound) => [
      ...poolingProblems(bound, rank),
      ...(name === 'AveragePooling' ? windowOfKeras2(bound, `${name}${rank}D`) : []),
    ],
  })),
  reported(
    `UpSampling${rank}D`,
    'resize',
    rank,
    rank === 2
      ? "size=2, data_format=None, ~interpolation='nearest', **"
      : rank === 1
        ? 'size=2, **'
        : 'size=2, data_format=None, **',
    (call) => upsample(call, rank),
  ),
  {
    ...reported(`ZeroPadding${rank}D`, undefined, rank, 'padding=1, data_format=None, **', (call) =>
      resized(call, rank, 'padding', 1),
    ),
  },
  {
    ...reported(
      `Cropping${rank}D`,
      undefined,
      rank,
      rank === 1 ? 'cropping=1, **' : 'cropping=0, data_format=None, **',
      (call) => resized(call, rank, 'cropping', -1),
    ),
  },
  ...['AdaptiveAveragePooling', 'AdaptiveMaxPooling'].map((name) =>
    reported(`${name}${rank}D`, undefined, rank, 'output_size, data_format=None, **', (call) =>
      sized(call, rank, call.bound.sizes('output_size', rank)),
    ),
  ),
  ...['GlobalAveragePooling', 'GlobalMaxPooling'].map((name) =>
    reported(`${name}${rank}D`, undefined, rank, 'data_format=None, keepdims=False, **', globalPool),
  ),
]).concat(IMAGES);
