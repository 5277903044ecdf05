import { isModule } from '../model/children';
import type { Frame } from '../model/frame';
import type { Machine } from '../model/machine';
import { tuple, unknown } from '../model/make';
import type { ContainerValue, DictValue, ListValue, Value } from '../model/value';
import { same } from './join';

type Holder = ListValue | DictValue | ContainerValue;
type Held = ReadonlyMap<Holder, readonly Value[]>;

const DEEPEST = 3;

/** What all that can grow holds now, as far as the variables of a frame and the object it belongs to reach. */
function heldIn(frame: Frame): Held {
  const held = new Map<Holder, readonly Value[]>();
  const visit = (value: Value, depth: number): void => {
    if (depth > DEEPEST) return;
    if (value.kind === 'instance') {
      for (const each of value.attributes.values()) visit(each, depth + 2);
      if (value.native) visit(value.native, depth + 1);
    } else if (['list', 'set', 'dict', 'container'].includes(value.kind) && !held.has(value as Holder)) {
      const items =
        value.kind === 'dict' ? [...value.entries.values()].map(([, each]) => each) : (value as ListValue).items;
      held.set(value as Holder, items);
      for (const each of items) visit(each, depth + 1);
    }
  };
  for (const value of frame.scope.variables.values()) visit(value, 0);
  if (frame.self) visit(frame.self, 0);
  return held;
}

/** So many steps a loop may take to be run to its end, however long it is. */
const CHEAP = 8_000;

/** Follows a long loop: it is left when it takes long, unless it builds layers, each round more of them. */
export class LongLoop {
  private readonly began: number;
  private held: Held | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly frame: Frame,
  ) {
    this.began = machine.taken;
  }

  /** A round has ended: whether what is left of the loop is not run. */
  isLeft(): boolean {
    if (this.machine.taken - this.began < CHEAP) return false;
    const before = this.held;
    this.held = heldIn(this.frame);
    if (!before) return false;
    return ![...this.held].some(([holder, items]) => {
      const had = before.get(holder);
      return had && had !== items && items.slice(had.length).some(isModule);
    });
  }
}

/** What any of the items may be, as far as all of them agree. */
export function anyOf(machine: Machine, items: readonly Value[]): Value {
  const [first, ...others] = items;
  if (!first || others.every((each) => same(first, each))) return first ?? unknown();
  if (items.every((each) => each.kind === 'number' && !each.float)) return machine.freshNumber('i');
  if (
    first.kind === 'tuple' &&
    items.every((each) => each.kind === 'tuple' && each.items.length === first.items.length)
  )
    return tuple(
      first.items.map((_, at) =>
        anyOf(
          machine,
          items.map((each) => (each as ListValue).items[at]),
        ),
      ),
    );
  return unknown();
}
