import { type Problem, problem, type ProblemField } from '../../../core/problem';
import { iterate } from '../../model/iterate';
import type { Bound } from '../../model/library';
import { textOf } from '../../model/text';
import type { Value } from '../../model/value';
import type { ConvAxis } from '../../sizes/axis';
import { isKnown, type Size } from '../../sizes/size';

// What Paddle 3.3.1 refuses, in its order and with its words (paddle/nn/layer/conv.py, paddle/nn/functional/conv.py,
// paddle/phi/infermeta/binary.cc).

export type Kind = 'conv' | 'convTranspose';

const FIELDS: Readonly<Record<string, ProblemField>> = {
  kernel_size: 'weight',
  stride: 'stride',
  dilation: 'dilation',
  padding: 'padding',
  output_padding: 'outputPadding',
  output_size: 'outputPadding',
};

const sequence = (value: Value | undefined): value is Value & { kind: 'list' | 'tuple' } =>
  value?.kind === 'list' || value?.kind === 'tuple';

/** A list that has not one entry for each axis; Paddle stretches only numbers. */
export function lengthProblem(name: string, value: Value | undefined, rank: number): Problem | undefined {
  if (!sequence(value) || value.open || value.items.length === rank) return undefined;
  return wrongLength(name, value, rank, `The ${name}'s length must be ${rank}. Received: `);
}

const wrongLength = (
  name: string,
  value: Value & { kind: 'list' | 'tuple' },
  rank: number,
  framework: string,
): Problem =>
  problem({
    code: `${FIELDS[name]}-rank`,
    field: FIELDS[name],
    template: '{0} has {1} entries; the layer has {2} spatial axes.',
    args: [name, value.items.length, rank],
    framework,
  });

/** A number with a point is none to Paddle, `2.0` as little as `2.5`. */
function floatProblem(name: string, value: Value | undefined): Problem | undefined {
  if (value?.kind !== 'number' || !value.float || !isKnown(value.size)) return undefined;
  return problem({
    code: 'not-whole',
    field: FIELDS[name],
    template: '{0} is {1}; it must be a whole number.',
    args: [name, textOf(value) ?? value.size],
    framework: `The ${name}'s type must be list or tuple. Received: ${textOf(value) ?? value.size}`,
  });
}

export const leastProblem = (name: string, value: number, least: number, framework: string): Problem =>
  problem({
    code: `${FIELDS[name]}-range`,
    field: FIELDS[name],
    template: '{0} is {1}; it must be at least {2}.',
    args: [name, value, least],
    framework,
    repair: { field: FIELDS[name], value: least },
  });

const isPair = (value: Value): boolean => sequence(value) && value.items.length === 2;

/**
 * The padding as a list of numbers: one, one an axis, begin and end of every axis, or such pairs for the batch and the
 * channels as well, which must be zeros.
 */
export function flatPadding(value: Value | undefined, rank: number, last: boolean): readonly Value[] | undefined {
  if (!sequence(value) || value.open) return undefined;
  const { items } = value;
  if (items.length === rank + 2 && items.every(isPair)) {
    const spatial = last ? items.slice(1, -1) : items.slice(2);
    return spatial.flatMap((pair) => iterate(pair) ?? []);
  }
  const numbers = items.every((item) => !sequence(item));
  return numbers && (items.length === rank || items.length === 2 * rank) ? items : undefined;
}

export function paddingProblem(bound: Bound, rank: number, last: boolean): Problem | undefined {
  const value = bound.get('padding');
  if (value?.kind === 'string') {
    const text = value.value.toUpperCase();
    if (text === 'SAME' || text === 'VALID') return undefined;
    return problem({
      code: 'padding-text',
      field: 'padding',
      template: 'padding is {0}; it must be same, valid or numbers.',
      args: [value.value],
      framework: `Unknown padding: '${text}'. It can only be 'SAME' or 'VALID'.`,
    });
  }
  const flat = flatPadding(value, rank, last);
  if (sequence(value) && !value.open && !flat) return wrongLength('padding', value, rank, 'In valid padding: ');
  if (sequence(value) && flat && value.items.some(sequence)) {
    const outer = last ? [value.items[0], value.items.at(-1)!] : value.items.slice(0, 2);
    const zero = (item: Value): boolean => item.kind !== 'number' || !isKnown(item.size) || item.size === 0;
    if (!outer.every((pair) => iterate(pair)?.every(zero) ?? true))
      return problem({
        code: 'padding-range',
        field: 'padding',
        template: 'Paddle pads neither the batch nor the channels.',
        framework: 'in the batch or channel dimensions is not supported.',
      });
  }
  const numbers = (flat ?? (value?.kind === 'number' ? Array.from({ length: rank }, () => value) : [])).map((item) =>
    item.kind === 'number' && isKnown(item.size) ? item.size : undefined,
  );
  const negative = numbers.find((each) => each !== undefined && each < 0);
  if (negative === undefined) return floatProblem('padding', value);
  return leastProblem(
    'padding',
    negative,
    0,
    `Invalid padding, all value should be larger than or equal to 0, but received: [${numbers.map((each) => each ?? '…').join(', ')}]`,
  );
}

const MODES = ['zeros', 'reflect', 'replicate', 'circular'];

function modeProblem(bound: Bound): Problem | undefined {
  const mode = bound.text('padding_mode');
  if (mode === undefined || mode === 'zeros') return undefined;
  const field = 'paddingMode';
  if (!MODES.includes(mode))
    return problem({
      code: 'padding-mode',
      field,
      template: 'The padding mode is {0}; it must be zeros, reflect, replicate or circular.',
      args: [mode],
      framework: `but got padding_mode='${mode}'`,
    });
  const padding = bound.get('padding');
  if (!sequence(padding) && padding?.kind !== 'string') return undefined;
  return problem({
    code: 'padding-mode',
    field: 'padding',
    template: 'With the padding mode {0} Paddle takes one whole number for the padding.',
    args: [mode],
    framework: "when padding_mode in ['reflect', 'replicate', 'circular'], type of padding must be int",
  });
}

export function groupsProblem(
  groups: Size,
  channels: Size,
  name: string,
  words: { readonly zero: string; readonly divide: string },
): Problem | undefined {
  if (!isKnown(groups)) return undefined;
  if (groups === 0)
    return problem({
      code: 'groups-range',
      field: 'groups',
      template: 'groups is {0}; it must be a whole number of at least 1.',
      args: [groups],
      framework: words.zero,
      repair: { field: 'groups', value: 1 },
    });
  if (!isKnown(channels) || channels % groups === 0) return undefined;
  return problem({
    code: 'groups-divide',
    field: 'groups',
    template: '{0} groups do not divide {1} = {2}.',
    args: [groups, name, channels],
    framework: words.divide,
  });
}

/** What the constructor of a layer refuses. The padding of one dimension is looked at when the layer runs. */
export function constructorProblem(bound: Bound, kind: Kind, rank: number, last: boolean): Problem | undefined {
  const lists = (): Problem | undefined =>
    ['stride', 'dilation', 'kernel_size']
      .map((name) => lengthProblem(name, bound.get(name), rank) ?? floatProblem(name, bound.get(name)))
      .find((each) => each !== undefined);
  return (
    (kind === 'conv' ? modeProblem(bound) : undefined) ??
    lists() ??
    (rank > 1 ? paddingProblem(bound, rank, last) : undefined) ??
    groupsProblem(bound.size('groups'), kind === 'conv' ? bound.size('in_channels') : 0, 'in_channels', {
      zero: kind === 'conv' ? 'integer modulo by zero' : 'integer division or modulo by zero',
      divide: 'in_channels must be divisible by groups.',
    })
  );
}

/** A reflection leaves the edge out, so that it has one element less to give than there are. */
export function reflectionProblem(axes: readonly ConvAxis[]): Problem | undefined {
  const at = axes.findIndex(({ input, padBegin }) => isKnown(input) && isKnown(padBegin) && padBegin >= input);
  if (at < 0) return undefined;
  const [input, padding] = [Number(axes[at].input), Number(axes[at].padBegin)];
  // Paddle lays the axes of every rank behind each other as depth, height and width.
  const [size, side] =
    axes.length === 2
      ? [
          ['height', 'top'],
          ['width', 'left'],
        ][at]
      : [
          ['depth', 'front'],
          ['height', 'top'],
          ['width', 'left'],
        ][at];
  return problem({
    code: 'padding-wraps',
    field: 'padding',
    template: 'Padding {0} is more than the {1} that {2} padding can take from the {3} of the input.',
    args: [padding, input - 1, 'reflect', size],
    framework: `The ${size} of Input(X)'s dimension should be greater than pad_${side} in reflect mode, but received depth(${input}) and pad_${side}(${padding}).`,
    repair: { field: 'padding', value: Math.max(0, input - 1) },
  });
}
