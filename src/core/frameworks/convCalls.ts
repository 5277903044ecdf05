import type { AxisPlan } from '../axis';
import { convOutput, halves, neededPadding, NUMBERS, sameOutput, samePadding, type Sides } from '../formulas';
import type { Plan } from '../plan';
import { type Answer, type CutAxis, each, type FrameworkCall, list, pair, refused, taken } from './call';

type Made = Pick<FrameworkCall, 'said' | 'answer' | 'own'>;

const on = NUMBERS;
const has = ({ axes }: Plan, is: (axis: AxisPlan) => boolean): boolean => axes.some(is);

function padded(axis: AxisPlan, [begin, end]: Sides<number>): CutAxis {
  const output = convOutput(on, { ...axis, padBegin: begin, padEnd: end });
  return { begin, end, dilation: axis.dilation, output };
}

const by = (plan: Plan, sides: (axis: AxisPlan) => Sides<number>): Answer =>
  taken(plan.axes.map((axis) => padded(axis, sides(axis))));
const own = ({ padBegin, padEnd }: AxisPlan): Sides<number> => [padBegin, padEnd];
const same = (axis: AxisPlan): Sides<number> => samePadding(on, axis);
/** The odd element at the begin. */
const lower = (axis: AxisPlan): Sides<number> => [same(axis)[1], same(axis)[0]];
const none = (): Sides<number> => [0, 0];
const causal = ({ extent }: AxisPlan): Sides<number> => [extent - 1, 0];

function pytorch(plan: Plan): readonly Made[] {
  const sides = plan.axes.map(own);
  const mode = plan.paddingMode === 'zeros' ? '' : `, padding_mode="${plan.paddingMode}"`;
  const isEven = sides.every(([begin, end]) => begin === end);
  const pads = [...sides].reverse().flat();
  const strided = has(plan, ({ stride }) => stride > 1);
  return [
    {
      said: isEven ? `padding=${each(sides.map(([begin]) => begin))}${mode}` : `F.pad(x, (${pads.join(', ')}))`,
      answer: taken(
        plan.axes.map((axis) => padded(axis, own(axis))),
        false,
        plan.paddingMode,
      ),
      own: true,
    },
    {
      said: 'padding="same"',
      answer: strided
        ? refused("padding='same' is not supported for strided convolutions")
        : by(plan, ({ extent }) => halves(on, extent - 1)),
    },
  ];
}

function keras(plan: Plan): readonly Made[] {
  const ways: readonly Made[] = [
    { said: 'padding="same"', answer: by(plan, same) },
    { said: 'padding="valid"', answer: by(plan, none) },
    ...(plan.rank === 1 ? [{ said: 'padding="causal"', answer: by(plan, causal) }] : []),
  ];
  if (!has(plan, ({ stride }) => stride > 1) || !has(plan, ({ dilation }) => dilation > 1)) return ways;
  const words = '`strides > 1` not supported in conjunction with `dilation_rate > 1`';
  return ways.map(({ said }) => ({ said, answer: refused(words) }));
}

function tensorflow(plan: Plan): readonly Made[] {
  const sides = plan.axes.map((axis) => list(own(axis)));
  return [
    { said: 'padding="SAME"', answer: by(plan, same) },
    { said: 'padding="VALID"', answer: by(plan, none) },
    // Only images take a padding in numbers.
    ...(plan.rank === 2 ? [{ said: `padding=${list(['[0, 0]', ...sides, '[0, 0]'])}`, answer: by(plan, own) }] : []),
  ];
}

const pairs = (plan: Plan): string => list(plan.axes.map(({ padBegin, padEnd }) => pair(padBegin, padEnd)));

function jax(plan: Plan): readonly Made[] {
  return [
    { said: 'padding="SAME"', answer: by(plan, same) },
    { said: 'padding="SAME_LOWER"', answer: by(plan, lower) },
    { said: 'padding="VALID"', answer: by(plan, none) },
    { said: `padding=${pairs(plan)}`, answer: by(plan, own) },
  ];
}

function flax(plan: Plan): readonly Made[] {
  return [
    { said: 'padding="SAME"', answer: by(plan, same) },
    { said: 'padding="VALID"', answer: by(plan, none) },
    { said: `padding=${pairs(plan)}`, answer: by(plan, own) },
    {
      said: 'padding="CAUSAL"',
      answer: plan.rank === 1 ? by(plan, causal) : refused('Causal padding is only implemented for 1D convolutions.'),
    },
  ];
}

/**
 * Paddle rounds towards zero: an input that lacks less than a stride of the kernel's extent makes one output, as if
 * there were zeros behind it.
 */
function lenient(axis: AxisPlan, [begin, end]: Sides<number>): CutAxis {
  const lacking = neededPadding(on, axis, 1) - begin - end;
  return padded(axis, lacking > 0 && lacking < axis.stride ? [begin, end + lacking] : [begin, end]);
}

function paddle(plan: Plan): readonly Made[] {
  const sides = plan.axes.map(own);
  const isEven = sides.every(([begin, end]) => begin === end);
  // With SAME the dilation is 1, whatever was asked (paddle/phi/kernels/cpu/conv_util.h).
  const dropped = plan.axes.map((axis) => ({ ...axis, dilation: 1, extent: axis.kernel }));
  return [
    {
      said: `padding=${isEven ? each(sides.map(([begin]) => begin)) : list(sides.flat())}`,
      answer: taken(plan.axes.map((axis) => lenient(axis, own(axis)))),
    },
    { said: 'padding="SAME"', answer: taken(dropped.map((axis) => lenient(axis, same(axis)))) },
    { said: 'padding="VALID"', answer: taken(plan.axes.map((axis) => lenient(axis, none()))) },
  ];
}

function onnx(plan: Plan): readonly Made[] {
  // Its specification has it; Runtime loads it, and fails when it runs.
  const dilated = has(plan, ({ dilation }) => dilation > 1);
  const words = 'Dilation not supported for AutoPadType::SAME_UPPER or AutoPadType::SAME_LOWER.';
  const word = (sides: (axis: AxisPlan) => Sides<number>): Answer => (dilated ? refused(words) : by(plan, sides));
  const pads = [...plan.axes.map(({ padBegin }) => padBegin), ...plan.axes.map(({ padEnd }) => padEnd)];
  return [
    { said: `pads=${list(pads)}`, answer: by(plan, own) },
    { said: 'auto_pad="SAME_UPPER"', answer: word(same) },
    { said: 'auto_pad="SAME_LOWER"', answer: word(lower) },
  ];
}

/** By the documentation of coremltools' MIL operation `conv`; nothing of it was run. */
function coreml(plan: Plan): readonly Made[] {
  return [
    { said: `pad_type="custom", pad=${list(plan.axes.flatMap(own))}`, answer: by(plan, own) },
    {
      said: 'pad_type="same"',
      answer: { kind: 'size', sizes: plan.axes.map(({ input, stride }) => sameOutput(on, input, stride)) },
    },
  ];
}

/** A convolution in every framework, in every usual way to say it. Their own padding is of zeros. */
export function convCalls(plan: Plan): readonly FrameworkCall[] {
  const torch = { layout: 'torch-conv', channelsLast: false } as const;
  const tf = { layout: 'keras-conv', channelsLast: true } as const;
  return [
    ...pytorch(plan).map((call) => ({ framework: 'PyTorch' as const, ...torch, ...call })),
    ...keras(plan).map((call) => ({ framework: 'Keras' as const, ...tf, ...call })),
    ...tensorflow(plan).map((call) => ({ framework: 'TensorFlow' as const, ...tf, ...call })),
    ...jax(plan).map((call) => ({ framework: 'JAX' as const, ...tf, ...call })),
    ...flax(plan).map((call) => ({ framework: 'Flax' as const, ...tf, ...call })),
    ...paddle(plan).map((call) => ({ framework: 'Paddle' as const, ...torch, ...call })),
    ...onnx(plan).map((call) => ({ framework: 'ONNX Runtime' as const, ...torch, ...call })),
    ...(plan.rank < 3
      ? tensorflow(plan)
          .slice(0, 2)
          .map((call) => ({ framework: 'TFLite' as const, ...tf, ...call }))
      : []),
    ...coreml(plan).map((call) => ({ framework: 'Core ML' as const, ...torch, ...call })),
  ];
}
