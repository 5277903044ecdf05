import type { Operation } from '../operation';
import { ProblemError, type ProblemField, problem } from '../problem';
import { paddingOf } from '../axis';
import { bothLost, type Lost, lostOf } from '../tensor/precision';
import { elementCount } from '../tensor/tensor';
import type { Change } from './change';
import {
  type InspectorDocument,
  LONGEST_AXIS,
  type TensorRole,
  type TensorStore,
  adopt,
  adoptDocument,
  channelsOf,
  checkSize,
  spatialRank,
} from './document';
import type { AxisParameter, AxisValues, Edit } from './edits';
import { withCure } from './cure';
import { fillTensor } from './fills';
import { changeRank } from './rank';
import { resizeDocument, sizesAround } from './reshape';

function refuse(field: ProblemField, template: string, args: (string | number)[], axis?: number): ProblemError {
  return new ProblemError([problem({ code: 'edit-refused', field, axis, template, args })]);
}

function tensorOf(document: InspectorDocument, role: TensorRole): InspectorDocument['input'] {
  const tensor = document[role];
  if (tensor === undefined) throw refuse('bias', 'The document has no bias.', []);
  return tensor;
}

/** Which writes count: of two to one cell the last. Ascending indices, such as those of a paste, have no two. */
function lastWrites(indices: Uint32Array, cells: number): Uint32Array {
  if (indices.every((index, at) => at === 0 || index > indices[at - 1])) return Uint32Array.from(indices.keys());
  // One bit a cell: a Map of millions of entries would take a gigabyte.
  const seen = new Uint8Array(Math.ceil(cells / 8));
  const kept = new Uint32Array(indices.length);
  let begin = kept.length;
  for (let at = indices.length - 1; at >= 0; at--) {
    const index = indices[at];
    const bit = 1 << (index & 7);
    if (seen[index >> 3] & bit) continue;
    seen[index >> 3] |= bit;
    kept[--begin] = at;
  }
  return kept.subarray(begin);
}

function checkCells(role: TensorRole, indices: Uint32Array, count: number): void {
  const outside = indices.find((index) => index >= count);
  if (outside !== undefined) throw refuse(role, 'There is no cell {0} in a tensor of {1} elements.', [outside, count]);
}

function writeCells(document: InspectorDocument, edit: Extract<Edit, { kind: 'setCells' }>): Change {
  const { data } = tensorOf(document, edit.tensor);
  checkCells(edit.tensor, edit.indices, data.length);
  const writes = lastWrites(edit.indices, data.length);
  const indices = writes.map((at) => edit.indices[at]);
  const held = Float64Array.from(indices, (index) => data[index]);
  writes.forEach((at) => (data[edit.indices[at]] = edit.values[at]));
  return { kind: 'cells', tensor: tensorOf(document, edit.tensor), indices, held };
}

function writeFill(document: InspectorDocument, edit: Extract<Edit, { kind: 'fill' }>): Change {
  const tensor = tensorOf(document, edit.tensor);
  const leading = edit.leading ?? [];
  if (leading.length >= tensor.shape.length || leading.some((index, axis) => index >= tensor.shape[axis])) {
    const args = [`[${leading.join(', ')}]`, `[${tensor.shape.join(', ')}]`];
    throw refuse(edit.tensor, 'There is no plane {0} in a tensor of shape {1}.', args);
  }
  const count = elementCount(tensor.shape.slice(leading.length));
  const begin = leading.reduce((flat, index, axis) => flat * tensor.shape[axis] + index, 0) * count;
  const held = tensor.data.slice(begin, begin + count);
  fillTensor(tensor, edit.fill, edit.tensor === 'bias' ? 1 : spatialRank(document), leading);
  return { kind: 'block', tensor, begin, held };
}

function withPadding(
  op: Operation,
  rank: number,
  axes: readonly number[],
  side: 'begin' | 'end' | undefined,
  value: number,
): Operation {
  const pairs = Array.from({ length: rank }, (_, axis): readonly [number, number] => {
    const [begin, end] = paddingOf(op, axis);
    if (!axes.includes(axis)) return [begin, end];
    return [side === 'end' ? begin : value, side === 'begin' ? end : value];
  });
  const even = pairs.every(([begin, end]) => begin === end);
  return { ...op, padding: even ? pairs.map(([begin]) => begin) : pairs };
}

function withAxisParameter(
  store: TensorStore,
  document: InspectorDocument,
  edit: Extract<Edit, { kind: 'setParameter'; field: AxisParameter }>,
): InspectorDocument {
  const rank = spatialRank(document);
  const { field, axis, value } = edit;
  if (axis !== undefined && axis >= rank)
    throw refuse(field === 'kernel' ? 'weight' : field, 'There is no spatial axis {0}.', [axis]);
  const axes = axis === undefined ? Array.from({ length: rank }, (_, each) => each) : [axis];
  const { op } = document;
  const replaced = (values: readonly number[]): number[] =>
    values.map((old, each) => (axes.includes(each) ? value : old));
  switch (field) {
    case 'stride':
      return { ...document, op: { ...op, stride: replaced(op.stride) } };
    case 'dilation':
      return { ...document, op: { ...op, dilation: replaced(op.dilation) } };
    case 'outputPadding':
      return { ...document, op: { ...op, outputPadding: replaced(op.outputPadding ?? op.stride.map(() => 0)) } };
    case 'padding':
      return { ...document, op: withPadding(op, rank, axes, edit.side, value) };
    case 'kernel': {
      if (Number.isSafeInteger(value) && value >= 1 && value <= LONGEST_AXIS) {
        return resizeDocument(store, document, { kernel: replaced(document.weight.shape.slice(2)) });
      }
      throw new ProblemError([
        problem({
          code: 'kernel-range',
          field: 'weight',
          axis,
          template: 'The kernel size is {0}; it must be a whole number of at least 1.',
          args: [value],
          repair: { field: 'weight', axis, value: Math.min(LONGEST_AXIS, Math.max(1, Math.round(value))) },
        }),
      ]);
    }
    default:
      return field satisfies never;
  }
}

function withAxes(store: TensorStore, document: InspectorDocument, { field, values }: AxisValues): InspectorDocument {
  const rank = spatialRank(document);
  if (values.length !== rank || (field !== 'padding' && values.some((value) => typeof value !== 'number')))
    throw refuse(field === 'kernel' ? 'weight' : field, 'There are {0} spatial axes, not {1}.', [rank, values.length]);
  return values.reduce<InspectorDocument>((next, value, axis) => {
    const edit = { kind: 'setParameter', field, axis } as const;
    if (typeof value === 'number') return withAxisParameter(store, next, { ...edit, value });
    const [begin, end] = value;
    const begun = withAxisParameter(store, next, { ...edit, side: 'begin', value: begin });
    return withAxisParameter(store, begun, { ...edit, side: 'end', value: end });
  }, document);
}

function withTensor(
  store: TensorStore,
  document: InspectorDocument,
  role: TensorRole,
  value: InspectorDocument['input'],
): InspectorDocument {
  const rank = spatialRank(document);
  const axes = value.shape.length;
  const fits = { input: axes === rank + 1 || axes === rank + 2, weight: axes === rank + 2, bias: axes === 1 }[role];
  if (!fits) {
    const args = [`[${value.shape.join(', ')}]`, role, rank];
    throw refuse(role, 'A tensor of shape {0} cannot be the {1} of an operation with {2} spatial axes.', args);
  }
  const replaced: InspectorDocument = { ...document, [role]: adopt(store, document.dtype, value, role) };
  return resizeDocument(store, replaced, sizesAround(replaced, role, value));
}

/** Pasted cells in a larger tensor: one step, since whoever takes it back wants the old size too. */
function withGrown(
  store: TensorStore,
  document: InspectorDocument,
  { tensor: role, spatial, indices, values }: Extract<Edit, { kind: 'growForCells' }>,
): InspectorDocument {
  checkSpatial(document, spatial);
  const grown = resizeDocument(store, document, role === 'input' ? { spatial } : { kernel: spatial });
  checkCells(role, indices, grown[role].data.length);
  // The old tensor is what undo goes back to. A new one is written to, also where the size is the old one.
  const same = grown[role] === document[role];
  const target = same ? store.allocate(document.dtype, grown[role].shape) : grown[role];
  if (same) target.data.set(document[role].data);
  indices.forEach((index, at) => (target.data[index] = values[at]));
  return { ...grown, [role]: target };
}

function withBias(store: TensorStore, document: InspectorDocument, on: boolean): InspectorDocument {
  if (on === (document.bias !== undefined)) return document;
  if (!on) return { ...document, bias: undefined };
  const shape = [channelsOf(document).output];
  checkSize(store, document.dtype, shape, 'bias');
  return { ...document, bias: store.allocate(document.dtype, shape) };
}

function checkSpatial(document: InspectorDocument, spatial: readonly number[]): void {
  const rank = spatialRank(document);
  if (spatial.length !== rank)
    throw refuse('input', 'The input has {0} spatial axes, not {1}.', [rank, spatial.length]);
}

function withHead(
  store: TensorStore,
  document: InspectorDocument,
  edit: Exclude<Edit, { kind: 'setCells' | 'fill' }>,
): InspectorDocument {
  switch (edit.kind) {
    case 'setParameter':
      if (edit.field === 'groups') return resizeDocument(store, document, { groups: edit.value });
      if (edit.field === 'kind') return resizeDocument(store, document, { kind: edit.value });
      if (edit.field === 'paddingMode') return { ...document, op: { ...document.op, paddingMode: edit.value } };
      return withAxisParameter(store, document, edit);
    case 'setAxes':
      return withAxes(store, document, edit);
    case 'setParameters':
      return edit.parameters.reduce((next, each) => withAxes(store, next, each), document);
    case 'cure':
      return withCure(store, document, edit);
    case 'setRank':
      return changeRank(store, document, edit.rank);
    case 'resize':
      if (edit.spatial) checkSpatial(document, edit.spatial);
      return resizeDocument(store, document, { ...edit, kind: undefined });
    case 'growForCells':
      return withGrown(store, document, edit);
    case 'replaceTensor':
      return withTensor(store, document, edit.tensor, edit.value);
    case 'replaceDocument':
      return adoptDocument(store, edit.document);
    case 'setBias':
      return withBias(store, document, edit.on);
    case 'setPixelKernels':
      return { ...document, pixelKernels: edit.kernels };
    case 'setDtype':
      return edit.dtype === document.dtype ? document : adoptDocument(store, { ...document, dtype: edit.dtype });
    default:
      return edit satisfies never;
  }
}

/** Numbers of an edit that the document's type makes infinite or 0. */
function lostBy(document: InspectorDocument, edit: Edit): Lost {
  const { dtype } = document;
  switch (edit.kind) {
    case 'setCells':
    case 'growForCells':
      return lostOf(edit.values, dtype);
    case 'replaceTensor':
      return lostOf(edit.value.data, dtype);
    case 'setDtype': {
      const { input, weight, bias } = document;
      return [input, weight, ...(bias ? [bias] : [])].map(({ data }) => lostOf(data, edit.dtype)).reduce(bothLost);
    }
    case 'fill':
      return lostOf(Object.values(edit.fill).filter(Number.isFinite) as number[], dtype);
    case 'setParameter':
    case 'setAxes':
    case 'setParameters':
    case 'cure':
    case 'setRank':
    case 'resize':
    case 'replaceDocument':
    case 'setBias':
    case 'setPixelKernels':
      return { large: 0, small: 0 };
    default:
      return edit satisfies never;
  }
}

export interface Applied {
  readonly document: InspectorDocument;
  readonly change: Change;
  readonly lost: Lost;
}

/**
 * Carries out an edit: cells and fills are written in place, everything else makes a new head. Throws a ProblemError,
 * and has then changed nothing, when the edit does not fit the document or asks for too much memory.
 */
export function applyEdit(store: TensorStore, document: InspectorDocument, edit: Edit): Applied {
  const lost = lostBy(document, edit);
  if (edit.kind === 'setCells') return { document, change: writeCells(document, edit), lost };
  if (edit.kind === 'fill') return { document, change: writeFill(document, edit), lost };
  const next = withHead(store, document, edit);
  return { document: next, lost, change: { kind: 'head', held: document, keepsView: edit.kind !== 'replaceDocument' } };
}
