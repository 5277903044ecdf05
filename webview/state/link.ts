import { type Cell, type Contribution, contributionsOf } from '../../src/core/explain/contributions';
import type { Plan } from '../../src/core/plan';
import type { Link, Model } from '../model';
import { agreedPlan } from './agreement';

/**
 * Most products that are lit at once. A kernel element of a large image has millions, and no screen has that many
 * cells.
 */
export const LINK_LIMIT = 4096;

/** What is pointed at: a cell with all its products, or an entry of the matrix with its own. */
export type Pointed = Cell | readonly Contribution[];

const isEntry = (pointed: Pointed): pointed is readonly Contribution[] => Array.isArray(pointed);

function isInside(plan: Plan, { tensor, index }: Cell): boolean {
  const shape = { input: plan.inputShape, weight: plan.weightShape, output: plan.outputShape }[tensor];
  return (
    index.length === shape.length && index.every((at, axis) => Number.isInteger(at) && at >= 0 && at < shape[axis])
  );
}

function linkTo(plan: Plan, pointed: Pointed, pinned: boolean): Link | undefined {
  if (!isEntry(pointed))
    return isInside(plan, pointed)
      ? { cell: pointed, pinned, contributions: contributionsOf(plan, pointed, LINK_LIMIT) }
      : undefined;
  const cell: Cell | undefined = pointed[0] && { tensor: 'output', index: pointed[0].output };
  return cell && isInside(plan, cell)
    ? { cell, pinned, entry: true, contributions: { total: pointed.length, list: pointed } }
    : undefined;
}

const sameIndex = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((at, axis) => at === other[axis]);

function isAt({ cell, entry, contributions }: Link, pointed: Pointed): boolean {
  if (!isEntry(pointed))
    return entry !== true && cell.tensor === pointed.tensor && sameIndex(cell.index, pointed.index);
  const [one] = contributions.list;
  const other = pointed.at(0);
  return (
    entry === true && other !== undefined && sameIndex(one.input, other.input) && sameIndex(one.output, other.output)
  );
}

/** The plan that each link was worked out for: it is worked out again only for another plan. */
const plans = new WeakMap<Link, Plan>();

function withLink(model: Model, plan: Plan, link: Link | undefined): Model {
  if (link) plans.set(link, plan);
  return { ...model, link };
}

/**
 * Works the link out again where the result has changed its shape. A link to an entry of the matrix ends with that
 * matrix.
 */
export function keepLink(model: Model): Model {
  const { link } = model;
  const plan = agreedPlan(model);
  if (!link || (plan && plans.get(link) === plan)) return model;
  if (!plan) return { ...model, link: undefined };
  return withLink(model, plan, link.entry ? undefined : linkTo(plan, link.cell, link.pinned));
}

/** The pointer or the cursor came to a cell or an entry, or left. A pinned link stays. */
export function pointAt(model: Model, pointed: Pointed | undefined): Model {
  const { link } = model;
  if (link?.pinned) return model;
  const plan = agreedPlan(model);
  if (!pointed || !plan) return link ? { ...model, link: undefined } : model;
  return link && isAt(link, pointed) ? model : withLink(model, plan, linkTo(plan, pointed, false));
}

/** Pins the link of a cell or an entry; the same again lets it go, unless it is to stay. */
export function pinAt(model: Model, pointed: Pointed, stays = false): Model {
  const { link } = model;
  const plan = agreedPlan(model);
  if (!plan) return model;
  const release = !stays && link?.pinned === true && isAt(link, pointed);
  return withLink(model, plan, linkTo(plan, pointed, !release));
}
