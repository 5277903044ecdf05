import { type Plan, resolve } from '../../src/core/plan';
import type { DocumentHead, PanelUpdate } from '../../src/protocol/panel';
import type { Model, ShownResult } from '../model';
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
 * Whether only values changed. Parts compare plans by identity, so that an edited cell does not write the formula anew.
 */
function samePlan(before: DocumentHead, after: DocumentHead): boolean {
  return after.problems.length === 0 && before.problems.length === 0 && facts(before) === facts(after);
}

/** Takes in what arrived. What answers an older revision than is there already is dropped: the newest wins. */
export function mergeUpdate(model: Model, update: PanelUpdate): Model {
  const head = update.head && update.head.revision >= model.head.revision ? update.head : model.head;
  const plan =
    head === model.head ? model.plan : samePlan(model.head, head) ? (model.plan ?? planOf(head)) : planOf(head);
  const status = update.status.revision >= model.status.revision ? update.status : model.status;
  const seen = update.seen && update.seen.head.revision >= (model.seen?.head.revision ?? -1) ? update.seen : model.seen;
  const shown = mergeShown(model, update, head, plan);
  return keepLink({ ...model, head, plan, status, seen, shown });
}

function mergeShown(
  model: Model,
  update: PanelUpdate,
  head: DocumentHead,
  plan: Plan | undefined,
): ShownResult | undefined {
  const { shown: old } = model;
  const { shown, seen } = update;
  // The output and its shape change together, or cells would be looked for where there are none.
  if (!seen || !shown || (old && shown.revision < old.head.revision)) return old;
  const itsPlan = planFor(shown.head, old, head, plan);
  return itsPlan && { head: shown.head, plan: itsPlan, outputShape: shown.outputShape };
}

function planFor(
  shownHead: DocumentHead,
  old: ShownResult | undefined,
  head: DocumentHead,
  plan: Plan | undefined,
): Plan | undefined {
  if (old && samePlan(old.head, shownHead)) return old.plan;
  return head.revision === shownHead.revision ? plan : planOf(shownHead);
}
