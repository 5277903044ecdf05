import { fileOf, noteContents, noteWeight, ownerOf } from '../findings/weightFiles';
import { isModule } from '../model/children';
import { LEFT_TRAINING, type Machine } from '../model/machine';
import { argumentsOf, string, unknown } from '../model/make';
import { reshapeInPlace, type TensorValue, writeTo } from '../model/tensor';
import type { ContainerValue, InstanceValue, Value } from '../model/value';
import { equal } from '../sizes/size';
import { describing, member } from './classes';
import { setChild } from './containers';
import { setOnFunction } from './functionAttributes';
import { HOOKS, PRE_HOOKS } from './hooks';
import { patch } from './patched';

/** `x.data = value`: the same tensor, which is now what the other is. */
function setContents(machine: Machine, object: TensorValue, value: Value): void {
  writeTo(object);
  // What was stored for a weight has its shape; of any other value nobody knows that.
  if (fileOf(value)) return;
  const like = value.kind === 'tensor' ? value : undefined;
  const owner = ownerOf(object);
  if (like && sameSizes(like, object)) return;
  if (owner) machine.setVariable(owner.layer.attributes, owner.name, like ?? unknown());
  reshapeInPlace(object, machine.settled ? like : undefined);
}

const sameSizes = (a: TensorValue, b: TensorValue): boolean =>
  a.cell.shape !== undefined &&
  a.cell.shape.length === b.cell.shape?.length &&
  a.cell.shape.every((size, axis) => equal(size, b.cell.shape![axis]) === true);

/** `__setattr__ = dict.__setitem__`: attributes are entries. What another one does, nobody knows. */
function storedByOther(machine: Machine, object: InstanceValue, name: string, hook: Value, value: Value): void {
  if (hook.kind === 'unknown' && hook.name === '__setitem__' && object.native?.kind === 'dict')
    machine.setItem(object.native, string(name), value);
  else machine.setVariable(object.attributes, name, unknown(name));
}

export function setAttribute(machine: Machine, object: Value, name: string, value: Value): void {
  if (value.kind === 'unknown' && !value.failed && value.name === undefined) value.name = name;
  if (name === 'training') machine.trace.cover(LEFT_TRAINING);
  if (object.kind === 'instance') {
    const hook = member(object.cls, '__setattr__');
    if (
      hook?.kind === 'function' &&
      outside(object, () => machine.callFunction(hook, argumentsOf(string(name), value), undefined, object))
    )
      return;
    if (hook && hook.kind !== 'function') {
      storedByOther(machine, object, name, hook, value);
      return;
    }
    const found = member(object.cls, name);
    const set = describing(found, '__set__');
    if (found && set) machine.callFunction(set, argumentsOf(object, value), undefined, found);
    else if (found?.kind === 'function' && found.setter)
      machine.call(found.setter, argumentsOf(object, value), undefined);
    else {
      if (object.native?.kind === 'container' && isModule(value)) setChild(machine, object.native, name, value);
      machine.setVariable(object.attributes, name, value);
    }
    // `self.__dict__ = self`: a dictionary whose entries are its attributes has them under both.
    if (name === '__dict__' && value === object && object.native?.kind === 'dict') object.attributes.delete(name);
  } else if (object.kind === 'class') machine.setVariable(object.members, name, value);
  else if (object.kind === 'container') setOnContainer(machine, object, name, value);
  else if (object.kind === 'layer') {
    // A module that is set under the name of a method is a child of that name, and the method stays.
    if (isModule(value) && ['forward', 'call', '__call__'].includes(name)) return;
    machine.setVariable(object.attributes, name, value);
    if (name === 'weight' || name === 'kernel') noteWeight(machine, object, value);
  } else if (object.kind === 'choice') {
    // One of them has it now, and nobody knows which.
    for (const option of object.options) machine.setAttribute(option, name, unknown(name));
  } else if (object.kind === 'tensor' && name === 'data') {
    noteContents(machine, object, value);
    setContents(machine, object, value);
  } else if (object.kind === 'unknown' && !object.failed && value.kind === 'unknown') {
    object.members ??= new Map();
    object.members.set(name, value);
  } else if (object.kind === 'function') setOnFunction(machine, object, name, value);
  else if (object.kind === 'external') patch(machine, object.name, name, value);
  else if (object.kind === 'dict') {
    machine.touch(object);
    object.entries.set(`s:${name}`, [string(name), value]);
  }
}

/** Objects whose own `__setattr__` or `__getattribute__` runs: within it, what these stand for is what is meant. */
const within = new Set<Value>();

/** Runs such a method, unless it runs for that object; whether it did. */
export function outside(object: Value, run: () => void): boolean {
  if (within.has(object)) return false;
  within.add(object);
  try {
    run();
  } finally {
    within.delete(object);
  }
  return true;
}

const CALLED = new Set(['forward', 'call', HOOKS, PRE_HOOKS]);

/** PyTorch registers every module that becomes an attribute, so that `nn.Sequential` runs it. */
function setOnContainer(machine: Machine, object: ContainerValue, name: string, value: Value): void {
  if (isModule(value) || object.names.includes(name)) setChild(machine, object, name, value);
  else if (CALLED.has(name)) machine.setVariable((object.attributes ??= new Map<string, Value>()), name, value);
}
