import { following } from '../model/staleness';
import type { ListValue, Scope, Value } from '../model/value';
import { same } from './join';
import { namesWithin } from './names';

const variableIn = (scope: Scope, name: string): Value | undefined => {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const value = at.variables.get(name);
    if (value) return value;
  }
  return undefined;
};

/** The same of what an expression names that runs for each item: variables are read when it is asked. */
export function followingNames(
  made: ListValue,
  scope: Scope,
  names: readonly string[],
  sources: readonly (Value | undefined)[],
  isOwn?: (name: string, value: Value | undefined) => boolean,
): ListValue {
  if (made.open) return made;
  const kept = names
    .map((name) => [name, variableIn(scope, name)] as const)
    .filter(([name, value]) => !isOwn?.(name, value));
  const lists = following(made, [...sources, ...kept.map(([, value]) => value)], false);
  const isStale = (left: number): boolean =>
    lists.isStale?.(left) === true || kept.some(([name, before]) => !same(before, variableIn(scope, name)));
  return { ...lists, isStale };
}

/** The same of what a function is called for with each item. */
export function followingCalls(
  made: ListValue,
  callee: Value,
  sources: readonly (Value | undefined)[],
  isOwn?: (name: string, value: Value | undefined) => boolean,
): ListValue {
  if (callee.kind !== 'function' || callee.definition.kind !== 'lambda') return following(made, sources, false);
  const { parameters, body } = callee.definition;
  const own = new Set(parameters.map(({ name }) => name));
  const names = namesWithin(body).filter((name) => !own.has(name));
  return followingNames(made, callee.scope, names, sources, isOwn);
}
