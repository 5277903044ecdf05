import type { Expression } from '../syntax/ast';

/** The names that a target binds. */
export function namesOf(target: Expression): string[] {
  if (target.kind === 'name') return [target.name];
  if (target.kind === 'tuple' || target.kind === 'list') return target.items.flatMap(namesOf);
  return target.kind === 'starred' ? namesOf(target.value) : [];
}

const assigned = new WeakMap<object, readonly string[]>();

/** The names that `:=` assigns in a part of a program. */
export function assignedIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  let found = assigned.get(node);
  if (found === undefined) {
    const { kind, target } = node as { readonly kind?: unknown; readonly target?: Expression };
    const own = kind === 'named' && target ? namesOf(target) : [];
    const parts = Object.entries(node).filter(([key]) => key !== 'chunk');
    assigned.set(node, (found = [...own, ...parts.flatMap(([, part]) => assignedIn(part))]));
  }
  return found;
}
