import type { Value } from './value';

export const isModule = (value: Value): boolean =>
  value.kind === 'layer' || value.kind === 'container' || value.kind === 'instance' || value.kind === 'choice';

/** The modules that a module holds, by the names under which it holds them. */
export function children(value: Value): readonly (readonly [string, Value])[] {
  if (value.kind === 'container') return value.items.map((item, index) => [value.names[index], item]);
  if (value.kind !== 'instance') return [];
  const native = value.native ? children(value.native) : [];
  const named = new Set(native.map(([name]) => name));
  return [...native, ...[...value.attributes].filter(([name, each]) => isModule(each) && !named.has(name))];
}
