import type { Report, TextEdit, Use } from '../report';
import { appended } from './appended';
import { argumentNames, type Quantity } from './argumentNames';
import { kerasPadding, saidPadding } from './kerasPadding';
import { type Layer, sidesOf } from './layer';

export interface ArgumentEdits {
  /** In order of their place, none overlapping another. */
  readonly edits: readonly TextEdit[];
  /** Changed quantities that this call cannot state. */
  readonly refused: readonly Quantity[];
}

/** One number, one per axis, a word, or Python's None; `undefined` where the framework has no such value. */
type Value = number | string | readonly number[] | null | undefined;

const DEFAULTS: Readonly<Partial<Record<Quantity, Value>>> = {
  stride: 1,
  padding: 0,
  dilation: 1,
  outputPadding: 0,
  groups: 1,
  paddingMode: 'zeros',
};

function numericPadding(layer: Layer): Value {
  const stated = sidesOf(layer);
  return stated.every(([begin, end]) => begin === end) ? stated.map(([begin]) => begin) : undefined;
}

function valueOf(quantity: Quantity, layer: Layer): Value {
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
      return numericPadding(layer);
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

const QUANTITIES: readonly Quantity[] = [
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

const equal = (a: Value, b: Value): boolean =>
  a === undefined || b === undefined ? a === b : JSON.stringify(a) === JSON.stringify(b);

function isDefault(quantity: Quantity, value: Value): boolean {
  const usual = DEFAULTS[quantity];
  return Array.isArray(value) ? value.every((each) => each === usual) : value === usual;
}

/**
 * In Python, in the manner of what stood there: brackets stay brackets, one number for all axes stays one where it can.
 */
function written(value: Exclude<Value, undefined>, before: string): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return before.startsWith('"') ? `"${value}"` : `'${value}'`;
  if (typeof value === 'number') return String(value);
  const uniform = value.every((each) => each === value[0]);
  if (before.startsWith('[')) return `[${value.join(', ')}]`;
  if (uniform && !before.startsWith('(')) return String(value[0]);
  return `(${value.join(', ')}${value.length === 1 ? ',' : ''})`;
}

/** What a quantity was and is to be in the call's words; nothing where the call need not be touched for it. */
interface Change {
  readonly was: Value;
  readonly value: Value;
}

function changeOf(quantity: Quantity, before: Layer, after: Layer): Change | undefined {
  const was = valueOf(quantity, before);
  const value = valueOf(quantity, after);
  // What is compared is the operation; how the framework words it matters only for what has changed.
  const kept = quantity === 'padding' ? sidesOf(before).join() === sidesOf(after).join() : equal(was, value);
  return kept ? undefined : { was, value };
}

/** Keras's two words for the padding mean something together, and something else with every stride and kernel. */
function kerasChangeOf(quantity: Quantity, use: Use, before: Layer, after: Layer): Change | undefined {
  const change = changeOf(quantity, before, after);
  if (quantity !== 'padding' && quantity !== 'outputPadding') return change;
  const said = saidPadding(before, use);
  const wanted = kerasPadding(after, said);
  if (wanted) {
    const [was, value] = [said?.[quantity], wanted[quantity]];
    return equal(was, value) ? undefined : { was, value };
  }
  const blamed = changeOf('padding', before, after) || !changeOf('outputPadding', before, after);
  return (quantity === 'padding') === Boolean(blamed) ? { was: change?.was, value: undefined } : undefined;
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
  for (const quantity of QUANTITIES) {
    const change = named ? kerasChangeOf(quantity, use, before, after) : changeOf(quantity, before, after);
    if (!change) continue;
    const { was, value } = change;
    const name = names[quantity];
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
