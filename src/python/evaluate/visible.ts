import { Scope, type Value } from '../model/value';

/** So many values are looked at; a program of more is large, and what it changes is then taken for its own. */
const MOST = 20_000;

/** Of lists, dictionaries and variables, those that can be come by from here: what is not among them is new. */
export function visibleFrom(here: readonly (Scope | Value)[], wanted: ReadonlySet<object>): ReadonlySet<object> {
  const found = new Set<object>();
  const seen = new Set<object>();
  const waiting: (Scope | Value)[] = [...here];
  const meet = (each: object): void => {
    if (wanted.has(each)) found.add(each);
  };
  const add = (each: Scope | Value | undefined): void => {
    if (!each || seen.has(each) || ('kind' in each && PLAIN.has(each.kind))) return;
    seen.add(each);
    waiting.push(each);
  };
  const addVariables = (variables: Map<string, Value> | undefined): void => {
    if (!variables || seen.has(variables)) return;
    seen.add(variables);
    meet(variables);
    for (const value of variables.values()) add(value);
  };
  for (let at = 0; at < waiting.length && at < MOST && found.size < wanted.size; at++) {
    const each = waiting[at];
    if (each instanceof Scope) {
      addVariables(each.variables);
      add(each.parent);
      continue;
    }
    // `seen.append`: what it changes stands nowhere but in it.
    if (each.kind === 'builtin' && !each.holds) return wanted;
    meet(each);
    for (const part of partsOf(each)) add(part);
    for (const variables of variablesIn(each)) addVariables(variables);
  }
  return found;
}

/** Nothing stands in these that a program could change. */
const PLAIN = new Set<Value['kind']>(['number', 'string', 'bool', 'none', 'ellipsis', 'external', 'range', 'slice']);

function partsOf(value: Value): readonly (Scope | Value | undefined)[] {
  switch (value.kind) {
    case 'list':
    case 'tuple':
    case 'set':
    case 'container':
      return value.items;
    case 'dict':
      return value.variables ? [] : [...value.entries.values()].map(([, entry]) => entry);
    case 'instance':
      return [value.native, value.cls];
    case 'function':
      return [value.scope, ...value.defaults.values()];
    case 'method':
      return [value.self, value.func];
    case 'partial':
      return [value.callee, ...value.args.positional, ...value.args.keywords.values()];
    case 'builtin':
      return value.holds ?? [];
    case 'choice':
      return value.options;
    case 'module':
      return [value.scope];
    default:
      return [];
  }
}

function variablesIn(value: Value): readonly (Map<string, Value> | undefined)[] {
  switch (value.kind) {
    case 'instance':
    case 'layer':
    case 'container':
    case 'function':
      return [value.attributes];
    case 'class':
      return [value.members];
    case 'dict':
      return [value.variables];
    default:
      return [];
  }
}
