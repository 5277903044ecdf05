import type { Machine } from '../model/machine';
import { dict, NONE, string, tuple, unknown } from '../model/make';
import type { FunctionValue, MethodValue, Value } from '../model/value';
import type { Parameter } from '../syntax/ast';

/** What Python's functions carry and look at whenever they are called: it may be replaced, or changed in place. */
const LOOKED_AT = ['__defaults__', '__kwdefaults__', '__code__'];

const storeOf = (func: FunctionValue): Map<string, Value> => (func.attributes ??= new Map<string, Value>());

/** Whether it may run otherwise than as it was defined. */
export const isAltered = ({ attributes }: FunctionValue): boolean =>
  attributes !== undefined && LOOKED_AT.some((name) => attributes.has(name));

/** Whether another function's body has been put in: what that gives, nobody knows. */
export const hasOtherCode = ({ attributes }: FunctionValue): boolean => attributes?.has('__code__') === true;

/** `f.name` */
export function functionAttribute(machine: Machine, func: FunctionValue, name: string): Value {
  const found = func.attributes?.get(name);
  if (found) return found;
  if (name === '__name__') return string(func.name);
  if (name === '__defaults__') {
    const values = plainOf(func).flatMap((each) => func.defaults.get(each.name) ?? []);
    return values.length > 0 ? tuple(values) : NONE;
  }
  if (name !== '__kwdefaults__') return unknown(name);
  const entries = func.definition.parameters.flatMap((each) => {
    const value = each.kind === 'keywordOnly' ? func.defaults.get(each.name) : undefined;
    return value ? [[string(each.name), value] as const] : [];
  });
  if (entries.length === 0) return NONE;
  // The same dictionary each time, since what is put into it is what the function then takes.
  const made = dict(entries);
  machine.setVariable(storeOf(func), name, made);
  return made;
}

/** A method has what its function has, and its object. */
export function methodAttribute(machine: Machine, { self, func }: MethodValue, name: string): Value {
  if (name === '__self__') return self;
  return name === '__func__' ? func : functionAttribute(machine, func, name);
}

export function setOnFunction(machine: Machine, func: FunctionValue, name: string, value: Value): void {
  machine.setVariable(storeOf(func), name, value);
}

const plainOf = (func: FunctionValue): readonly Parameter[] =>
  func.definition.parameters.filter(({ kind }) => kind === 'plain');

/** What a parameter is that a call does not give; `undefined` where Python then raises. */
export function initialOf(func: FunctionValue, parameter: Parameter): Value | undefined {
  const given = func.attributes?.get(parameter.kind === 'plain' ? '__defaults__' : '__kwdefaults__');
  if (!given) return func.defaults.get(parameter.name);
  if (given.kind === 'none') return undefined;
  if (given.kind === 'dict' && !given.open) return given.entries.get(`s:${parameter.name}`)?.[1];
  if (given.kind !== 'tuple' || given.open) return unknown(parameter.name);
  // They belong to the last parameters.
  const plain = plainOf(func);
  return given.items[plain.indexOf(parameter) - plain.length + given.items.length];
}
