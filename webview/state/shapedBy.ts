import { shapesAfter } from '../../src/core/state/shapesAfter';
import type { Edit } from '../../src/core/state/edits';
import type { DocumentHead } from '../../src/protocol/panel';
import type { Model } from '../model';

/**
 * The model as it will be when an edit that makes other shapes has been answered, but for its values: those are the old
 * ones. It tells parts what there will be room for, and is never shown. Nothing where that is not known, and where the
 * shapes stay.
 */
export function shapedBy(model: Model, edit: Edit): Model | undefined {
  const { edited, received } = model;
  if (!received || !edited.plan || edited.head.problems.length > 0) return undefined;
  const after = shapesAfter(edited.head, edit);
  if (!after) return undefined;
  const { plan } = after;
  const head: DocumentHead = { ...edited.head, ...after.shapes };
  return { ...model, edited: { head, plan }, received: { head, sight: received.sight }, computed: { head, plan } };
}
