import type { Frame } from '../model/frame';
import type { Machine } from '../model/machine';
import { argumentsOf, dict, list, NONE, string, tuple, unknown } from '../model/make';
import { RAISED } from '../model/raised';
import {
  type Arguments,
  type CallPlace,
  type FunctionValue,
  Scope,
  type UnknownValue,
  type Value,
} from '../model/value';
import type { FunctionDefinition, Lambda, Parameter } from '../syntax/ast';
import { joinAll } from './join';

const NO_DEFAULTS: FunctionValue['defaults'] = new Map();

function defaultsOf(machine: Machine, frame: Frame, parameters: readonly Parameter[]): FunctionValue['defaults'] {
  let defaults: Map<string, Value> | undefined;
  for (const { name, initial } of parameters)
    if (initial) (defaults ??= new Map()).set(name, machine.evaluate(frame, initial));
  return defaults ?? NO_DEFAULTS;
}

export function defineFunction(machine: Machine, frame: Frame, node: FunctionDefinition): Value {
  const defaults = defaultsOf(machine, frame, node.parameters);
  let binding: FunctionValue['binding'] = 'plain';
  const wrappers: Value[] = [];
  for (const decorator of node.decorators) {
    const name = decorator.kind === 'name' ? decorator.name : decorator.kind === 'attribute' ? decorator.name : '';
    if (name === 'staticmethod') binding = 'static';
    else if (name === 'classmethod') binding = 'class';
    else if (name === 'property' || name === 'cached_property') binding = 'property';
    else if (name === 'setter') binding = 'static';
    else wrappers.push(machine.evaluate(frame, decorator));
  }
  const made: FunctionValue = {
    kind: 'function',
    name: node.name,
    definition: node,
    scope: frame.scope,
    defaults,
    binding,
    chunk: node.chunk,
    owner: undefined,
  };
  // Decorators of the user's own are run; those of libraries (`no_grad`, `compact`, `wraps`) leave shapes alone.
  return wrappers.reverse().reduce<Value>((value, wrapper) => {
    if (wrapper.kind !== 'function') return value;
    const wrapped = machine.call(wrapper, argumentsOf(value), undefined);
    return wrapped.kind === 'function' ? wrapped : value;
  }, made);
}

/**
 * Parameters as Python binds them, `self` before what the call gives; `undefined` when the call does not fit and would
 * raise. An unknown value without a name gets that of its parameter.
 */
function bindParameters(func: FunctionValue, args: Arguments, self: Value | undefined): Map<string, Value> | undefined {
  const { parameters } = func.definition;
  const { open } = args;
  const positional = self ? [self, ...args.positional] : args.positional;
  const bound = new Map<string, Value>();
  // A copy, since what a parameter takes is gone; most calls have none.
  const keywords = args.keywords.size > 0 ? new Map(args.keywords) : undefined;
  let next = 0;
  let unnamed = false;
  for (const { name, kind, positionalOnly } of parameters) {
    let value: Value | undefined;
    if (kind === 'star') {
      value = tuple(positional.slice(next), open);
      next = positional.length;
    } else if (kind === 'doubleStar') {
      const pairs = [...(keywords ?? [])].map(([key, each]) => [string(key), each] as const);
      value = dict(pairs, open);
      keywords?.clear();
    } else if (kind === 'plain' && next < positional.length) {
      if (!positionalOnly && keywords?.has(name)) return undefined;
      value = positional[next++];
    } else if (!positionalOnly && keywords?.has(name)) {
      value = keywords.get(name);
      keywords.delete(name);
    } else value = open ? unknown(name) : func.defaults.get(name);
    if (!value) return undefined;
    unnamed ||= isUnnamed(value);
    bound.set(name, value);
  }
  if ((next < positional.length || (keywords && keywords.size > 0)) && !open) return undefined;
  if (unnamed) for (const [name, value] of bound) if (isUnnamed(value)) value.name = name;
  return bound;
}

const isUnnamed = (value: Value): value is UnknownValue =>
  value.kind === 'unknown' && !value.failed && value.name === undefined;

export function callFunction(
  machine: Machine,
  func: FunctionValue,
  args: Arguments,
  _at: CallPlace | undefined,
  self?: Value,
): Value {
  machine.trace.cover(func.definition);
  const bound = bindParameters(func, args, self);
  if (!bound) throw RAISED;
  return machine.enter(() => {
    machine.noteLocals(bound);
    const frame: Frame = {
      scope: new Scope(func.scope.module, func.scope, false, bound),
      chunk: func.chunk,
      self: self ?? firstOf(func.definition.parameters, bound),
      owner: func.owner,
      possible: [],
    };
    if (func.definition.kind === 'lambda') return machine.evaluate(frame, func.definition.body);
    const completion = machine.runBlock(frame, func.definition.body());
    if (frame.yields) return list(frame.yields, machine.mode.forked);
    const value = completion === 'return' ? frame.returned! : NONE;
    return frame.possible.length > 0
      ? joinAll(machine, completion === 'return' ? [...frame.possible, value] : [...frame.possible, NONE])
      : value;
  });
}

function firstOf(parameters: readonly Parameter[], bound: ReadonlyMap<string, Value>): Value | undefined {
  const first = parameters[0];
  return first && bound.get(first.name);
}

export function makeLambda(machine: Machine, frame: Frame, node: Lambda): FunctionValue {
  const defaults = defaultsOf(machine, frame, node.parameters);
  return {
    kind: 'function',
    name: '<lambda>',
    definition: node,
    scope: frame.scope,
    defaults,
    binding: 'plain',
    chunk: frame.chunk,
    owner: frame.owner,
  };
}
