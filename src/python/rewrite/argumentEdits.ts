import { paddingOf } from '../../core/axis';
import { kerasCrop } from '../../core/frameworks/keras';
import { extentOf, samePadding } from '../../core/frameworks/translation';
import type { Operation } from '../../core/operation';
import type { Report, TextEdit, Use } from '../report';
import { appended } from './appended';
import { argumentNames, type Quantity } from './argumentNames';

/** A layer as the inspector has it: the operation, and the shape of the weight in PyTorch's layout. */
export interface Layer {
  readonly operation: Operation;
  readonly weightShape: readonly number[];
  /** Spatial sizes of the input: what `same` means for a strided convolution depends on them. */
  readonly inputSizes: readonly number[];
}

export interface ArgumentEdits {
  /** In order of their place, none overlapping another. */
  readonly edits: readonly TextEdit[];
  /** Changed quantities that this call cannot state. */
  readonly refused: readonly Quantity[];
}

/** One number, one per axis, or a word; `undefined` where the framework has no such value. */
type Value = number | string | readonly number[] | undefined;

const DEFAULTS: Readonly<Partial<Record<Quantity, Value>>> = {
  stride: 1,
  padding: 0,
  dilation: 1,
  outputPadding: 0,
  groups: 1,
  paddingMode: 'zeros',
};

function sides({ operation, weightShape }: Layer): (readonly [number, number])[] {
  return weightShape.slice(2).map((_, axis) => paddingOf(operation, axis));
}

function numericPadding(layer: Layer): Value {
  const stated = sides(layer);
  return stated.every(([begin, end]) => begin === end) ? stated.map(([begin]) => begin) : undefined;
}

/** Keras's word for the padding of a layer, where it has one. */
function namedPadding(layer: Layer): Value {
  const { operation, weightShape, inputSizes } = layer;
  const stated = sides(layer);
  if (stated.every(([begin, end]) => begin === 0 && end === 0)) return 'valid';
  const same = stated.every(([begin, end], axis) => {
    const stride = operation.stride[axis];
    const extent = extentOf(weightShape[axis + 2], operation.dilation[axis]);
    if (operation.kind === 'conv') return samePadding(inputSizes[axis], extent, stride).join() === `${begin},${end}`;
    const crop = kerasCrop('same', extent, stride);
    return begin === crop.begin && end === crop.end;
  });
  return same ? 'same' : undefined;
}

function valueOf(quantity: Quantity, layer: Layer, named: boolean): Value {
  const { operation, weightShape } = layer;
  const groups = operation.groups ?? 1;
  const conv = operation.kind === 'conv';
  switch (quantity) {
    case 'kernel':
      return weightShape.slice(2);
    case 'stride':
      return operation.stride;
    case 'dilation':
      return operation.dilation;
    case 'padding':
      return named ? namedPadding(layer) : numericPadding(layer);
    case 'outputPadding':
      return operation.outputPadding ?? operation.stride.map(() => 0);
    case 'groups':
      return groups;
    case 'paddingMode':
      return operation.paddingMode ?? 'zeros';
    case 'inputChannels':
      return conv ? weightShape[1] * groups : weightShape[0];
    case 'outputChannels':
      return conv ? weightShape[0] : weightShape[1] * groups;
    default: {
      const never: never = quantity;
      return never;
    }
  }
}

const equal = (a: Value, b: Value): boolean =>
  a === undefined || b === undefined ? a === b : JSON.stringify(a) === JSON.stringify(b);

function isDefault(quantity: Quantity, value: Value): boolean {
  const usual = DEFAULTS[quantity];
  return Array.isArray(value) ? value.every((each) => each === usual) : value === usual;
}

/**
 * In Python, in the manner of what stood there: brackets stay brackets, one number for all axes stays one where it can.
 */
function written(value: NonNullable<Value>, before: string): string {
  if (typeof value === 'string') return before.startsWith('"') ? `"${value}"` : `'${value}'`;
  if (typeof value === 'number') return String(value);
  const uniform = value.every((each) => each === value[0]);
  if (before.startsWith('[')) return `[${value.join(', ')}]`;
  if (uniform && !before.startsWith('(')) return String(value[0]);
  return `(${value.join(', ')}${value.length === 1 ? ',' : ''})`;
}

/**
 * The changes to a call's text that make `before`, which is what it says now, into `after`: exactly the arguments that
 * differ, those that it writes replaced where they stand, others added by keyword.
 */
export function argumentEdits(text: string, report: Report, use: Use, before: Layer, after: Layer): ArgumentEdits {
  const names = argumentNames(report);
  const named = report.framework === 'keras';
  const edits: TextEdit[] = [];
  const refused: Quantity[] = [];
  const added: string[] = [];
  const quantities: readonly Quantity[] = [
    'inputChannels',
    'outputChannels',
    'kernel',
    'stride',
    'padding',
    'outputPadding',
    'dilation',
    'groups',
    'paddingMode',
  ];
  for (const quantity of quantities) {
    // What is compared is the operation; how the framework words it matters only for what has changed.
    const was = valueOf(quantity, before, false);
    const wanted = valueOf(quantity, after, false);
    if (quantity === 'padding' ? equalSides(before, after) : equal(was, wanted)) continue;
    const name = names[quantity];
    const value = valueOf(quantity, after, named);
    const span = name === undefined ? undefined : report.argumentSpans[name];
    if (name === undefined || value === undefined) refused.push(quantity);
    else if (span) edits.push({ span, text: written(value, text.slice(span.start, span.end)) });
    // Neither written nor the default: it comes through `**kwargs` or a partial, and stating it again would be an
    // error.
    else if (!isDefault(quantity, was) && use.parameters[name] !== undefined && !named) refused.push(quantity);
    else added.push(`${name}=${written(value, '')}`);
  }
  if (added.length > 0) edits.push(appended(text, report, added));
  return { edits: edits.sort((a, b) => a.span.start - b.span.start), refused };
}

function equalSides(before: Layer, after: Layer): boolean {
  return JSON.stringify(sides(before)) === JSON.stringify(sides(after));
}
