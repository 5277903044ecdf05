import type { Frame } from '../model/frame';
import { isModule } from '../model/children';
import { MOST_ITEMS } from '../model/iterate';
import type { Machine } from '../model/machine';
import type { ContainerValue, DictValue, ListValue, Value } from '../model/value';
import { isKnown, subtract } from '../sizes/size';
import { freshLike, same } from './join';

type Holder = ListValue | DictValue | ContainerValue;

/** What everything that can grow, and that a loop can reach, holds, and what variables have. */
interface Held {
  readonly items: ReadonlyMap<Holder, readonly unknown[]>;
  readonly variables: ReadonlyMap<Map<string, Value>, ReadonlyMap<string, Value>>;
}

const DEEPEST = 3;

/** What is held now by whatever the variables of a frame, and the object that it belongs to, reach. */
function heldIn(frame: Frame): Held {
  const held = new Map<Holder, readonly unknown[]>();
  const variables = new Map([[frame.scope.variables, new Map(frame.scope.variables)]]);
  const visit = (value: Value, depth: number): void => {
    if (value.kind === 'instance') {
      if (depth > 1 || variables.has(value.attributes)) return;
      variables.set(value.attributes, new Map(value.attributes));
      for (const each of value.attributes.values()) visit(each, depth + 1);
      if (value.native) visit(value.native, depth + 1);
      return;
    }
    if (value.kind !== 'list' && value.kind !== 'set' && value.kind !== 'dict' && value.kind !== 'container') return;
    if (held.has(value)) return;
    const items = value.kind === 'dict' ? [...value.entries.values()] : value.items;
    held.set(value, items);
    if (depth < DEEPEST)
      for (const each of items)
        visit(value.kind === 'dict' ? (each as readonly Value[])[1] : (each as Value), depth + 1);
  };
  for (const value of frame.scope.variables.values()) visit(value, 0);
  if (frame.self) visit(frame.self, 0);
  return { items: held, variables };
}

const isChanged = (before: readonly unknown[], after: readonly unknown[]): boolean =>
  before !== after && (before.length !== after.length || before.some((item, at) => item !== after[at]));

/**
 * Whether another round can tell nothing new of a variable. A batch has fresh symbols in every round and is a batch all
 * the same; a number, a list or a size that is known and changes is what a loop that builds layers counts by.
 */
function isSettled(machine: Machine, before: Value | undefined, after: Value): boolean {
  if (same(before, after)) return true;
  if (before?.kind !== after.kind) return false;
  if (after.kind === 'number') return !isKnown(after.size);
  if (before.kind === 'tensor' && after.kind === 'tensor') {
    const [one, other] = [before.cell.shape, after.cell.shape];
    return (
      one?.length === other?.length &&
      (one ?? []).every((size, axis) => {
        const difference = machine.simple(() => subtract(size, other![axis]));
        return !isKnown(difference) || difference === 0;
      })
    );
  }
  return !['string', 'bool', 'list', 'tuple', 'dict'].includes(after.kind);
}

/**
 * Follows a long loop, which is not run to its end: with each round that changes no variable any more lists may still
 * grow, by as much each time, or be changed in ways that end nobody knows where.
 */
export class LongLoop {
  private readonly last: Held[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly frame: Frame,
  ) {
    this.note();
  }

  private note(): void {
    this.last.push(heldIn(this.frame));
    if (this.last.length > 3) this.last.shift();
  }

  private readonly unsettled = (from: Held, to: Held, item: Value): (readonly [Map<string, Value>, string, Value])[] =>
    [...to.variables].flatMap(([of, variables]) => {
      const before = from.variables.get(of);
      return [...variables]
        .filter(([name, value]) => value !== item && !isSettled(this.machine, before?.get(name), value))
        .map(([name, value]) => [of, name, value] as const);
    });

  /** A round has ended: whether it has told nothing that the one before had not. */
  isStill(item: Value): boolean {
    const before = this.last.at(-1)!;
    this.note();
    const after = this.last.at(-1)!;
    const builds = [...after.items].some(([holder, items]) => {
      const had = before.items.get(holder);
      return had && had !== items && items.length > had.length && items.slice(had.length).some(holdsModule);
    });
    return !builds && this.unsettled(before, after, item).length === 0;
  }

  /** Puts in what the rounds that are left would, or says that it is not known. */
  finish(left: number, item: Value): void {
    const { machine } = this;
    const [earlier, before, after] = [-3, -2, -1].map((at) => this.last.at(at));
    if (!before || !after || left === 0) return;
    for (const [holder, items] of after.items) {
      const had = before.items.get(holder);
      if (had && isChanged(had, items)) grow(machine, holder, [earlier?.items.get(holder), had, items], left);
    }
    for (const [of, name, value] of this.unsettled(before, after, item))
      machine.setVariable(of, name, freshLike(machine, value));
  }
}

const holdsModule = (item: unknown): boolean =>
  (Array.isArray(item) ? item : [item]).some((each: Value) => isModule(each));

function grow(
  machine: Machine,
  holder: Holder,
  [first, before, after]: readonly [readonly unknown[] | undefined, readonly unknown[], readonly unknown[]],
  left: number,
): void {
  machine.touch(holder);
  const added = addedTo(before, after);
  const earlier = first && addedTo(first, before);
  if (
    holder.kind === 'list' &&
    added?.length === earlier?.length &&
    added?.every((item, at) => same(item, earlier![at])) &&
    after.length + added.length * left <= MOST_ITEMS
  ) {
    holder.items = [...holder.items, ...Array.from({ length: left }, () => added).flat()];
    return;
  }
  holder.open = true;
  if (holder.kind === 'dict') holder.entries.clear();
  else holder.items = [];
  if (holder.kind === 'container') holder.names = [];
}

/** What stands behind all that was there before; nothing where that is not as it was. */
const addedTo = (before: readonly unknown[], after: readonly unknown[]): readonly Value[] | undefined =>
  after.length > before.length && before.every((item, at) => item === after[at])
    ? (after.slice(before.length) as Value[])
    : undefined;
