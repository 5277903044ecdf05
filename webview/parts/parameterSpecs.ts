import { paddingOf } from '../../src/core/axis';
import { kernelExtent, NUMBERS } from '../../src/core/formulas';
import { format, type ProblemField } from '../../src/core/problem';
import type { EditBody } from '../../src/core/state/edits';
import type { DocumentHead } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';
import type { Model } from '../model';
import { channelsOf } from '../state/channels';

/** One numeric field: what it says, and the edit that a number typed there makes. */
export interface FieldSpec {
  /** Stays the same while the field is the same one. */
  readonly key: string;
  /** Full name for screen readers. */
  readonly label: string;
  /** Shown inside the field. */
  readonly short: string;
  readonly value: number;
  /** What stands in a field for all axes while they differ: `2, 3`. A number typed there sets all of them. */
  readonly mixed?: string;
  readonly axis?: number;
  edit(value: number): EditBody;
}

/** One parameter with its fields: one when linked, else one for each axis, or each side of each. */
export interface ParameterSpec {
  readonly key: string;
  readonly title: string;
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
  readonly fields: readonly FieldSpec[];
}

const alike = (values: readonly number[]): boolean => values.every((each) => each === values[0]);

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

/** Begin and end side of each axis. Arrows leave more room in the field than words. */
function sideNames(
  strings: Strings,
  rank: number,
): readonly (readonly { readonly name: string; readonly short: string }[])[] {
  return [
    [
      { name: strings.front, short: '⊙' },
      { name: strings.back, short: '⊗' },
    ],
    [
      { name: strings.top, short: '↑' },
      { name: strings.bottom, short: '↓' },
    ],
    [
      { name: strings.left, short: '←' },
      { name: strings.right, short: '→' },
    ],
  ].slice(-rank);
}

interface Listed {
  readonly key: string;
  readonly title: string;
  readonly values: readonly number[];
  edit(value: number, axis: number | undefined): EditBody;
}

/** One field for all axes if they are linked, else one for each axis. */
function perAxis({ strings, view }: Model, { key, title, values, edit }: Listed): readonly FieldSpec[] {
  if (view.linked || values.length === 1) {
    const short = values.length > 1 ? strings.allAxesShort : '';
    const mixed = alike(values) ? undefined : values.join(', ');
    return [{ key, label: title, short, value: values[0], mixed, edit: (value) => edit(value, undefined) }];
  }
  return axisNames(strings, values.length).map(({ name, short }, axis) => ({
    key: `${key}-${axis}`,
    label: format(strings.ofAxis, [title, name]),
    short,
    value: values[axis],
    axis,
    edit: (value) => edit(value, axis),
  }));
}

function paddingFields(model: Model): readonly FieldSpec[] {
  const {
    strings,
    view,
    edited: { head },
  } = model;
  const rank = head.weightShape.length - 2;
  const pairs = Array.from({ length: rank }, (_, axis) => paddingOf(head.operation, axis));
  if (view.linked) {
    const edit = (value: number): EditBody => ({ kind: 'setParameter', field: 'padding', value });
    const sides = pairs.map(([begin, end]) => (begin === end ? String(begin) : `${begin}/${end}`));
    const mixed = alike(pairs.flat()) ? undefined : sides.join(', ');
    return [{ key: 'padding', label: strings.padding, short: strings.allSidesShort, value: pairs[0][0], mixed, edit }];
  }
  const names = sideNames(strings, rank);
  return pairs.flatMap((pair, axis) =>
    (['begin', 'end'] as const).map((side, at) => ({
      key: `padding-${axis}-${side}`,
      label: format(strings.ofAxis, [strings.padding, names[axis][at].name]),
      short: names[axis][at].short,
      value: pair[at],
      axis,
      edit: (value: number): EditBody => ({ kind: 'setParameter', field: 'padding', axis, side, value }),
    })),
  );
}

const parameter =
  (field: 'stride' | 'dilation' | 'outputPadding' | 'kernel') =>
  (value: number, axis: number | undefined): EditBody => ({
    kind: 'setParameter',
    field,
    value,
    ...(axis === undefined ? {} : { axis }),
  });

function spatialEdit(head: DocumentHead): (value: number, axis: number | undefined) => EditBody {
  const rank = head.weightShape.length - 2;
  return (value, axis) => ({
    kind: 'resize',
    spatial: head.inputShape.slice(-rank).map((size, each) => (axis === undefined || axis === each ? value : size)),
  });
}

/** What the equivalent stride-1 convolution pads with, at the beginning of each axis: `p′ = d(k − 1) − p`. */
export function equivalentPadding({ operation, weightShape }: DocumentHead): readonly number[] {
  return weightShape
    .slice(2)
    .map((kernel, axis) => kernelExtent(NUMBERS, kernel, operation.dilation[axis]) - 1 - paddingOf(operation, axis)[0]);
}

function paddingNote({ strings, edited: { head } }: Model): string {
  if (head.operation.kind === 'conv') return strings.paddingOfConv;
  const values = equivalentPadding(head);
  return format(strings.paddingOfTransposed, [alike(values) ? values[0] : values.join(', ')]);
}

/** Everything that can be set by a number, in the order in which it is read. */
export function parameterSpecs(model: Model): readonly ParameterSpec[] {
  const {
    strings,
    edited: { head },
  } = model;
  const { operation, inputShape, weightShape } = head;
  const rank = weightShape.length - 2;
  const channels = channelsOf(head);
  const single = (
    key: string,
    title: string,
    value: number,
    edit: (value: number) => EditBody,
  ): readonly FieldSpec[] => [{ key, label: title, short: '', value, edit }];
  return [
    {
      key: 'kernel',
      title: strings.kernelSize,
      symbol: 'k',
      problemField: 'weight',
      settles: true,
      least: 1,
      fields: perAxis(model, {
        key: 'kernel',
        title: strings.kernelSize,
        values: weightShape.slice(2),
        edit: parameter('kernel'),
      }),
    },
    {
      key: 'stride',
      title: strings.stride,
      symbol: 's',
      problemField: 'stride',
      settles: false,
      least: 1,
      fields: perAxis(model, {
        key: 'stride',
        title: strings.stride,
        values: operation.stride,
        edit: parameter('stride'),
      }),
    },
    {
      key: 'padding',
      title: strings.padding,
      symbol: 'p',
      note: paddingNote(model),
      problemField: 'padding',
      settles: false,
      least: 0,
      fields: paddingFields(model),
    },
    {
      key: 'dilation',
      title: strings.dilation,
      symbol: 'd',
      problemField: 'dilation',
      settles: false,
      least: 1,
      fields: perAxis(model, {
        key: 'dilation',
        title: strings.dilation,
        values: operation.dilation,
        edit: parameter('dilation'),
      }),
    },
    ...(operation.kind === 'convTranspose'
      ? [
          {
            key: 'outputPadding',
            title: strings.outputPadding,
            symbol: 'op',
            note: strings.outputPaddingNote,
            problemField: 'outputPadding' as const,
            settles: false,
            least: 0,
            fields: perAxis(model, {
              key: 'outputPadding',
              title: strings.outputPadding,
              values: operation.outputPadding ?? weightShape.slice(2).map(() => 0),
              edit: parameter('outputPadding'),
            }),
          },
        ]
      : []),
    {
      key: 'spatial',
      title: strings.inputSize,
      symbol: 'i',
      problemField: 'input',
      settles: true,
      least: 1,
      fields: perAxis(model, {
        key: 'spatial',
        title: strings.inputSize,
        values: inputShape.slice(-rank),
        edit: spatialEdit(head),
      }),
    },
    {
      key: 'inputChannels',
      title: strings.inputChannels,
      symbol: 'C_in',
      problemField: 'document',
      settles: true,
      least: 1,
      fields: single('inputChannels', strings.inputChannels, channels.input, (value) => ({
        kind: 'resize',
        inputChannels: value,
      })),
    },
    {
      key: 'outputChannels',
      title: strings.outputChannels,
      symbol: 'C_out',
      problemField: 'document',
      settles: true,
      least: 1,
      fields: single('outputChannels', strings.outputChannels, channels.output, (value) => ({
        kind: 'resize',
        outputChannels: value,
      })),
    },
    {
      key: 'groups',
      title: strings.groups,
      symbol: 'g',
      problemField: 'groups',
      settles: false,
      least: 1,
      fields: single('groups', strings.groups, operation.groups ?? 1, (value) => ({
        kind: 'setParameter',
        field: 'groups',
        value,
      })),
    },
    {
      key: 'batch',
      title: strings.batch,
      symbol: 'N',
      problemField: 'document',
      settles: true,
      least: 1,
      fields: single('batch', strings.batch, channels.batch, (value) => ({ kind: 'resize', batch: value })),
    },
  ];
}
