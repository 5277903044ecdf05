import type { Frame } from '../model/frame';
import type { Machine } from '../model/machine';
import { argumentsOf, keyOfValue, knownInt, string } from '../model/make';
import { RAISED } from '../model/raised';
import type { Value } from '../model/value';
import type { Expression } from '../syntax/ast';
import { member } from './classes';
import { sliceItems } from './subscript';

/** `del target` */
export function deleteTarget(machine: Machine, frame: Frame, target: Expression): void {
  switch (target.kind) {
    case 'name':
      machine.removeVariable(
        frame.scope.globals?.has(target.name) ? frame.scope.module.scope.variables : frame.scope.variables,
        target.name,
      );
      return;
    case 'attribute':
      deleteAttribute(machine, machine.evaluate(frame, target.object), target.name);
      return;
    case 'subscript':
      deleteItem(machine, machine.evaluate(frame, target.object), machine.evaluate(frame, target.index));
      return;
    case 'tuple':
    case 'list':
      for (const each of target.items) deleteTarget(machine, frame, each);
      return;
    default:
      return;
  }
}

export function deleteAttribute(machine: Machine, object: Value, name: string): void {
  const found = object.kind === 'instance' ? member(object.cls, name) : undefined;
  if (found?.kind === 'function' && found.deleter) machine.call(found.deleter, argumentsOf(object), undefined);
  else if (object.kind === 'instance' || object.kind === 'layer') {
    machine.removeVariable(object.attributes, name);
    // A layer without what its constructor stored tells nothing, until something takes its place.
    const isLayer = object.kind === 'layer' || object.native?.kind === 'layer';
    if (isLayer) machine.setVariable(object.attributes, name, { kind: 'unknown', name });
    else if (object.kind === 'instance' && object.native?.kind === 'container')
      deleteAttribute(machine, object.native, name);
  } else if (object.kind === 'class') machine.removeVariable(object.members, name);
  else if (object.kind === 'dict') removeKey(machine, object, `s:${name}`);
  else if (object.kind === 'unknown') object.members?.delete(name);
  else if (object.kind === 'function' && object.attributes) machine.removeVariable(object.attributes, name);
  else if (object.kind === 'container' && object.names.includes(name)) deleteItem(machine, object, string(name));
}

function removeKey(machine: Machine, object: Value & { kind: 'dict' }, key: string): void {
  machine.touch(object);
  object.entries.delete(key);
  if (object.variables && key.startsWith('s:')) machine.removeVariable(object.variables, key.slice(2));
}

function deleteItem(machine: Machine, object: Value, index: Value): void {
  if (object.kind === 'dict') {
    const key = keyOfValue(index);
    if (key === undefined) {
      machine.touch(object);
      object.entries.clear();
      object.open = true;
    } else if (!object.open && !object.entries.has(key)) throw RAISED;
    else removeKey(machine, object, key);
  } else if (object.kind === 'list' || object.kind === 'container') {
    machine.touch(object);
    const places = object.items.map((_, place) => place);
    const at = knownInt(index);
    const named = index.kind === 'string' && object.kind === 'container' ? object.names.indexOf(index.value) : -1;
    const gone =
      index.kind === 'slice'
        ? sliceItems(places, index)
        : named >= 0
          ? [named]
          : at === undefined
            ? undefined
            : places.slice(at, at === -1 ? undefined : at + 1);
    if (!gone || object.open) {
      object.items = [];
      object.open = true;
      return;
    }
    if (gone.length === 0 && index.kind !== 'slice') throw RAISED;
    object.items = object.items.filter((_, place) => !gone.includes(place));
    if (object.kind === 'container')
      // What stands behind moves up, and its name with it, where names are numbers.
      object.names =
        object.type === 'dict'
          ? object.names.filter((_, place) => !gone.includes(place))
          : object.names
              .filter((_, place) => !gone.includes(place))
              .map((name, place) => (/^\d+$/.test(name) ? String(place) : name));
  } else if (object.kind === 'instance') {
    if (member(object.cls, '__delitem__'))
      machine.call(machine.attribute(object, '__delitem__'), argumentsOf(index), undefined);
    else if (object.native && object.native.kind !== 'layer') deleteItem(machine, object.native, index);
  }
}
