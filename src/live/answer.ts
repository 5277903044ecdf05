import { Door } from '../core/door';
import { bytesOf, numberType } from '../core/formats/dtypes';
import { loadPlaced } from '../core/formats/placed';
import { memorySource } from '../core/formats/source';
import type { Tensor } from '../core/operation';
import { ProblemError, problem } from '../core/problem';
import { elementCount } from '../core/tensor/tensor';
import { decodeBase64, lettersOf } from './base64';
import { MOST_BYTES } from './expression';
import { parseStated, type StatedLayer } from './layer';
import { refusal, type Note, parseNotes } from './sentences';
import { isWithin, shapeOfWindow, type Window } from './window';

/** A tensor as its program describes it, and what has been read of it. */
export interface Described {
  /** The class, `torch.nn.parameter.Parameter`. */
  readonly type: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly device: string;
  readonly complex: boolean;
  readonly notes: readonly Note[];
}

export interface TensorAnswer extends Described {
  readonly kind: 'tensor';
  /** What the window is: all, an overview of what is too large to be read whole, or the one that was asked for. */
  readonly plan: 'whole' | 'overview' | 'window';
  /** Absent, with the values, where the tensor is to be read whole and takes several answers. */
  readonly window?: Window;
  readonly values?: Tensor;
  /** At most so many bytes cross for each element. */
  readonly each: number;
}

/** A member that can be chosen from a value: `end` is what the expression goes on with. */
export interface Entry {
  readonly name: string;
  readonly end: string;
  readonly type: string;
  readonly shape?: readonly number[];
}

export interface LayerAnswer {
  readonly kind: 'layer';
  readonly type: string;
  readonly stated: StatedLayer;
  readonly weight: TensorAnswer;
  readonly bias?: TensorAnswer;
  /** What the layer's expression goes on with to lead to its tensors. */
  readonly ends: { readonly weight: string; readonly bias: string };
  readonly entries: readonly Entry[];
}

/** Something that is no tensor: with entries, it holds some. */
export interface OtherAnswer {
  readonly kind: 'other';
  readonly type: string;
  readonly entries: readonly Entry[];
}

export interface CountAnswer {
  readonly kind: 'count';
  readonly count: number;
  readonly finite: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  /** Of the finite values, as `min` and `max`; those are 0 when there are none. */
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly histogram?: readonly number[];
}

/** What was asked for has been done. */
export interface DoneAnswer {
  readonly kind: 'done';
}

export type Answer = TensorAnswer | LayerAnswer | OtherAnswer | CountAnswer | DoneAnswer;

/** NumPy itself stops at 64. */
const MOST_AXES = 64;
const MOST_ENTRIES = 200;
const LONGEST = 1000;
const LARGEST = Number.MAX_SAFE_INTEGER;

const CODES: Readonly<Record<string, string>> = {
  b1: 'bool',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

const damaged = (template: string, ...args: (string | number)[]): ProblemError =>
  new ProblemError([problem({ code: 'live-damaged', field: 'program', template, args })]);

/** A number that JSON may not have: the program's side writes those as texts. */
function number(door: Door): number {
  const { value } = door;
  const named = { nan: NaN, inf: Infinity, '-inf': -Infinity }[String(value)];
  return typeof value === 'string' && named !== undefined ? named : door.finite();
}

const sizes = (door: Door): readonly number[] => door.items(MOST_AXES).map((size) => size.integer(0, LARGEST));

function parseWindowOf(door: Door, shape: readonly number[]): Window | undefined {
  if (door.value === null) return undefined;
  const window = door.items(MOST_AXES).map((slice) => {
    const [begin, end, step] = slice.items(3).map((each) => each.integer(0, LARGEST));
    return [begin, end, step] as const;
  });
  if (!isWithin(window, shape)) throw damaged('The program answered with a window that lies outside its own tensor.');
  return window;
}

/** The bytes of an answer, of which each tensor takes the next. */
class Bytes {
  private taken = 0;
  constructor(private readonly all: Uint8Array<ArrayBuffer>) {}

  next(length: number): Uint8Array {
    const bytes = this.all.subarray(this.taken, this.taken + length);
    if (bytes.length !== length) throw damaged('The program sent fewer values than it said.');
    this.taken += length;
    return bytes;
  }
}

function parseTensor(door: Door, bytes: Bytes): TensorAnswer {
  const shape = sizes(door.at('shape'));
  const window = parseWindowOf(door.at('window'), shape);
  const described = {
    kind: 'tensor',
    plan: door.at('plan').oneOf('whole', 'overview', 'window'),
    type: door.at('type').text(LONGEST),
    dtype: door.at('dtype').text(LONGEST),
    device: door.at('device').text(LONGEST),
    complex: door.at('complex').boolean(),
    notes: parseNotes(door.at('notes')),
    each: door.at('each').integer(1, 8),
    shape,
  } as const;
  if (!window) return described;
  const code = door.at('code').text(2);
  const type = Object.hasOwn(CODES, code) ? numberType(CODES[code]) : undefined;
  const held = door.at('bytes').integer(0, MOST_BYTES);
  const taken = shapeOfWindow(window);
  // Before memory is taken: what shape and type say must be what has arrived.
  if (!type || bytesOf(type, elementCount(taken)) !== held)
    throw damaged('The program says that its values take {0} bytes, which its shape and type do not.', held);
  if (held === 0) throw refusal('empty', `(${shape.join(', ')})`);
  const source = memorySource(bytes.next(held));
  const values = loadPlaced({ source, offset: 0, type, shape: taken }, { limit: 8 * MOST_BYTES });
  return { ...described, window, values };
}

const parseEntries = (door: Door): readonly Entry[] =>
  door.items(MOST_ENTRIES).map((entry) => {
    const [name, end, type, shape] = entry.items(4);
    if (!shape) throw entry.refuse('a list of four');
    return {
      name: name.text(LONGEST),
      end: end.text(LONGEST),
      type: type.text(LONGEST),
      shape: shape.value === null ? undefined : sizes(shape),
    };
  });

function parseLayer(door: Door, bytes: Bytes): LayerAnswer {
  const layer = door.at('layer');
  const tensors = door.at('tensors').items(2);
  const named = new Map(tensors.map((each) => [each.at('name').oneOf('weight', 'bias'), parsePart(each, bytes)]));
  const [weight, bias] = [named.get('weight'), named.get('bias')];
  if (!weight || weight.shape.length < 3 || weight.shape.length > 5)
    throw refusal('layer-weight', door.at('type').text(LONGEST));
  const ends = new Map(tensors.map((each) => [each.at('name').value, each.at('end').text(LONGEST)]));
  return {
    kind: 'layer',
    type: door.at('type').text(LONGEST),
    stated: parseStated(layer, weight.shape.length - 2),
    weight,
    bias,
    ends: { weight: ends.get('weight') ?? '', bias: ends.get('bias') ?? '' },
    entries: parseEntries(door.at('entries')),
  };
}

/** A tensor of a layer may itself be refused: it has no values yet, or none here. */
function parsePart(door: Door, bytes: Bytes): TensorAnswer {
  if (door.at('kind').value === 'tensor') return parseTensor(door, bytes);
  throw refusal(door.at('why').text(LONGEST), door.at('detail').text(LONGEST));
}

function parseCount(door: Door): CountAnswer {
  const counted = door.at('counted');
  return {
    kind: 'count',
    count: counted.at('count').integer(0, LARGEST),
    finite: counted.at('finite').integer(0, LARGEST),
    nan: counted.at('nan').integer(0, LARGEST),
    positiveInfinity: counted.at('positive').integer(0, LARGEST),
    sum: number(counted.at('sum')),
    min: number(counted.at('min')),
    max: number(counted.at('max')),
    histogram: counted.optional('histogram', (bins) => bins.items(1024).map((bin) => bin.integer(0, LARGEST))),
  };
}

function parseHead(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged('The program answered with something that cannot be read.');
  }
}

/**
 * The text that `expressionFor` makes a program answer with, checked as if a stranger had sent it. Throws a
 * ProblemError that says in a sentence why there are no values.
 */
export function parseAnswer(text: string, marker: string): Answer {
  if (!text.startsWith(marker)) throw damaged('The program answered with something that was not asked for.');
  const line = text.indexOf('\n', marker.length);
  if (line < 0) throw damaged('The answer of the program breaks off.');
  const door = new Door(parseHead(text.slice(marker.length, line)), '', 'program');
  const kind = door.at('kind').oneOf('tensor', 'layer', 'other', 'count', 'done', 'refused', 'failed');
  switch (kind) {
    case 'refused':
      throw refusal(door.at('why').text(LONGEST), door.at('detail').text(LONGEST));
    case 'failed':
      throw refusal('failed', door.at('error').text(LONGEST), door.at('message').text(LONGEST));
    case 'tensor':
      return parseTensor(door, bytesBehind(text, line + 1, [door]));
    case 'layer':
      return parseLayer(door, bytesBehind(text, line + 1, door.at('tensors').items(2)));
    case 'other':
      return { kind, type: door.at('type').text(LONGEST), entries: parseEntries(door.at('entries')) };
    case 'count':
      return parseCount(door);
    case 'done':
      return { kind };
    default:
      return kind satisfies never;
  }
}

function bytesBehind(text: string, from: number, heads: readonly Door[]): Bytes {
  const lengths = heads.map((head) => head.optional('bytes', (bytes) => bytes.integer(0, MOST_BYTES)) ?? 0);
  const length = lengths.reduce((all, each) => all + each, 0);
  if (text.length < from + lettersOf(length)) throw damaged('The answer of the program breaks off.');
  const bytes = decodeBase64(text, from, length);
  if (!bytes) throw damaged('The program answered with something that cannot be read.');
  return new Bytes(bytes);
}
