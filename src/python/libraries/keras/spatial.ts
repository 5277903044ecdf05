import { convField } from '../../findings/field';
import { iterate } from '../../model/iterate';
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
import { layoutOf } from './convolutions';

const RANKS = [1, 2, 3] as const;
const inputOf = (call: LayerApplied): Value => call.args.positional[0] ?? call.args.keywords.get('inputs') ?? unknown();

/** valid `⌊(i − k)/s⌋ + 1`, same `⌈i/s⌉`. */
function pool(call: LayerApplied, rank: number): Value {
  const { bound } = call;
  const kernel = bound.sizes('pool_size', rank);
  const stride = bound.isNone('strides') ? kernel : bound.sizes('strides', rank);
  const padding = bound.text('padding')?.toLowerCase();
  if (!kernel || !stride || padding === undefined) return unknown();
  const same = padding === 'same';
  return applySpatial(
    call.machine,
    call.layer.site,
    {
      rank,
      layout: layoutOf(bound),
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
  if (!sizes) return unknown();
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
      layout: layoutOf(call.bound),
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
  const last = layoutOf(call.bound) === 'last';
  const shape = x && (x.cell.shape ?? call.machine.withRank(x, rank + 2, last ? 'last' : 'first'));
  if (!amounts || !x || !shape || shape.length !== rank + 2) return unknown();
  const from = last ? 1 : 2;
  return derived(
    x,
    shape.map((size, axis) => {
      const pair = amounts[axis - from];
      return pair && axis >= from ? call.machine.simple(() => add(size, multiply(sign, add(pair[0], pair[1])))) : size;
    }),
  );
}

function globalPool(call: LayerApplied): Value {
  const x = call.machine.asTensor(inputOf(call));
  const shape = x?.cell.shape;
  const keep = call.bound.flag('keepdims');
  if (!x || !shape || keep === undefined) return unknown();
  const channels = layoutOf(call.bound) === 'last' ? shape.length - 1 : 1;
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
  signature: signature(form),
  apply,
});

export const kerasSpatial: readonly LayerSpec[] = RANKS.flatMap((rank) => [
  ...['MaxPooling', 'AveragePooling'].map((name) =>
    reported(
      `${name}${rank}D`,
      'pool',
      rank,
      "pool_size=2, strides=None, padding='valid', data_format=None, **",
      (call) => pool(call, rank),
    ),
  ),
  reported(
    `UpSampling${rank}D`,
    'resize',
    rank,
    rank === 1 ? "size=2, ~interpolation='nearest', **" : "size=2, data_format=None, ~interpolation='nearest', **",
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
  ...['GlobalAveragePooling', 'GlobalMaxPooling'].map((name) =>
    reported(`${name}${rank}D`, undefined, rank, 'data_format=None, keepdims=False, **', globalPool),
  ),
]);
