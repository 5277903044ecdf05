import { gather } from '../../src/core/kernels/gather';
import type { Tensor } from '../../src/core/operation';
import { ProblemError } from '../../src/core/problem';
import { applyEdit } from '../../src/core/state/applyEdit';
import type { InspectorDocument, TensorRole } from '../../src/core/state/document';
import type { Edit } from '../../src/core/state/edits';
import { resolveDocument } from '../../src/core/state/resolveDocument';
import { look, type Watch, WHOLE_LIMIT } from '../../src/core/tensor/look';
import type { TensorName } from '../../src/core/tensor/plane';
import { statisticsOf } from '../../src/core/tensor/statistics';
import { elementCount, zeros } from '../../src/core/tensor/tensor';
import type { DocumentHead, PanelUpdate } from '../../src/protocol/panel';
import type { Model } from '../model';
import { shapeOf, withCells } from './writtenCells';

/**
 * More than this takes too much of a frame by the definition of the operation: a 100 × 100 plane under 5 × 5 took 4.6
 * ms.
 */
const MOST_MULTIPLY_ADDS = 300_000;

const store = { limit: 8 * WHOLE_LIMIT, allocate: zeros };

/** The document, in tensors that may be written to; nothing unless this page has all of it. */
function documentOf({ edited: { head }, received }: Model): InspectorDocument | undefined {
  if (!received || received.head.revision !== head.revision || head.problems.length > 0) return undefined;
  const tensor = (role: TensorRole, shape: readonly number[]): Tensor | undefined => {
    const values = received.sight.whole.find((each) => each.tensor === role)?.values;
    return values?.length === elementCount(shape) ? { dtype: head.dtype, shape, data: values.slice() } : undefined;
  };
  const input = tensor('input', head.inputShape);
  const weight = tensor('weight', head.weightShape);
  const bias = head.biasShape && tensor('bias', head.biasShape);
  if (!input || !weight || (head.biasShape && !bias)) return undefined;
  return { version: 1, op: head.operation, dtype: head.dtype, input, weight, bias, view: {} };
}

function edited(document: InspectorDocument, edit: Edit): InspectorDocument | undefined {
  try {
    return applyEdit(store, document, edit).document;
  } catch (error) {
    // The owner refuses it too, and says why.
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** What an edit will make of the page, as an update of the revision that it changes. */
export type Foreseen = Pick<PanelUpdate, 'edited' | 'received' | 'computed'>;

/** A small document after an edit, with its output, by the definition of the operation. */
function foreseeWhole(model: Model, edit: Edit, watch: Watch): Foreseen | undefined {
  if (edit.kind === 'replaceDocument' || edit.kind === 'replaceTensor') return undefined;
  const before = documentOf(model);
  const document = before && edited(before, edit);
  if (!document) return undefined;
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
  };
  const output = gather(plan, input, weight, bias);
  const tensors = new Map<TensorName, Tensor>([
    ['input', input],
    ['weight', weight],
    ...(bias ? [['bias', bias] as const] : []),
    ['output', output],
  ]);
  const sight = look(tensors, plan.rank, watch, ({ data }) => statisticsOf(data));
  return { edited: head, received: { head, sight }, computed: head };
}

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
 * changes nothing on show, that is illegal, or that cannot be told without the compute thread.
 */
export const foresee = (model: Model, edit: Edit, watch: Watch): Foreseen | undefined =>
  foreseeWhole(model, edit, watch) ?? foreseeCells(model, edit, watch);
