import { describedField } from '../model/dataclassField';
import type { Frame } from '../model/frame';
import { LEFT_TRAINING, type Machine } from '../model/machine';
import { argumentsOf, NO_ARGUMENTS, string, unknown } from '../model/make';
import {
  type Arguments,
  type CallPlace,
  type ClassValue,
  type FieldKind,
  type FunctionValue,
  type InstanceValue,
  Scope,
  type Value,
} from '../model/value';
import type { ClassDefinition, Expression } from '../syntax/ast';
import { enumMembers, makeMembers, memberOfValue } from './enumerations';
import { nativeBase } from './native';

/** Base classes whose subclasses list their fields in the class body, as a dataclass does. */
const FIELD_BASES = new Set(['flax.linen.Module', 'typing.NamedTuple', 'pydantic.BaseModel', 'equinox.Module']);

export function defineClass(machine: Machine, frame: Frame, node: ClassDefinition): Value {
  const bases = node.bases
    .filter((base) => base.name === undefined && !base.star)
    .map((base) => machine.evaluate(frame, base.value));
  const decorators = node.decorators.map((decorator) => machine.evaluate(frame, decorator));
  // `@dataclass(kw_only=True)`: what is called, not what it gives.
  const named = node.decorators.map((each, index) =>
    each.kind === 'call' ? machine.evaluate(frame, each.callee) : decorators[index],
  );
  const scope = new Scope(frame.scope.module, frame.scope, true);
  machine.noteMade(scope.variables);
  const inner: Frame = { scope, chunk: node.chunk, possible: [] };
  machine.runBlock(inner, node.body);
  const order = linearize(bases);
  const inherited = order.some((base) => base.kind === 'class' && base.isDataclass);
  const isDataclass =
    inherited ||
    order.some((base) => base.kind === 'external' && FIELD_BASES.has(base.name)) ||
    named.some(
      (each) =>
        (each.kind === 'external' || each.kind === 'builtin') && /dataclass|attrs?\b|\bs$|define/.test(each.name),
    );
  const notes = annotated(node);
  const own = isDataclass ? fieldsOf(notes, scope) : [];
  const parent = order.find((base): base is ClassValue => base.kind === 'class' && base.isDataclass);
  const kinds =
    isDataclass || notes.length > 0 ? new Map([...(parent?.fieldKinds ?? []), ...kindsOf(notes)]) : undefined;
  const metaclass = metaclassOf(machine, frame, node, order);
  // What a metaclass makes of the variables of a class is its own affair.
  if (metaclass && ['__new__', '__prepare__'].some((name) => member(metaclass, name)))
    for (const [name, value] of [...scope.variables])
      if (value.kind !== 'function') machine.setVariable(scope.variables, name, unknown(name));
  const cls: ClassValue = {
    kind: 'class',
    name: node.name,
    bases,
    members: scope.variables,
    order: [],
    chunk: node.chunk,
    isDataclass,
    ...(node.bases.some((base) => base.name !== undefined || base.star) ? { hasMetaclass: true } : {}),
    ...(metaclass ? { metaclass } : {}),
    ...(kinds && kinds.size > 0 ? { fieldKinds: kinds } : {}),
    // One that is written anew has the place that it had.
    fields: isDataclass ? [...new Map([...(parent?.fields ?? []), ...own])] : [],
    definition: node,
  };
  (cls.order as Value[]).push(cls, ...order);
  for (const member of scope.variables.values())
    if (member.kind === 'function' && !member.owner) giveOwner(member, cls);
  makeMembers(machine, cls);
  for (const [name, value] of [...scope.variables].filter(([, each]) => each.kind === 'instance')) {
    const named = describing(value, '__set_name__');
    if (named) machine.callFunction(named, argumentsOf(cls, string(name)), undefined, value);
  }
  tellParents(machine, frame, node, cls);
  return decorators.reverse().reduce<Value>((value, decorator) => {
    if (!['function', 'method', 'instance'].includes(decorator.kind)) return value;
    const wrapped = machine.call(decorator, argumentsOf(value), undefined);
    return wrapped.kind === 'class' ? wrapped : value;
  }, cls);
}

/** `__init_subclass__` of the classes above, with what stands beside the bases. */
function tellParents(machine: Machine, frame: Frame, node: ClassDefinition, cls: ClassValue): void {
  const hook = member(cls, '__init_subclass__', cls);
  if (hook?.kind !== 'function') return;
  const named = node.bases.filter((base) => base.name !== undefined && base.name !== 'metaclass');
  const keywords = new Map(named.map((base) => [base.name!, machine.evaluate(frame, base.value)]));
  const open = node.bases.some((base) => base.star);
  machine.callFunction(hook, { positional: [], keywords, open }, undefined, cls);
}

function metaclassOf(
  machine: Machine,
  frame: Frame,
  node: ClassDefinition,
  order: readonly Value[],
): ClassValue | undefined {
  const given = node.bases.find((base) => base.name === 'metaclass');
  if (!given) return order.find((base): base is ClassValue => base.kind === 'class')?.metaclass;
  const value = machine.evaluate(frame, given.value);
  return value.kind === 'class' ? value : undefined;
}

function giveOwner(func: FunctionValue, cls: ClassValue): void {
  func.owner = cls;
  if (func.setter?.kind === 'function') func.setter.owner = cls;
}

/** Bases and theirs, each after all of its subclasses: Python's order for every hierarchy found in model code. */
function linearize(bases: readonly Value[]): Value[] {
  const [first] = bases;
  // Nearly all: its own order holds each of them once.
  if (bases.length === 1) return first.kind === 'class' ? [...first.order] : [first];
  const all = bases.flatMap((base): readonly Value[] => (base.kind === 'class' ? base.order : [base]));
  const key = (value: Value): unknown => (value.kind === 'external' ? value.name : value);
  return all.filter((value, index) => all.findLastIndex((other) => key(other) === key(value)) === index);
}

interface Annotated {
  readonly name: string;
  readonly as: string;
}

/** What a class body annotates, each with the last name of its annotation: `typing.ClassVar[int]` is a `ClassVar`. */
function annotated(node: ClassDefinition): readonly Annotated[] {
  const nameOf = (type: Expression): string =>
    type.kind === 'subscript'
      ? nameOf(type.object)
      : type.kind === 'name' || type.kind === 'attribute'
        ? type.name
        : type.kind === 'string'
          ? (/(\w+)\s*(?:\[|$)/.exec(type.value)?.[1] ?? '')
          : '';
  return node.body.flatMap((statement) => {
    if (statement.kind !== 'assign' || !statement.annotation || statement.targets[0].kind !== 'name') return [];
    return [{ name: statement.targets[0].name, as: nameOf(statement.annotation) }];
  });
}

/** Variables of the class are no fields, nor is the mark behind which they are given by keyword. */
const fieldsOf = (notes: readonly Annotated[], scope: Scope): (readonly [string, Value | undefined])[] =>
  notes.flatMap(({ name, as }) =>
    as === 'ClassVar' || as === 'KW_ONLY' ? [] : [[name, scope.variables.get(name)] as const],
  );

function kindsOf(notes: readonly Annotated[]): (readonly [string, FieldKind])[] {
  let marked = false;
  return notes.flatMap(({ name, as }): (readonly [string, FieldKind])[] => {
    marked ||= as === 'KW_ONLY';
    if (as === 'InitVar') return [[name, 'initial']];
    return marked ? [[name, 'keyword']] : [];
  });
}

/** What a class or its ancestors say about a name; externals among them answer for the framework. */
export function member(cls: ClassValue, name: string, after?: ClassValue): Value | undefined {
  const { order } = cls;
  for (let at = after ? order.indexOf(after) + 1 : 0; at < order.length; at++) {
    const base = order[at];
    const found = base.kind === 'class' ? base.members.get(name) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Its method of that name, where a value in a class is one of Python's descriptors, which stands for others. */
export function describing(
  found: Value | undefined,
  name: '__get__' | '__set__' | '__set_name__',
): FunctionValue | undefined {
  const method = found?.kind === 'instance' ? member(found.cls, name) : undefined;
  return method?.kind === 'function' ? method : undefined;
}

/** Whether every ancestor is known: then a name that none of them has does not exist. */
export function isClosed(cls: ClassValue): boolean {
  return cls.order.every((base) => base.kind === 'class' || (base.kind === 'external' && base.name === 'object'));
}

export function instantiate(machine: Machine, cls: ClassValue, args: Arguments, at: CallPlace | undefined): Value {
  if (enumMembers(cls)) return memberOfValue(cls, args.positional[0]) ?? unknown();
  // What another library does when it is made or run, nobody here knows.
  if (
    cls.order.some(
      (base) => base.kind === 'unknown' || (base.kind === 'external' && !/^(torch\.nn\.|object$)/.test(base.name)),
    )
  )
    machine.trace.cover(LEFT_TRAINING);
  // A base class of something that is made need not be made by itself.
  for (const base of cls.order) if (base.kind === 'class') machine.trace.cover(base.definition);
  const plain = plainTuple(cls, args);
  if (plain) return plain;
  if (cls.metaclass && member(cls.metaclass, '__call__')) return unknown();
  const own = member(cls, '__new__');
  const instance =
    own?.kind === 'function'
      ? machine.callFunction(own, { ...args, positional: [cls, ...args.positional] }, at)
      : newInstance(machine, cls, at);
  if (instance.kind !== 'instance' || !instance.cls.order.includes(cls)) return instance;
  const init = member(cls, '__init__');
  if (init?.kind === 'function') machine.callFunction(init, args, at, instance);
  else if (cls.isDataclass) setFields(machine, instance, args);
  else nativeBase(machine, instance, cls, args, at);
  const setup = cls.order.some((base) => base.kind === 'external' && base.name === 'flax.linen.Module')
    ? member(cls, 'setup')
    : undefined;
  if (setup?.kind === 'function') machine.callFunction(setup, NO_ARGUMENTS, at, instance);
  return instance;
}

function newInstance(machine: Machine, cls: ClassValue, at: CallPlace | undefined): InstanceValue {
  const instance: InstanceValue = {
    kind: 'instance',
    cls,
    attributes: new Map(),
    applied: 0,
    ...(at?.kind === 'call' ? { place: at } : {}),
  };
  machine.noteMade(instance.attributes);
  machine.trace.born(instance);
  return instance;
}

/** `super().__new__(cls)`: an object on which nothing is yet; of what is made from another library's, nobody knows. */
export function blank(machine: Machine, cls: Value | undefined, at: CallPlace | undefined): Value {
  const isPlain =
    cls?.kind === 'class' &&
    (isClosed(cls) || cls.order.some((base) => base.kind === 'external' && base.name === 'torch.nn.Module'));
  return isPlain ? newInstance(machine, cls, at) : unknown();
}

/** A class of named fields and nothing else is a tuple, which is indexed and unpacked. */
function plainTuple(cls: ClassValue, args: Arguments): Value | undefined {
  const named = cls.order.some((base) => base.kind === 'external' && base.name === 'typing.NamedTuple');
  if (!named || [...cls.members.values()].some((each) => each.kind === 'function') || args.open) return undefined;
  const items = cls.fields.map(
    ([name, initial], index) => args.keywords.get(name) ?? args.positional[index] ?? initial ?? unknown(name),
  );
  return { kind: 'tuple', items, open: false, fields: cls.fields.map(([name]) => name) };
}

/** What the constructor does that a class of fields is given: of the object's own class, or of one above it. */
export function setFields(machine: Machine, instance: InstanceValue, args: Arguments, cls = instance.cls): void {
  let next = 0;
  const passed: Value[] = [];
  for (const [name, initial] of cls.fields) {
    const kind = cls.fieldKinds?.get(name);
    const described = initial && describedField(initial);
    const taken = described?.init ?? true;
    const inOrder = taken && kind !== 'keyword' && !described?.keyword ? args.positional[next++] : undefined;
    const given = taken ? (args.keywords.get(name) ?? inOrder) : undefined;
    const value = given ?? ((taken && args.open) || !initial ? unknown(name) : defaultOf(machine, initial));
    if (kind === 'initial') passed.push(value);
    else machine.setVariable(instance.attributes, name, value);
  }
  const post = member(instance.cls, '__post_init__');
  if (post?.kind === 'function') machine.callFunction(post, argumentsOf(...passed), undefined, instance);
}

function defaultOf(machine: Machine, initial: Value): Value {
  const field = describedField(initial);
  if (!field) return initial;
  return field.factory ? machine.call(field.factory, NO_ARGUMENTS, undefined) : (field.initial ?? unknown());
}
