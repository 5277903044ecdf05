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

const named = new WeakMap<object, readonly string[]>();

/** All names in an expression, also those of functions within it. */
export function namesWithin(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  let found = named.get(node);
  if (!found) {
    const { kind, name } = node as { readonly kind?: unknown; readonly name?: unknown };
    const own = kind === 'name' && typeof name === 'string' ? [name] : [];
    const parts = Object.entries(node).filter(([key]) => key !== 'chunk');
    named.set(node, (found = [...new Set([...own, ...parts.flatMap(([, part]) => namesWithin(part))])]));
  }
  return found;
}

const making = new WeakMap<object, boolean>();

/** Whether an expression makes a function. */
export function makesFunctions(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  let found = making.get(node);
  if (found === undefined) {
    const isOne = (node as { readonly kind?: unknown }).kind === 'lambda';
    found = isOne || Object.entries(node).some(([key, part]) => key !== 'chunk' && makesFunctions(part));
    making.set(node, found);
  }
  return found;
}
