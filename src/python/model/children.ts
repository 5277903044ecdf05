import { iterate } from './iterate';
import type { InstanceValue, Value } from './value';

/** What derives from nothing but Python's own classes is an object like any other, as the settings of a model are. */
const isPlainObject = ({ cls }: InstanceValue): boolean =>
  cls.order.every((base) => base.kind === 'class' || (base.kind === 'external' && base.name === 'object'));

export const isModule = (value: Value): boolean =>
  value.kind === 'layer' ||
  value.kind === 'container' ||
  (value.kind === 'instance' && !isPlainObject(value)) ||
  value.kind === 'choice';

const HOLDING = new Set<Value['kind']>(['list', 'tuple', 'set', 'dict', 'container', 'instance']);

/** The modules that a function is given: the value, or those among its items, where it is something that has any. */
export function givenModules(value: Value): readonly Value[] {
  if (isModule(value)) return [value];
  return HOLDING.has(value.kind) ? (iterate(value)?.filter(isModule) ?? NO_MODULES) : NO_MODULES;
}

const NO_MODULES: readonly Value[] = [];

/** The modules that a module holds, by the names under which it holds them. */
export function children(value: Value): readonly (readonly [string, Value])[] {
  if (value.kind === 'container') return value.items.map((item, index) => [value.names[index], item]);
  if (value.kind !== 'instance') return [];
  const native = value.native ? children(value.native) : [];
  const named = new Set(native.map(([name]) => name));
  return [...native, ...[...value.attributes].filter(([name, each]) => isModule(each) && !named.has(name))];
}

/** The module itself and all modules in it, each once, as `nn.Module.named_modules` goes through them. */
export function descendants(module: Value): readonly (readonly [string, Value])[] {
  const found: (readonly [string, Value])[] = [];
  const seen = new Set<Value>();
  const visit = (value: Value, path: string): void => {
    if (seen.has(value)) return;
    seen.add(value);
    found.push([path, value]);
    for (const [name, child] of children(value)) visit(child, path === '' ? name : `${path}.${name}`);
  };
  visit(module, '');
  return found;
}
