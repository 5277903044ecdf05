import type { AxisPlan } from '../axis';
import { cropOf, halves, kerasCrop, NUMBERS, samePadding, sameCrop } from '../formulas';
import type { Plan } from '../plan';
import {
  type Answer,
  type CutAxis,
  cutBy,
  each,
  type FrameworkCall,
  list,
  pair,
  refused,
  stamped,
  taken,
} from './call';

type Made = Pick<FrameworkCall, 'said' | 'answer' | 'own'>;

const on = NUMBERS;
const has = ({ axes }: Plan, is: (axis: AxisPlan) => boolean): boolean => axes.some(is);
const added = (plan: Plan): boolean => has(plan, ({ outputPadding }) => outputPadding > 0);
const numbers = ({ axes }: Plan, key: 'padBegin' | 'outputPadding' | 'output'): readonly number[] =>
  axes.map((axis) => axis[key]);
const isEven = (plan: Plan): boolean => !has(plan, ({ padBegin, padEnd }) => padBegin !== padEnd);
const cuts = (plan: Plan, cut: (axis: AxisPlan) => CutAxis, turned = false): Answer =>
  taken(plan.axes.map(cut), turned);
const own = (plan: Plan): Answer => cuts(plan, (axis) => cutBy(axis, axis));
const named = (...parameters: readonly (string | undefined)[]): string =>
  parameters.filter((text) => text !== undefined).join(', ');

function pytorch(plan: Plan): readonly Made[] {
  const op = added(plan) ? `output_padding=${each(numbers(plan, 'outputPadding'))}` : undefined;
  const sides = plan.axes.map(({ padBegin, output }) => `${padBegin}:${padBegin + output}`);
  const said = isEven(plan) ? named(`padding=${each(numbers(plan, 'padBegin'))}`, op) : `y[..., ${sides.join(', ')}]`;
  const words = `conv_transpose${plan.rank}d(): argument 'padding' (position 5) must be tuple of ints`;
  return [
    { said, answer: own(plan), own: true },
    { said: 'padding="same"', answer: refused(words) },
  ];
}

/** Keras 3 of every backend; its dilation beside a stride and its output padding are checked when the layer is made. */
function keras(plan: Plan): readonly Made[] {
  const answer = (padding: 'valid' | 'same', states: boolean): Answer => {
    if (plan.groups > 1) return refused('Unrecognized keyword arguments passed to');
    if (has(plan, ({ stride }) => stride > 1) && has(plan, ({ dilation }) => dilation > 1))
      return refused('`strides > 1` not supported in conjunction with `dilation_rate > 1`');
    if (states && has(plan, ({ outputPadding, stride }) => outputPadding >= stride))
      return refused('`output_padding` must be strictly less than `strides` for all dimensions');
    return cuts(plan, (axis) =>
      cutBy(axis, kerasCrop(on, padding, axis.extent, axis.stride, states ? axis.outputPadding : undefined)),
    );
  };
  const ways = (['same', 'valid'] as const).map((padding) => ({
    said: `padding="${padding}"`,
    answer: answer(padding, false),
  }));
  if (!added(plan)) return ways;
  const op = `output_padding=${each(numbers(plan, 'outputPadding'))}`;
  return [
    ...ways,
    ...(['same', 'valid'] as const).map((padding) => ({
      said: `padding="${padding}", ${op}`,
      answer: answer(padding, true),
    })),
  ];
}

/**
 * TensorFlow's and TFLite's: the size is stated, SAME admits `(i − 1)s + 1 … i·s`, VALID `(i − 1)s + K … i·s + K − 1`;
 * half of the surplus is cut at the begin.
 */
function sized(axis: AxisPlan, padding: 'SAME' | 'VALID', output: number): CutAxis | undefined {
  const least = padding === 'SAME' ? (axis.input - 1) * axis.stride + 1 : stamped(axis);
  if (output < least || output >= least + axis.stride) return undefined;
  return cutBy(axis, sameCrop(on, stamped(axis) - output));
}

const WRONG_SIZE = "Size of out_backprop doesn't match computed";
const NO_GROUPS = 'Gradients for grouped convolutions are not supported on CPU';
const NO_DILATION = "'tf.Conv2DBackpropInput' op is neither a custom op nor a flex op";

/** Of the first axis at fault: it goes back from the output to the input, and rounds towards zero. */
function wrongSize(
  plan: Plan,
  padding: 'SAME' | 'VALID',
  outputs: readonly number[],
  axes: readonly (CutAxis | undefined)[],
): string {
  const at = axes.indexOf(undefined);
  const { extent, stride } = plan.axes[at];
  const back = Math.trunc((outputs[at] - extent + stride) / stride);
  return padding === 'VALID' && back < 0 ? 'Computed output size would be negative' : WRONG_SIZE;
}

function sizedCall(plan: Plan, padding: 'SAME' | 'VALID', outputs: readonly number[]): Made {
  const axes = plan.axes.map((axis, at) => sized(axis, padding, outputs[at]));
  const fits = axes.filter((axis) => axis !== undefined);
  return {
    said: `padding="${padding}", output_shape=${list([plan.batch, ...outputs, plan.outputChannels])}`,
    answer: fits.length === axes.length ? taken(fits) : refused(wrongSize(plan, padding, outputs, axes)),
  };
}

const whole = ({ axes }: Plan): readonly number[] => axes.map(({ input, stride }) => input * stride);

function tensorflow(plan: Plan): readonly Made[] {
  const wanted = numbers(plan, 'output');
  const asUsual = whole(plan).join() === wanted.join() ? [] : [sizedCall(plan, 'SAME', whole(plan))];
  const ways = [...asUsual, sizedCall(plan, 'SAME', wanted), sizedCall(plan, 'VALID', wanted)];
  // Only images take a padding in numbers, and without a dilation.
  if (plan.rank !== 2 || has(plan, ({ dilation }) => dilation > 1)) return ways;
  const sides = plan.axes.map(({ padBegin, padEnd }) => list([padBegin, padEnd]));
  const large = has(plan, ({ outputPadding, stride }) => outputPadding >= stride);
  return [
    ...ways,
    {
      said: `padding=${list(['[0, 0]', ...sides, '[0, 0]'])}, output_shape=${list([plan.batch, ...wanted, plan.outputChannels])}`,
      answer: plan.groups > 1 ? refused(NO_GROUPS) : large ? refused(WRONG_SIZE) : own(plan),
    },
  ];
}

function tflite(plan: Plan): readonly Made[] {
  const ways = [sizedCall(plan, 'SAME', whole(plan)), sizedCall(plan, 'VALID', plan.axes.map(stamped))];
  const dilated = has(plan, ({ dilation }) => dilation > 1);
  return ways.map(({ said, answer }) => ({ said, answer: dilated ? refused(NO_DILATION) : answer }));
}

const JAX_WORDS =
  'String padding is not implemented for transposed convolution using this op. Please either exactly specify the required padding or use conv_transpose.';
const JAX_NEGATIVE = 'Negative padding is larger than the size of the corresponding dimension';

const jaxWord = (plan: Plan, padding: 'SAME' | 'VALID', turned: boolean): Answer =>
  cuts(
    plan,
    (axis) => cutBy(axis, kerasCrop(on, padding === 'SAME' ? 'same' : 'valid', axis.extent, axis.stride)),
    turned,
  );

/**
 * Numbers pad the *dilated input*, so that `K − 1 − a` is cut; with `use_consistent_padding` they are the cut
 * (`_conv_transpose_padding` of jax/_src/lax/convolution.py, 0.12).
 */
function jaxNumbers(plan: Plan, sides: (axis: AxisPlan) => readonly [number, number], consistent = false): Answer {
  const axes = plan.axes.map((axis) => {
    const [begin, end] = sides(axis).map((side) => (consistent ? side : axis.extent - 1 - side));
    return cutBy(axis, cropOf(on, begin, end));
  });
  return axes.some(({ output }, at) => output < 1 - plan.axes[at].extent) ? refused(JAX_NEGATIVE) : taken(axes, true);
}

function jax(plan: Plan): readonly Made[] {
  // At a stride of 1 it is a plain convolution, which takes the word.
  const strided = has(plan, ({ stride }) => stride > 1);
  const sides = (end: (axis: AxisPlan) => number): string =>
    list(plan.axes.map((axis) => pair(axis.padBegin, end(axis))));
  const ways: readonly Made[] = [
    { said: 'padding="SAME"', answer: jaxWord(plan, 'SAME', true) },
    { said: 'padding="SAME", transpose_kernel=True', answer: jaxWord(plan, 'SAME', false) },
    { said: 'padding="VALID"', answer: jaxWord(plan, 'VALID', true) },
    {
      said: `padding=${sides(({ padEnd }) => padEnd)}`,
      answer: jaxNumbers(plan, ({ padBegin, padEnd }) => [padBegin, padEnd]),
    },
    {
      said: `padding=${sides(({ padEnd, outputPadding }) => padEnd - outputPadding)}, use_consistent_padding=True`,
      answer: jaxNumbers(plan, ({ padBegin, padEnd, outputPadding }) => [padBegin, padEnd - outputPadding], true),
    },
    { said: 'padding="SAME_LOWER"', answer: strided ? refused(JAX_WORDS) : jaxWord(plan, 'SAME', true) },
  ];
  if (plan.groups === 1) return ways;
  const words = 'conv_general_dilated lhs feature dimension size divided by feature_group_count must equal';
  // With transpose_kernel such a kernel is one of another layer, of one output channel.
  return ways
    .filter(({ said }) => !said.includes('transpose_kernel'))
    .map(({ said, answer }) => ({ said, answer: answer.kind === 'refused' ? answer : refused(words) }));
}

function flax(plan: Plan): readonly Made[] {
  const sides = plan.axes.map(({ padBegin, padEnd }) => pair(padBegin, padEnd));
  const ways: readonly Made[] = [
    { said: 'padding="SAME"', answer: jaxWord(plan, 'SAME', true) },
    { said: 'padding="VALID"', answer: jaxWord(plan, 'VALID', true) },
    { said: `padding=${list(sides)}`, answer: jaxNumbers(plan, ({ padBegin, padEnd }) => [padBegin, padEnd]) },
    {
      said: 'padding="CAUSAL"',
      answer: refused(has(plan, ({ stride }) => stride > 1) ? JAX_WORDS : 'Unrecognized padding type'),
    },
  ];
  if (plan.groups === 1) return ways;
  return ways.map(({ said }) => ({ said, answer: refused('the given initializer is expected to generate shape') }));
}

const PADDLE_LARGE = 'output_padding of Op(ConvTransposeOp) should be less than either stride or dilation';
const PADDLE_IMAGES = 'Output_height and padding(padding_up, padding_down) are inconsistent.';
const PADDLE_VOLUMES = 'are mismatching.';
const PADDLE_SIGNALS = 'The size of output_padding should not be greater than stride.';

function paddle(plan: Plan): readonly Made[] {
  const op = added(plan) ? `output_padding=${each(numbers(plan, 'outputPadding'))}` : undefined;
  const sides = isEven(plan)
    ? each(numbers(plan, 'padBegin'))
    : list(plan.axes.flatMap(({ padBegin, padEnd }) => [padBegin, padEnd]));
  const checked = (answer: Answer): Answer => {
    if (plan.rank === 1 && plan.axes[0].outputPadding > plan.axes[0].stride) return refused(PADDLE_SIGNALS);
    const large = ({ outputPadding, stride }: AxisPlan): boolean => outputPadding >= stride;
    if (!has(plan, large) || !added(plan)) return answer;
    return refused(plan.rank === 3 ? PADDLE_VOLUMES : PADDLE_IMAGES);
  };
  // Cut is what a *convolution* of the input would be padded by, and the dilation is 1 whatever was asked
  // (`UpdatePaddingAndDilation` of paddle/phi/kernels/cpu/conv_util.h).
  const same = (states: boolean): Answer =>
    cuts(plan, (axis) => {
      const plain = { ...axis, dilation: 1, extent: axis.kernel };
      const [padBegin, padEnd] = samePadding(on, plain);
      return cutBy(plain, { padBegin, padEnd, outputPadding: states ? axis.outputPadding : 0 });
    });
  const valid = cuts(plan, (axis) => cutBy(axis, { padBegin: 0, padEnd: 0, outputPadding: axis.outputPadding }));
  // With SAME the dilation is 1 before the output padding is looked at.
  const sameChecked =
    has(plan, ({ outputPadding, stride }) => outputPadding > 0 && outputPadding >= stride) && plan.rank > 1
      ? refused(PADDLE_LARGE)
      : checked(same(true));
  return [
    { said: named(`padding=${sides}`, op), answer: checked(own(plan)) },
    { said: 'padding="SAME"', answer: same(false) },
    ...(op === undefined ? [] : [{ said: named('padding="SAME"', op), answer: sameChecked }]),
    { said: named('padding="VALID"', op), answer: checked(valid) },
  ];
}

/**
 * ONNX's `auto_pad`: the pads are what `i·s` leaves over of all stamps and the output padding, never less than none;
 * UPPER has the odd one at the end.
 */
function onnxSame(axis: AxisPlan, upper: boolean, outputPadding: number): CutAxis {
  const total = Math.max(0, stamped(axis) + outputPadding - axis.input * axis.stride);
  const [lesser, larger] = halves(on, total);
  const [padBegin, padEnd] = upper ? [lesser, larger] : [larger, lesser];
  return cutBy(axis, { padBegin, padEnd, outputPadding });
}

function onnx(plan: Plan): readonly Made[] {
  const op = added(plan) ? `output_padding=${list(numbers(plan, 'outputPadding'))}` : undefined;
  const pads = [...numbers(plan, 'padBegin'), ...plan.axes.map(({ padEnd }) => padEnd)];
  // Its own check when it loads admits what is below the dilation; when it computes it does not.
  const large = has(plan, ({ outputPadding, stride }) => outputPadding > 0 && outputPadding >= stride);
  const checked = (answer: Answer): Answer =>
    large ? refused('Computed output shape is inconsistent with input spatial dimensions. output_padding') : answer;
  const words = ([true, false] as const).map((upper) => ({
    said: `auto_pad="SAME_${upper ? 'UPPER' : 'LOWER'}"`,
    answer: cuts(plan, (axis) => onnxSame(axis, upper, 0)),
    withAdded: cuts(plan, (axis) => onnxSame(axis, upper, axis.outputPadding)),
  }));
  return [
    { said: named(`pads=${list(pads)}`, op), answer: checked(own(plan)) },
    ...words.map(({ said, answer }) => ({ said, answer })),
    ...(op === undefined
      ? []
      : words.map(({ said, withAdded }) => ({ said: named(said, op), answer: checked(withAdded) }))),
  ];
}

/** By the documentation of coremltools' MIL operation `conv_transpose`; nothing of it was run. */
function coreml(plan: Plan): readonly Made[] {
  const fits = !has(plan, ({ padEnd, outputPadding }) => outputPadding > padEnd);
  const pads = plan.axes.flatMap(({ padBegin, padEnd, outputPadding }) => [padBegin, padEnd - outputPadding]);
  return [
    ...(fits ? [{ said: `pad_type="custom", pad=${list(pads)}`, answer: own(plan) }] : []),
    { said: 'pad_type="same"', answer: { kind: 'size', sizes: whole(plan) } },
  ];
}

/** A transposed convolution in every framework, in every usual way to say it. */
export function transposedCalls(plan: Plan): readonly FrameworkCall[] {
  const torch = { layout: 'torch-convtranspose', channelsLast: false } as const;
  const tf = { layout: 'keras-convtranspose', channelsLast: true } as const;
  const lax = { layout: 'jax-convtranspose', channelsLast: true } as const;
  const calls: readonly FrameworkCall[] = [
    ...pytorch(plan).map((call) => ({ framework: 'PyTorch' as const, ...torch, ...call })),
    ...keras(plan).map((call) => ({ framework: 'Keras' as const, ...tf, ...call })),
    ...tensorflow(plan).map((call) => ({ framework: 'TensorFlow' as const, ...tf, ...call })),
    ...jax(plan).map((call) => ({
      framework: 'JAX' as const,
      ...(call.said.includes('transpose_kernel=True') ? tf : lax),
      ...call,
    })),
    ...flax(plan).map((call) => ({ framework: 'Flax' as const, ...lax, ...call })),
    ...paddle(plan).map((call) => ({ framework: 'Paddle' as const, ...torch, ...call })),
    ...onnx(plan).map((call) => ({ framework: 'ONNX Runtime' as const, ...torch, ...call })),
    ...(plan.rank < 3 && plan.groups === 1
      ? tflite(plan).map((call) => ({ framework: 'TFLite' as const, ...tf, ...call }))
      : []),
    ...coreml(plan).map((call) => ({ framework: 'Core ML' as const, ...torch, ...call })),
  ];
  return calls;
}
