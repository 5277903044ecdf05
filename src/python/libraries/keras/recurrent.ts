import type { LayerApplied, LayerSpec } from '../../model/library';
import { NO_ARGUMENTS, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived } from '../../model/tensor';
import type { Value } from '../../model/value';
import { convOutput } from '../../sizes/axis';
import { multiply, type Size } from '../../sizes/size';
import { kerasAxis } from '../axes/keras';
import { inheritsDataFormat, layoutOf } from './dataFormat';

const layer = (name: string, form: string, apply: (call: LayerApplied) => Value): LayerSpec => ({
  callee: `keras.layers.${name}`,
  framework: 'keras',
  ...(form.includes('data_format') ? { inherits: inheritsDataFormat } : {}),
  signature: signature(form),
  apply,
});

const inputOf = ({ args }: LayerApplied): Value =>
  args.positional[0] ?? args.keywords.get('inputs') ?? args.keywords.get('sequences') ?? unknown();

/** Of what goes along with the result nothing is told. */
const plain = ({ bound }: LayerApplied): boolean => bound.flag('return_state') === false;

function recurrent(call: LayerApplied): Value {
  const shape = call.machine.asTensor(inputOf(call))?.cell.shape;
  const keeps = call.bound.flag('return_sequences');
  if (shape?.length !== 3 || keeps === undefined || !plain(call)) return unknown();
  const units = call.bound.size('units');
  return derived(call.machine.asTensor(inputOf(call))!, keeps ? [shape[0], shape[1], units] : [shape[0], units], []);
}

/** A convolution in every step: (N, T, H, W, C) → (N, T, H', W', F), or the last step of it. */
function convolving(call: LayerApplied, rank: number): Value {
  const { machine, bound } = call;
  const x = machine.asTensor(inputOf(call));
  const shape = x?.cell.shape;
  const [layout, padding] = [layoutOf(bound), bound.text('padding')?.toLowerCase()];
  const [kernel, stride, dilation] = ['kernel_size', 'strides', 'dilation_rate'].map((name) => bound.sizes(name, rank));
  const keeps = bound.flag('return_sequences');
  if (!x || shape?.length !== rank + 3 || !layout || !kernel || !stride || !dilation || keeps === undefined)
    return unknown();
  if ((padding !== 'same' && padding !== 'valid') || !plain(call)) return unknown();
  const from = layout === 'last' ? 2 : 3;
  const sizes = shape.slice(from, from + rank).map((input, at): Size => {
    const window = { input, kernel: kernel[at], stride: stride[at], dilation: dilation[at] };
    return machine.simple(() => convOutput('conv', kerasAxis(window, padding)));
  });
  const each = layout === 'last' ? [...sizes, bound.size('filters')] : [bound.size('filters'), ...sizes];
  return derived(x, [...shape.slice(0, keeps ? 2 : 1), ...each], []);
}

/** The same layer for every step: (N, T, …) → (N, T, …). */
function distributed(call: LayerApplied): Value {
  const { machine, bound, at } = call;
  const x = machine.asTensor(inputOf(call));
  const shape = x?.cell.shape;
  const inner = bound.get('layer');
  if (!x || !shape || shape.length < 3 || !inner) return unknown();
  const [batch, steps, ...rest] = shape;
  const result = machine.call(inner, { ...NO_ARGUMENTS, positional: [derived(x, [batch, ...rest], [])] }, at);
  const made = result.kind === 'tensor' ? result.cell.shape : undefined;
  return made ? derived(x, [made[0], steps, ...made.slice(1)], []) : unknown();
}

/** Both directions, one behind the other or, where they are merged otherwise, as wide as one. */
function bidirectional(call: LayerApplied): Value {
  const inner = call.bound.get('layer');
  const mode = call.bound.text('merge_mode');
  if (!inner || mode === undefined) return unknown();
  const one = call.machine.call(inner, { ...NO_ARGUMENTS, positional: [inputOf(call)] }, call.at);
  const shape = one.kind === 'tensor' ? one.cell.shape : undefined;
  if (one.kind !== 'tensor' || !shape) return unknown();
  const width = shape.at(-1)!;
  return mode === 'concat'
    ? derived(one, [...shape.slice(0, -1), call.machine.simple(() => multiply(width, 2))], [])
    : one;
}

const COMMON = 'return_sequences=False, return_state=False, ~go_backwards=False, ~stateful=False, ~unroll=False, **~';
const CONVOLVING = `filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, *~rest, ${COMMON}`;

export const kerasRecurrent: readonly LayerSpec[] = [
  ...['LSTM', 'GRU', 'SimpleRNN', 'CuDNNLSTM', 'CuDNNGRU'].map((name) =>
    layer(name, `units, *~rest, ${COMMON}`, recurrent),
  ),
  ...[1, 2, 3].map((rank) => layer(`ConvLSTM${rank}D`, CONVOLVING, (call) => convolving(call, rank))),
  layer('TimeDistributed', 'layer, **~', distributed),
  layer('Bidirectional', "layer, merge_mode='concat', weights=None, backward_layer=None, **", bidirectional),
];
