import type { Dtype, Operation, Tensor } from '../operation';
import type { Plan } from '../plan';
import { ProblemError } from '../problem';
import { applyEdit } from './applyEdit';
import type { InspectorDocument } from './document';
import type { Edit } from './edits';
import { resolveDocument } from './resolveDocument';

/** A legal document without the values of its tensors. */
export interface Shapes {
  readonly operation: Operation;
  readonly dtype: Dtype;
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
  readonly biasShape?: readonly number[];
}

/** No axis of a document is empty, so a tensor without elements is one of which only the shape is known. */
const unknown = (dtype: Dtype, shape: readonly number[]): Tensor => ({ dtype, shape, data: new Float32Array() });

const store = { limit: Infinity, allocate: unknown };

/** Edits that make other shapes, by numbers alone. */
const KINDS: readonly Edit['kind'][] = ['setParameter', 'setAxes', 'setParameters', 'resize', 'setBias'];

/**
 * What an edit makes of the shapes of a document, and their plan, without any value: it costs next to nothing, however
 * large the tensors are. Nothing where the outcome is illegal, refused, or not told by shapes alone. Whether there is
 * memory for it the owner knows.
 */
export function shapesAfter(before: Shapes, edit: Edit): { readonly shapes: Shapes; readonly plan: Plan } | undefined {
  if (!KINDS.includes(edit.kind)) return undefined;
  const { operation: op, dtype, biasShape } = before;
  const document: InspectorDocument = {
    version: 1,
    op,
    dtype,
    input: unknown(dtype, before.inputShape),
    weight: unknown(dtype, before.weightShape),
    bias: biasShape && unknown(dtype, biasShape),
    view: {},
  };
  try {
    const { document: after } = applyEdit(store, document, edit);
    const resolution = resolveDocument(after);
    if (!resolution.ok) return undefined;
    const { input, weight, bias } = after;
    const shapes = { inputShape: input.shape, weightShape: weight.shape, biasShape: bias?.shape };
    return { shapes: { operation: after.op, dtype, ...shapes }, plan: resolution.plan };
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
