import { type Plan, resolve } from '../../src/core/plan';
import type { DocumentHead, PanelUpdate } from '../../src/protocol/panel';
import type { Computed, Edited, Model } from '../model';
import { keepLink } from './link';

/** The plan of a head, when it is legal. */
export function planOf(head: DocumentHead): Plan | undefined {
  if (head.problems.some(({ severity }) => severity === 'error')) return undefined;
  const resolution = resolve(head.operation, head.inputShape, head.weightShape, head.biasShape);
  return resolution.ok ? resolution.plan : undefined;
}

const facts = ({ operation, inputShape, weightShape, biasShape }: DocumentHead): string =>
  JSON.stringify([operation, inputShape, weightShape, biasShape]);

/**
 * Whether only values changed. Then the plan stays the same object, by which parts know that they need not be written
 * anew.
 */
function samePlan(before: DocumentHead, after: DocumentHead): boolean {
  return after.problems.length === 0 && before.problems.length === 0 && facts(before) === facts(after);
}

function mergeEdited({ edited }: Model, head: DocumentHead | undefined): Edited {
  if (!head || head.revision < edited.head.revision) return edited;
  return { head, plan: samePlan(edited.head, head) ? (edited.plan ?? planOf(head)) : planOf(head) };
}

function mergeComputed(old: Computed | undefined, edited: Edited, head: DocumentHead): Computed | undefined {
  if (old && head.revision < old.head.revision) return old;
  if (old && samePlan(old.head, head)) return { head, plan: old.plan };
  const plan = edited.head.revision === head.revision ? edited.plan : planOf(head);
  return plan && { head, plan };
}

/**
 * The model with an update in it. Of what the update brings, everything older than what is there already is dropped.
 */
export function mergeUpdate(model: Model, update: PanelUpdate): Model {
  const edited = mergeEdited(model, update.edited);
  const status = update.status.revision >= model.status.revision ? update.status : model.status;
  const isNewer = update.received && update.received.head.revision >= (model.received?.head.revision ?? -1);
  const received = isNewer ? update.received : model.received;
  // The values of the output and its shape change together, or cells would be looked for where there are none.
  const computed =
    update.received && update.computed ? mergeComputed(model.computed, edited, update.computed) : model.computed;
  return keepLink({ ...model, edited, status, received, computed });
}
