import type { Tensor } from '../../src/core/operation';
import { ProblemError } from '../../src/core/problem';
import { applyEdit } from '../../src/core/state/applyEdit';
import type { InspectorDocument, TensorRole } from '../../src/core/state/document';
import type { Edit } from '../../src/core/state/edits';
import { resolveDocument } from '../../src/core/state/resolveDocument';
import { type Counted, isWhole, look, type Watch, WHOLE_LIMIT } from '../../src/core/tensor/look';
import type { PlaneBlock, PlaneRequest, TensorName } from '../../src/core/tensor/plane';
import { type Statistics, statisticsOf } from '../../src/core/tensor/statistics';
import { elementCount, zeros } from '../../src/core/tensor/tensor';
import type { DocumentHead, PanelUpdate } from '../../src/protocol/panel';
import type { Model } from '../model';
import { type Operands, OutputMemory } from './outputMemory';
import { shapeOf, withCells } from './writtenCells';

/** More than this takes too much of a frame by any plain code: 512 × 512 under 3 × 3 take some 4 ms. */
const MOST_MULTIPLY_ADDS = 4_000_000;

const store = { limit: 8 * WHOLE_LIMIT, allocate: zeros };

interface Owned {
  /** An edit may write into its tensor. */
  readonly document: InspectorDocument;
  /** The same as they are on show, into which nothing is written. */
  readonly shown: Operands;
}

/** The document as this page has it; nothing unless it has all of it. */
function documentOf({ edited: { head }, received }: Model, edit: Edit): Owned | undefined {
  if (!received || received.head.revision !== head.revision || head.problems.length > 0) return undefined;
  const tensor = (role: TensorRole, shape: readonly number[]): Tensor | undefined => {
    const values = received.sight.whole.find((each) => each.tensor === role)?.values;
    if (values?.length !== elementCount(shape)) return undefined;
    return { dtype: head.dtype, shape, data: values };
  };
  const input = tensor('input', head.inputShape);
  const weight = tensor('weight', head.weightShape);
  const bias = head.biasShape && tensor('bias', head.biasShape);
  if (!input || !weight || (head.biasShape && !bias)) return undefined;
  const { operation: op, dtype, pixelKernels } = head;
  const written = edit.kind === 'setCells' || edit.kind === 'fill' ? edit.tensor : undefined;
  const own = (role: TensorRole, value: Tensor): Tensor =>
    role === written ? { ...value, data: value.data.slice() } : value;
  const document: InspectorDocument = {
    version: 1,
    op,
    dtype,
    input: own('input', input),
    weight: own('weight', weight),
    bias: bias && own('bias', bias),
    pixelKernels,
    view: {},
  };
  return { document, shown: { input, weight, bias } };
}

/** The document after the edit, and the tensors that are as they were. */
function edited(
  before: InspectorDocument,
  edit: Edit,
): { readonly document: InspectorDocument; readonly same: readonly TensorRole[] } | undefined {
  try {
    const { document, change } = applyEdit(store, before, edit);
    const written = change.kind === 'head' ? undefined : change.tensor;
    const roles = ['input', 'weight', 'bias'] as const;
    return { document, same: roles.filter((role) => document[role] === before[role] && document[role] !== written) };
  } catch (error) {
    // The owner refuses it too, and says why.
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** What an edit will make of the page, as an update of the revision that it changes. */
export type Foreseen = Pick<PanelUpdate, 'edited' | 'received' | 'computed'>;

/** A small document after an edit, with its output, by the definition of the operation. */
function foreseeWhole(model: Model, edit: Edit, watch: Watch, memory: OutputMemory): Foreseen | undefined {
  if (edit.kind === 'replaceDocument' || edit.kind === 'replaceTensor') return undefined;
  const before = documentOf(model, edit);
  const after = before && edited(before.document, edit);
  if (!after) return undefined;
  const { document, same } = after;
  const resolution = resolveDocument(document);
  if (!resolution.ok) return undefined;
  const { plan } = resolution;
  if (plan.multiplyAdds > MOST_MULTIPLY_ADDS || elementCount(plan.outputShape) > WHOLE_LIMIT) return undefined;
  const { op, input, weight, bias, dtype } = document;
  const head: DocumentHead = {
    ...model.edited.head,
    operation: op,
    dtype,
    inputShape: input.shape,
    weightShape: weight.shape,
    biasShape: bias?.shape,
    pixelKernels: document.pixelKernels,
  };
  const written = edit.kind === 'setCells' && edit.tensor === 'input' ? edit.indices : undefined;
  const output = memory.compute(plan, { input, weight, bias }, before.shown, written);
  const tensors = new Map<TensorName, Tensor>([
    ['input', input],
    ['weight', weight],
    ...(bias ? [['bias', bias] as const] : []),
    ['output', output],
  ]);
  const shown = model.received?.sight;
  const isSame = (name: TensorName): boolean => same.some((role) => role === name);
  const kept = watch.planes.flatMap((plane) => {
    const data = tensors.get(plane.tensor)?.data;
    if (!data || !isSame(plane.tensor)) return [];
    const block = shown?.blocks.find(({ key }) => key === plane.key);
    return block && answers(block, plane) ? [block] : (memory.blocks.find(data, plane) ?? []);
  });
  const planes = watch.planes.filter(({ key }) => !kept.some((block) => block.key === key));
  const known = shown?.statistics ?? [];
  const count = ({ tensor, data }: Counted): Statistics =>
    (isSame(tensor) ? known.find((each) => each.tensor === tensor)?.statistics : undefined) ?? statisticsOf(data);
  const made = look(tensors, plan.rank, { ...watch, whole: [] }, count, planes);
  for (const plane of planes) {
    const data = tensors.get(plane.tensor)?.data;
    const block = made.blocks.find(({ key }) => key === plane.key);
    if (data && block && isSame(plane.tensor)) memory.blocks.keep(data, plane, block);
  }
  // What is as it was stays the same object, so that it is not painted again; the others are nobody else's, and need
  // no copy.
  const whole = watch.whole.flatMap((name) => {
    const data = tensors.get(name)?.data;
    if (!data || !isWhole(name, data.length)) return [];
    return [shown?.whole.find((part) => isSame(name) && part.tensor === name) ?? { tensor: name, values: data }];
  });
  const sight = { ...made, whole, blocks: [...kept, ...made.blocks] };
  return { edited: head, received: { head, sight }, computed: head };
}

/** Whether a block is what a request asks for, of a tensor that has not changed. */
const answers = (block: PlaneBlock, request: PlaneRequest): boolean =>
  block.row === request.row &&
  block.column === request.column &&
  block.rows === request.rows &&
  block.columns === request.columns &&
  block.valueRows === Math.min(request.rows, request.maxRows) &&
  block.valueColumns === Math.min(request.columns, request.maxColumns) &&
  block.cut === request.cut &&
  block.leading.join() === request.leading.join();

/** Of any other document, the cells that were written; their output waits for the compute thread. */
function foreseeCells({ edited: { head }, received }: Model, edit: Edit, watch: Watch): Foreseen | undefined {
  if (edit.kind !== 'setCells' || !received) return undefined;
  // Values of another size are on show: the cell that was meant is not among them.
  if (shapeOf(head, edit.tensor).join() !== shapeOf(received.head, edit.tensor).join()) return undefined;
  const written = withCells(received, edit, watch);
  return written && { received: written };
}

/**
 * What the page will show after an edit, by the same code that the document's owner runs, so that it is shown in this
 * very frame. The owner's answer takes its place. With `computed` it has the output too. Nothing for an edit that
 * changes nothing on show, that is illegal, or that cannot be told without the compute thread. The memory is of the
 * outputs that were foreseen before.
 */
export const foresee = (model: Model, edit: Edit, watch: Watch, memory = new OutputMemory()): Foreseen | undefined =>
  foreseeWhole(model, edit, watch, memory) ?? foreseeCells(model, edit, watch);
