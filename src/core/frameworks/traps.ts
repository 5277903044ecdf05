import type { Plan } from '../plan';
import { type FrameworkCall, stamped } from './call';

/**
 * Where a layer silently becomes another one on the way to a framework, or is refused late: by name, for the page to
 * say. Each was seen to happen in the release that is named with it.
 */
export interface Trap {
  readonly code:
    | 'sameIsShifted'
    | 'sameIsShiftedConv'
    | 'kernelIsTurned'
    | 'paddleSameSize'
    | 'paddleDropsDilation'
    | 'onnxTwoSizes'
    | 'onnxShortSame'
    | 'lateOutputPadding'
    | 'onnxDilatedSame'
    | 'mindsporeZeros'
    | 'rtenLower'
    | 'mlxLargePadding'
    | 'equinoxShrinks'
    | 'candleBatch'
    | 'tinygradOrder'
    | 'laxNumbers'
    | 'tfliteGroups'
    | 'kerasStrideDilation';
  readonly args: readonly (string | number)[];
}

const sizesOf = (calls: readonly FrameworkCall[], framework: string, said: string): string | undefined => {
  const call = calls.find((each) => each.framework === framework && each.said.startsWith(said));
  return call?.answer.kind === 'values' ? call.answer.axes.map(({ output }) => output).join('×') : undefined;
};

const sidesOf = (calls: readonly FrameworkCall[], framework: string, said: string): string | undefined => {
  const call = calls.find((each) => each.framework === framework && each.said.startsWith(said));
  return call?.answer.kind === 'values'
    ? call.answer.axes.map(({ begin, end }) => `${begin}:${end}`).join(' ')
    : undefined;
};

/** `1`, or begin and end of each axis. */
function padsText({ axes }: Plan): string {
  const pads = axes.map(({ padBegin, padEnd }) => (padBegin === padEnd ? String(padBegin) : `${padBegin}:${padEnd}`));
  return pads.every((each) => each === pads[0]) ? pads[0] : pads.join('×');
}

/** What a document's layer meets on the way to other frameworks, given its calls there. */
export function trapsOf(plan: Plan, calls: readonly FrameworkCall[]): readonly Trap[] {
  const { axes, kind, rank } = plan;
  const some = (is: (axis: (typeof axes)[number]) => boolean): boolean => axes.some(is);
  const strided = some(({ stride }) => stride > 1);
  const dilated = some(({ dilation, kernel }) => dilation > 1 && kernel > 1);
  const traps: Trap[] = [];
  const add = (is: boolean, code: Trap['code'], ...args: readonly (string | number)[]): void => {
    if (is) traps.push({ code, args });
  };
  const upper = sidesOf(calls, 'ONNX Runtime', 'auto_pad="SAME_UPPER"');
  const lower = sidesOf(calls, 'ONNX Runtime', 'auto_pad="SAME_LOWER"');
  const output = axes.map((axis) => axis.output).join('×');

  // Only what differs at both ends of an axis is told in twice as many numbers as there are axes.
  const [pads, backwards] = [axes, axes.toReversed()].map((each) =>
    each.flatMap(({ padBegin, padEnd }) => [padBegin, padEnd]),
  );
  add(
    some(({ padBegin, padEnd }) => padBegin !== padEnd) && pads.join() !== backwards.join(),
    'tinygradOrder',
    `(${pads.join(', ')})`,
    `(${backwards.join(', ')})`,
  );
  add(strided && dilated, 'kerasStrideDilation');
  add(upper !== undefined && upper !== lower, 'rtenLower');
  if (kind === 'conv') {
    add(dilated, 'paddleDropsDilation');
    add(dilated, 'onnxDilatedSame');
    const same = sidesOf(calls, 'Keras', 'padding="same"');
    const own = sidesOf(calls, 'PyTorch', '');
    add(
      sizesOf(calls, 'Keras', 'padding="same"') === output && same !== own,
      'sameIsShiftedConv',
      own ?? '',
      same ?? '',
    );
    return traps;
  }
  const op = some(({ outputPadding }) => outputPadding > 0);
  const whole = axes.map(({ input, stride }) => input * stride).join('×');
  const same = sidesOf(calls, 'JAX', 'padding="SAME"');
  const own = sidesOf(calls, 'PyTorch', '');
  add(whole === output && same !== own, 'sameIsShifted', own ?? '', same ?? '');
  add(
    some(({ kernel }) => kernel > 1),
    'kernelIsTurned',
  );
  const lax = sizesOf(calls, 'Flax', 'padding=[');
  add(!op && lax !== undefined && lax !== output, 'laxNumbers', padsText(plan), lax ?? '', output);
  const paddle = sizesOf(calls, 'Paddle', 'padding="SAME"');
  add(!op && paddle !== undefined && paddle !== whole, 'paddleSameSize', paddle ?? '', whole);
  add(dilated, 'paddleDropsDilation');
  add(op, 'onnxTwoSizes', whole, axes.map((axis) => axis.input * axis.stride + axis.outputPadding).join('×'));
  add(
    some((axis) => stamped(axis) + axis.outputPadding < axis.input * axis.stride),
    'onnxShortSame',
    whole,
    sizesOf(calls, 'ONNX Runtime', 'auto_pad="SAME_UPPER"') ?? '',
  );
  add(
    some(({ outputPadding, stride }) => outputPadding > 0 && outputPadding >= stride),
    'lateOutputPadding',
  );
  // MindSpore's layer of one axis has no output padding, and that of three makes it of real values.
  add(op && rank === 2, 'mindsporeZeros');
  add(plan.groups > 1, 'tfliteGroups');
  add(op, 'equinoxShrinks', whole, axes.map((axis) => axis.input * axis.stride - axis.outputPadding).join('×'));
  add(strided && some(({ padBegin, padEnd, extent }) => Math.max(padBegin, padEnd) > extent - 1), 'mlxLargePadding');
  add(rank === 1 && plan.batch > 1 && axes[0].padBegin === 0 && axes[0].padEnd === 0, 'candleBatch');
  return traps;
}
