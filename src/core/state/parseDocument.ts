import { type Door, isNumericArray } from '../door';
import type { Operation, Tensor } from '../operation';
import { ProblemError, problem } from '../problem';
import { elementCount } from '../tensor/tensor';
import {
  DOCUMENT_VERSION,
  type InspectorDocument,
  type Json,
  LONGEST_AXIS,
  type Origin,
  type PixelKernels,
  type ViewState,
  isGroupCount,
} from './document';

const LONGEST_TEXT = 4096;
/** Lists in a view, and how deep they may nest: a view is small. */
const MOST_VIEW_VALUES = 4096;
const DEEPEST_VIEW = 12;

/** 1 to 5 axes, none of them empty. */
export function parseShape(door: Door): readonly number[] {
  const shape = door.items(5).map((size) => size.integer(1, LONGEST_AXIS));
  if (shape.length === 0) throw door.refuse('a list of at least one size');
  return shape;
}

/** A tensor that carries its values; they are checked against its shape, and not copied. */
export function parseTensor(door: Door): Tensor {
  const dtype = door.at('dtype').oneOf('float32', 'float64');
  const shape = parseShape(door.at('shape'));
  const data = door.at('data');
  const wanted = dtype === 'float32' ? Float32Array : Float64Array;
  if (!isNumericArray(data.value) || !(data.value instanceof wanted)) throw data.refuse('a {2}', wanted.name);
  if (data.value.length !== elementCount(shape))
    throw data.refuse('{2} numbers, as its shape says', elementCount(shape));
  return { dtype, shape, data: data.value };
}

export function parseOperation(door: Door, rank: number): Operation {
  const perAxis = (list: Door): readonly number[] => {
    const items = list.items(3);
    if (items.length !== rank) throw list.refuse('a list of {2}, one entry for each spatial axis of the weight', rank);
    return items.map((item) => item.finite());
  };
  const padding = door.at('padding');
  const sides = padding.items(3);
  const inPairs = Array.isArray(sides[0]?.value);
  const pairs = (): (readonly [number, number])[] => {
    if (sides.length !== rank)
      throw padding.refuse('a list of {2}, one entry for each spatial axis of the weight', rank);
    return sides.map((side) => {
      const pair = side.items(2).map((each) => each.finite());
      if (pair.length !== 2) throw side.refuse('a pair of numbers');
      return [pair[0], pair[1]];
    });
  };
  return {
    kind: door.at('kind').oneOf('conv', 'convTranspose'),
    stride: perAxis(door.at('stride')),
    dilation: perAxis(door.at('dilation')),
    padding: inPairs ? pairs() : perAxis(padding),
    outputPadding: door.optional('outputPadding', perAxis),
    groups: door.optional('groups', (each) => each.finite()),
    paddingMode: door.optional('paddingMode', (each) => each.oneOf('zeros', 'reflect', 'replicate', 'circular')),
  };
}

function parseJson(door: Door, budget: { left: number }, depth: number): Json {
  const { value } = door;
  if (--budget.left < 0) throw door.refuse('part of a view of at most {2} values', MOST_VIEW_VALUES);
  if (depth > DEEPEST_VIEW) throw door.refuse('nested at most {2} deep', DEEPEST_VIEW);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return door.finite();
  if (typeof value === 'string') return door.text(LONGEST_TEXT);
  if (Array.isArray(value)) return door.items(MOST_VIEW_VALUES).map((item) => parseJson(item, budget, depth + 1));
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) throw door.refuse('JSON');
  const names = Object.keys(value).filter((name) => name !== '__proto__' && door.at(name).value !== undefined);
  return Object.fromEntries(names.map((name) => [name, parseJson(door.at(name), budget, depth + 1)]));
}

export function parseView(door: Door): ViewState {
  const view = parseJson(door, { left: MOST_VIEW_VALUES }, 0);
  if (typeof view !== 'object' || view === null || Array.isArray(view)) throw door.refuse('an object');
  return view as ViewState;
}

export function parseOrigin(door: Door): Origin {
  const kind = door.at('kind').oneOf('preset', 'file', 'python');
  switch (kind) {
    case 'preset':
      return { kind, id: door.at('id').text(LONGEST_TEXT) };
    case 'file':
      return { kind, uri: door.at('uri').text(LONGEST_TEXT) };
    case 'python': {
      const position = (at: Door): { readonly line: number; readonly character: number } => ({
        line: at.at('line').integer(0, LONGEST_AXIS),
        character: at.at('character').integer(0, LONGEST_AXIS),
      });
      const range = door.at('range');
      return {
        kind,
        uri: door.at('uri').text(LONGEST_TEXT),
        callee: door.at('callee').text(LONGEST_TEXT),
        range: { start: position(range.at('start')), end: position(range.at('end')) },
      };
    }
    default:
      return kind satisfies never;
  }
}

/** Of four maps the last reads four planes, each through 3×3 weights. */
const MOST_PIXEL_MAPS = 4;
/** Of 9 taps an axis, for the input and three maps. */
const MOST_PIXEL_WEIGHTS = 4 * 81;

export const parsePixelKernels = (door: Door): PixelKernels =>
  door.items(MOST_PIXEL_MAPS).map((map) => map.items(MOST_PIXEL_WEIGHTS).map((weight) => weight.finite()));

/** What a later version has written may mean something else than it seems to: it is refused, in words that help. */
export function parseVersion(door: Door): void {
  const { value } = door;
  if (value === DOCUMENT_VERSION) return;
  if (!Number.isSafeInteger(value) || Number(value) < 1) throw door.refuse('{2}', DOCUMENT_VERSION);
  throw new ProblemError([
    problem({
      code: 'newer-version',
      field: 'document',
      template:
        'The document is of version {0}; this extension opens documents up to version {1}. Update it to open this one.',
      args: [Number(value), DOCUMENT_VERSION],
    }),
  ]);
}

/** What a document says beside its tensors, once their shapes are known. */
export function parseHead(
  door: Door,
  tensors: Pick<InspectorDocument, 'input' | 'weight' | 'bias'>,
): InspectorDocument {
  const { input, weight, bias } = tensors;
  const rank = weight.shape.length - 2;
  if (rank < 1 || rank > 3)
    throw door.at('weight').refuse('a tensor of 3 to 5 axes: two of channels, 1 to 3 spatial ones');
  if (input.shape.length !== rank + 1 && input.shape.length !== rank + 2) {
    throw door.at('input').refuse('a tensor of {2} axes, or {3} without a batch axis', rank + 2, rank + 1);
  }
  if (bias && bias.shape.length !== 1) throw door.at('bias').refuse('a tensor of 1 axis');
  parseVersion(door.at('version'));
  const op = parseOperation(door.at('op'), rank);
  const outputChannels = door.optional('outputChannels', (each) => each.integer(1, LONGEST_AXIS));
  const legal =
    outputChannels === undefined ||
    isGroupCount(op.groups ?? 1, input.shape[input.shape.length - rank - 1], outputChannels);
  return {
    version: DOCUMENT_VERSION,
    op,
    dtype: weight.dtype,
    input,
    weight,
    bias,
    outputChannels: legal ? undefined : outputChannels,
    title: door.optional('title', (each) => each.text(LONGEST_TEXT)),
    origin: door.optional('origin', parseOrigin),
    pixelKernels: door.optional('pixelKernels', parsePixelKernels),
    view: door.optional('view', parseView) ?? {},
  };
}

/** A whole document with its values, as `replaceDocument` and the exported API's `open` are given it. */
export function parseDocument(door: Door): InspectorDocument {
  const dtype = door.at('dtype').oneOf('float32', 'float64');
  const tensor = (at: Door): Tensor => {
    const read = parseTensor(at);
    if (read.dtype !== dtype) throw at.at('dtype').refuse('{2}, as the document is', dtype);
    return read;
  };
  const tensors = {
    input: tensor(door.at('input')),
    weight: tensor(door.at('weight')),
    bias: door.optional('bias', tensor),
  };
  return parseHead(door, tensors);
}
