import { paddingOf } from '../../src/core/axis';
import { kernelExtent, NUMBERS } from '../../src/core/formulas';
import { format, type ProblemField } from '../../src/core/problem';
import type { AxisParameter, EditBody } from '../../src/core/state/edits';
import type { DocumentHead } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';
import type { Model } from '../model';
import { channelsOf } from '../state/channels';
import type { AxisValue } from './sizes';

/** One box of the strip: what it says of all axes, and the edits that numbers typed there make. */
export interface BoxSpec {
  readonly key: string;
  readonly title: string;
  /** What stands before the symbol, where there is room. */
  readonly short: string;
  readonly symbol: string;
  /** Which side of the operation it acts on, where that is easily misread. */
  readonly note?: string;
  readonly problemField: ProblemField;
  /**
   * Sizes wait until typing is done. Whoever types 12 types 1 first, and a tensor that is cut to size 1 has lost its
   * values.
   */
  readonly settles: boolean;
  /** What steps do not go below. */
  readonly least: number;
  /** One for each spatial axis; one alone for what has no axes. */
  readonly values: readonly AxisValue[];
  /** Every axis is named, also where all are alike. */
  readonly whole?: boolean;
  /** An axis may have two sides. */
  readonly sides?: boolean;
  edit(values: readonly AxisValue[]): EditBody;
}

/** Names of the spatial axes, outermost first. */
export function axisNames(
  strings: Strings,
  rank: number,
): readonly { readonly name: string; readonly short: string }[] {
  return [
    { name: strings.depth, short: strings.depthShort },
    { name: strings.height, short: strings.heightShort },
    { name: strings.width, short: strings.widthShort },
  ].slice(-rank);
}

const isAlike = (values: readonly AxisValue[]): boolean => values.every((each) => each === values[0]);

const single = (value: AxisValue): number => (typeof value === 'number' ? value : value[0]);

/** One edit, and so one step of undo, whether the axes are alike or not. */
const axisEdits =
  (field: AxisParameter) =>
  (values: readonly AxisValue[]): EditBody => {
    const [first] = values;
    return isAlike(values) && typeof first === 'number'
      ? { kind: 'setParameter', field, value: first }
      : { kind: 'setAxes', field, values };
  };

/** What the equivalent stride-1 convolution pads with, at the beginning of each axis: `p′ = d(k − 1) − p`. */
export function equivalentPadding({ operation, weightShape }: DocumentHead): readonly number[] {
  return weightShape
    .slice(2)
    .map((kernel, axis) => kernelExtent(NUMBERS, kernel, operation.dilation[axis]) - 1 - paddingOf(operation, axis)[0]);
}

function paddingNote({ strings, edited: { head } }: Model): string {
  if (head.operation.kind === 'conv') return strings.paddingOfConv;
  const values = equivalentPadding(head);
  return format(strings.paddingOfTransposed, [isAlike(values) ? values[0] : values.join(', ')]);
}

const SHORT = {
  kernel: 'shortKernel',
  stride: 'shortStride',
  dilation: 'shortDilation',
  outputPadding: 'shortOutputPadding',
} as const;

/** The boxes of the strip, in the order in which they are read; those of `more` are behind its button. */
export interface BoxSpecs {
  readonly strip: readonly BoxSpec[];
  readonly more: readonly BoxSpec[];
}

export function boxSpecs(model: Model): BoxSpecs {
  const {
    strings,
    edited: { head },
  } = model;
  const { operation, inputShape, weightShape } = head;
  const rank = weightShape.length - 2;
  const channels = channelsOf(head);
  const along = (
    key: Exclude<AxisParameter, 'padding'>,
    title: string,
    symbol: string,
    values: readonly number[],
    rest: Pick<BoxSpec, 'least' | 'settles' | 'problemField' | 'note'>,
  ): BoxSpec => ({ key, title, short: strings[SHORT[key]], symbol, values, edit: axisEdits(key), ...rest });
  const resized = (key: string, title: string, symbol: string, value: number): BoxSpec => ({
    key,
    title,
    short: title,
    symbol,
    problemField: 'document',
    settles: true,
    least: 1,
    values: [value],
    edit: ([size]) => ({ kind: 'resize', [key]: single(size) }),
  });
  const at = (least: number, problemField: ProblemField, settles = false) => ({ least, problemField, settles });
  const none = weightShape.slice(2).map(() => 0);
  const strip: readonly BoxSpec[] = [
    along('kernel', strings.kernelSize, 'k', weightShape.slice(2), at(1, 'weight', true)),
    along('stride', strings.stride, 's', operation.stride, at(1, 'stride')),
    {
      key: 'padding',
      title: strings.padding,
      short: strings.shortPadding,
      symbol: 'p',
      note: paddingNote(model),
      ...at(0, 'padding'),
      sides: true,
      values: none
        .map((_, axis) => paddingOf(operation, axis))
        .map(([begin, end]) => (begin === end ? begin : [begin, end])),
      edit: axisEdits('padding'),
    },
    along('dilation', strings.dilation, 'd', operation.dilation, at(1, 'dilation')),
    ...(operation.kind === 'convTranspose'
      ? [
          along('outputPadding', strings.outputPadding, 'op', operation.outputPadding ?? none, {
            ...at(0, 'outputPadding'),
            note: strings.outputPaddingNote,
          }),
        ]
      : []),
    {
      key: 'spatial',
      title: strings.inputSize,
      short: strings.shortInput,
      symbol: 'i',
      ...at(1, 'input', true),
      whole: true,
      values: inputShape.slice(-rank),
      edit: (values) => ({ kind: 'resize', spatial: values.map(single) }),
    },
  ];
  const groups: BoxSpec = {
    key: 'groups',
    title: strings.groups,
    short: strings.groups,
    symbol: 'g',
    ...at(1, 'groups'),
    values: [operation.groups ?? 1],
    edit: ([value]) => ({ kind: 'setParameter', field: 'groups', value: single(value) }),
  };
  return {
    strip,
    more: [
      resized('inputChannels', strings.inputChannels, 'C_in', channels.input),
      resized('outputChannels', strings.outputChannels, 'C_out', channels.output),
      groups,
      resized('batch', strings.batch, 'N', channels.batch),
    ],
  };
}
