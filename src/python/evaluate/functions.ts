import { compareWritten } from '../findings/contradiction';
import { annotatedShape } from '../inputs/annotations';
import { stateShape } from '../inputs/notes';
import { type Frame, placeOf } from '../model/frame';
import type { Completion, Machine } from '../model/machine';
import { argumentsOf, dict, keyOfValue, NONE, string, tuple, unknown } from '../model/make';
import { RAISED, Raised } from '../model/raised';
import { type Arguments, type CallPlace, type DictValue, type FunctionValue, Scope, type Value } from '../model/value';
import type { Expression, FunctionDefinition, Lambda, Parameter } from '../syntax/ast';
import { hasOtherCode, initialOf } from './functionAttributes';
import { type Generated, mayYield, runGenerator } from './generators';
import { iterator } from './iteration';
import { joinAll } from './join';
import { namesWithin } from './names';
import { followingNames } from './staleness';
import { type RunManaged, waitingFor } from './managed';

/** Most functions have none. */
const NO_DEFAULTS: FunctionValue['defaults'] = new Map();

function defaultsOf(machine: Machine, frame: Frame, node: FunctionDefinition | Lambda): FunctionValue['defaults'] {
  let found: Map<string, Value> | undefined;
  for (const { name, initial } of node.parameters)
    if (initial) (found ??= new Map()).set(name, machine.evaluate(frame, initial));
  return found ?? NO_DEFAULTS;
}

export function defineFunction(machine: Machine, frame: Frame, node: FunctionDefinition): Value {
  const defaults = defaultsOf(machine, frame, node);
  let binding: FunctionValue['binding'] = 'plain';
  const wrappers: Value[] = [];
  let accessor: Expression | undefined;
  let cached = false;
  for (const decorator of node.decorators) {
    const name = decorator.kind === 'name' ? decorator.name : decorator.kind === 'attribute' ? decorator.name : '';
    if (name === 'staticmethod') binding = 'static';
    else if (name === 'classmethod') binding = 'class';
    else if (name === 'property' || name === 'cached_property') {
      binding = 'property';
      cached = name === 'cached_property';
    } else if (name === 'setter' || name === 'deleter' || name === 'getter') accessor = decorator;
    else {
      const called = decorator.kind === 'call' ? machine.evaluate(frame, decorator.callee) : undefined;
      wrappers.push(called && isTransforming(called) ? called : machine.evaluate(frame, decorator));
    }
  }
  const made: FunctionValue = {
    kind: 'function',
    name: node.name,
    definition: node,
    scope: frame.scope,
    defaults,
    binding,
    ...(cached ? { cached } : {}),
    chunk: node.chunk,
    owner: undefined,
  };
  if (accessor?.kind === 'attribute') return accessed(machine.evaluate(frame, accessor.object), accessor.name, made);
  return wrappers.reverse().reduce<Value>((value, wrapper) => decorated(machine, wrapper, value), made);
}

/** Decorators of the program's own run; those of libraries (`no_grad`, `compact`) leave shapes alone, but for a few. */
function decorated(machine: Machine, wrapper: Value, value: Value): Value {
  if (value.kind === 'function' && isManager(wrapper)) return { ...value, manages: true };
  if (value.kind === 'function' && isCache(wrapper)) return { ...value, memory: dict([]) };
  if (wrapper.kind === 'external' && CHOOSING.test(wrapper.name)) return unknown();
  if (isTransforming(wrapper)) return machine.call(wrapper, argumentsOf(value), undefined);
  const run = wrapper.kind === 'partial' ? wrapper.callee : wrapper;
  const isOwn =
    ['function', 'method', 'class', 'instance'].includes(run.kind) ||
    (wrapper.kind === 'builtin' && wrapper.name === 'wraps');
  if (!isOwn) return value;
  const wrapped = machine.call(wrapper, argumentsOf(value), undefined);
  return ['function', 'method', 'class', 'instance', 'partial'].includes(wrapped.kind) ? wrapped : value;
}

/** What makes a function of other shapes, over batches or for gradients, and its like with some arguments given. */
const isTransforming = (wrapper: Value): boolean =>
  wrapper.kind === 'partial'
    ? isTransforming(wrapper.callee)
    : wrapper.kind === 'external' &&
      /^(?:torch|functorch|jax|equinox|flax|haiku|numpy|mlx)\./.test(wrapper.name) &&
      /\.(?:filter_)?(?:[vpx]map|grad(?:_and_value)?|value_and_grad|jac(?:obian|fwd|rev)|hessian|jvp|vjp|shard_map|vectorize)$/.test(
        wrapper.name,
      );

/** Which function runs is decided by what it is given. */
const CHOOSING = /^(functools\.singledispatch(method)?|multipledispatch\.dispatch|plum\.dispatch)$/;

const isManager = (wrapper: Value): boolean =>
  wrapper.kind === 'external' && /^contextlib\.(async)?contextmanager$/.test(wrapper.name);

const isCache = (wrapper: Value): boolean =>
  (wrapper.kind === 'external' && /^functools\.(?:lru_)?cache$/.test(wrapper.name)) ||
  (wrapper.kind === 'builtin' && wrapper.name === 'cache');

/** `@size.setter`: the property as it was, with what an assignment to it, or `del`, calls. */
function accessed(property: Value, kind: string, made: FunctionValue): Value {
  if (property.kind !== 'function' || property.binding !== 'property') return made;
  if (kind === 'getter') return { ...made, binding: 'property', setter: property.setter, deleter: property.deleter };
  return { ...property, [kind]: made };
}

/** Parameters as Python binds them; `undefined` when the call does not fit and would raise. */
export function bindParameters(
  parameters: readonly Parameter[],
  func: FunctionValue,
  args: Arguments,
): Map<string, Value> | undefined {
  const bound = new Map<string, Value>();
  // A copy, since what a parameter takes is gone; most calls have none.
  const keywords = args.keywords.size > 0 ? new Map(args.keywords) : undefined;
  let next = 0;
  for (const parameter of parameters) {
    if (parameter.kind === 'star') {
      bound.set(parameter.name, tuple(args.positional.slice(next), args.open));
      next = args.positional.length;
    } else if (parameter.kind === 'doubleStar') {
      bound.set(
        parameter.name,
        dict(
          [...(keywords ?? [])].map(([name, value]) => [string(name), value] as const),
          args.open,
        ),
      );
      keywords?.clear();
    } else if (parameter.kind === 'plain' && next < args.positional.length) {
      if (!parameter.positionalOnly && keywords?.has(parameter.name)) return undefined;
      bound.set(parameter.name, args.positional[next++]);
    } else if (!parameter.positionalOnly && keywords?.has(parameter.name)) {
      bound.set(parameter.name, keywords.get(parameter.name)!);
      keywords.delete(parameter.name);
    } else if (args.open) bound.set(parameter.name, unknown(parameter.name));
    else {
      const initial = initialOf(func, parameter);
      if (!initial) return undefined;
      bound.set(parameter.name, initial);
    }
  }
  const misfit = (next < args.positional.length || (keywords && keywords.size > 0)) && !args.open;
  return misfit ? undefined : bound;
}

export function callFunction(
  machine: Machine,
  func: FunctionValue,
  args: Arguments,
  _at: CallPlace | undefined,
  self?: Value,
  entered?: (given: Value) => void,
): Value {
  if (func.manages && !entered) {
    const run: RunManaged = (then) => void callFunction(machine, func, args, undefined, self, then);
    return waitingFor(func.name, run, [func, ...args.positional, ...args.keywords.values(), ...(self ? [self] : [])]);
  }
  if (hasOtherCode(func)) return unknown();
  machine.trace.cover(func.definition);
  const { keywords, open } = args;
  const all = self ? { positional: [self, ...args.positional], keywords, open } : args;
  if (func.memory && !open) return remembered(machine, func, func.memory, all);
  const { parameters } = func.definition;
  const bound = bindParameters(parameters, func, all);
  if (!bound) throw RAISED;
  return machine.enter(() => {
    const scope = new Scope(func.scope.module, func.scope, false, bound);
    machine.noteLocals(bound);
    for (const [name, value] of bound)
      if (value.kind === 'unknown' && !value.failed && value.name === undefined) value.name = name;
    const frame: Frame = {
      scope,
      chunk: func.chunk,
      self: self ?? firstOf(parameters, bound),
      owner: func.owner,
      func,
      possible: [],
      entered,
    };
    if (func.definition.kind === 'lambda') return machine.evaluate(frame, func.definition.body);
    const { definition } = func;
    const run = (): Completion => runBody(machine, frame, definition);
    if (!entered && mayYield(func)) {
      const generated = runGenerator(machine, frame, run);
      if (frame.yields) return generatorOf(machine, func, frame, all.positional, generated);
      return resultOf(machine, frame, definition, generated.outcome);
    }
    return resultOf(machine, frame, definition, run());
  }, func.definition);
}

/** What a call of a generator gives, which reads the variables around it as it is asked. */
function generatorOf(
  machine: Machine,
  { scope, definition, chunk }: FunctionValue,
  frame: Frame,
  given: readonly Value[],
  { stirs, isOwn }: Generated<Completion>,
): Value {
  const made = iterator(machine.mode.forked || frame.open ? undefined : frame.yields);
  const used = definition.kind === 'lambda' ? [] : namesWithin(definition.body());
  const names = used.filter((name) => !frame.scope.variables.has(name));
  // What stands under `finally` or `with` is done when nobody asks any more, whenever that is.
  const ends = /\b(?:finally|with)\b/.test(chunk.text.slice(definition.start, definition.end));
  const isSure = !ends || !stirs;
  return {
    ...followingNames(made, scope, names, given, isOwn),
    stirs: isSure ? stirs : (inner, left, all) => stirs(inner, all ? left : -1, all),
  };
}

/** What a call gives whose body has ended. */
function resultOf(machine: Machine, frame: Frame, definition: FunctionDefinition, completion: Completion): Value {
  const value = completion === 'return' ? frame.returned! : NONE;
  const all = completion === 'return' ? [...frame.possible, value] : [...frame.possible, NONE];
  return asAnnotated(machine, frame, definition, all.length > 1 ? joinAll(machine, all) : value);
}

/** A call with arguments that it was called with before gives the same object, and does nothing. */
function remembered(machine: Machine, func: FunctionValue, memory: DictValue, args: Arguments): Value {
  const named = [...args.keywords].map(([name, value]) => tuple([string(name), value]));
  const key = tuple([...args.positional, ...named]);
  const text = keyOfValue(key);
  const before = text === undefined ? undefined : memory.entries.get(text);
  if (before) return before[1];
  const value = callFunction(machine, { ...func, memory: undefined }, args, undefined);
  if (text !== undefined) machine.setItem(memory, key, value);
  return value;
}

/** What a call gives, with the shape that the function's annotation states where nothing else is known of it. */
function asAnnotated(machine: Machine, frame: Frame, definition: FunctionDefinition, value: Value): Value {
  const dims = annotatedShape(definition.returns);
  if (!dims) return value;
  compareWritten(machine, value, { dims, by: 'annotation', place: placeOf(definition.returns!, frame) });
  const known = value.kind === 'tensor' && value.cell.shape !== undefined && value.source !== 'symbolic';
  return (known ? undefined : stateShape(machine, value, dims, 'annotation')) ?? value;
}

/**
 * A body in which one way of a condition that is not known has returned, and the rest raises: it was the one that
 * returned, as for `if name in known: return known[name]` above a `raise`.
 */
function runBody(machine: Machine, frame: Frame, definition: FunctionDefinition): Completion {
  try {
    return machine.runBlock(frame, definition.body());
  } catch (error) {
    if (!(error instanceof Raised) || frame.possible.length === 0 || frame.yields) throw error;
    frame.returned = frame.possible.pop();
    return 'return';
  }
}

function firstOf(parameters: readonly Parameter[], bound: ReadonlyMap<string, Value>): Value | undefined {
  const first = parameters[0];
  return first && bound.get(first.name);
}

export function makeLambda(machine: Machine, frame: Frame, node: Lambda): FunctionValue {
  const defaults = defaultsOf(machine, frame, node);
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
