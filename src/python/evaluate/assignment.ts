import { mentionDefinition } from '../findings/mentions';
import { type Frame, placeOf } from '../model/frame';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import { RAISED } from '../model/raised';
import { sureShape } from '../model/tensor';
import type { Value } from '../model/value';
import { mismatch, type Refusal } from '../shapes/problems';
import { isKnown } from '../sizes/size';
import type { Expression } from '../syntax/ast';
import { goThrough } from './iteration';
import { assignName } from './scope';

/** Dictionaries in which an object keeps its attributes, a module its modules, parameters and buffers. */
const ATTRIBUTES = new Set(['__dict__', '_modules', '_parameters', '_buffers']);

/** The object whose attributes are in the dictionary that the expression gives: `vars(x)`, `x._modules`. */
function keeperOf(node: Expression): Expression | undefined {
  if (node.kind === 'attribute' && ATTRIBUTES.has(node.name)) return node.object;
  const called = node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === 'vars';
  return called ? node.arguments[0]?.value : undefined;
}

export function assign(machine: Machine, frame: Frame, target: Expression, value: Value): void {
  switch (target.kind) {
    case 'name':
      assignName(machine, frame.scope, target.name, value);
      return;
    case 'attribute': {
      const object = machine.evaluate(frame, target.object);
      machine.setAttribute(object, target.name, value);
      mentionDefinition(machine, value, target, frame);
      return;
    }
    case 'subscript':
      if (keeperOf(target.object)) {
        const [object, key] = [keeperOf(target.object)!, target.index].map((node) => machine.evaluate(frame, node));
        if (key.kind === 'string') machine.setAttribute(object, key.value, value);
        return;
      }
      machine.setItem(
        machine.evaluate(frame, target.object),
        machine.evaluate(frame, target.index),
        value,
        placeOf(target, frame),
      );
      return;
    case 'tuple':
    case 'list':
      unpack(machine, frame, target, value);
      return;
    case 'starred':
      assign(machine, frame, target.value, value);
      return;
    default:
      return;
  }
}

/** What Python says when a tensor, its shape, or what was made of it has not as many items as there are names. */
function unpackRefusal(value: Value, found: number, wanted: number, star: boolean): Refusal | undefined {
  const parts = value.kind === 'tensor' ? [value] : value.kind === 'tuple' ? value.items : [];
  const known = parts.some((part) => part.kind === 'tensor' && sureShape(part)?.every(isKnown));
  if (!known && !(value.kind === 'tuple' && sureShape(value.sizesOf))) return undefined;
  const least = star ? wanted - 1 : wanted;
  return {
    code: 'unpack-count',
    template: '{0} values are unpacked into {1} names.',
    args: [found, least],
    framework:
      found > least
        ? `too many values to unpack (expected ${least})`
        : `not enough values to unpack (expected ${star ? 'at least ' : ''}${least}, got ${found})`,
  };
}

/** `_` is what nobody wants to name. */
const wishOf = (target: Expression): string | undefined =>
  target.kind === 'name' && /[A-Za-z]/.test(target.name) ? target.name : undefined;

function unpack(
  machine: Machine,
  frame: Frame,
  target: Expression & { readonly items: readonly Expression[] },
  value: Value,
): void {
  const targets = target.items;
  const star = targets.findIndex((target) => target.kind === 'starred');
  if (value.kind === 'shape' && star < 0)
    machine.withRank(value.tensor, targets.length, undefined, undefined, targets.map(wishOf));
  const items = goThrough(machine, value);
  if (items && star >= 0 && items.length >= targets.length - 1) {
    const tail = targets.length - star - 1;
    const middle = items.slice(star, items.length - tail);
    const shaped = [
      ...items.slice(0, star),
      { kind: 'list', items: [...middle], open: false } as Value,
      ...items.slice(items.length - tail),
    ];
    targets.forEach((target, index) => assign(machine, frame, target, shaped[index]));
    return;
  }
  if (items && (star < 0 ? items.length !== targets.length : items.length < targets.length - 1)) {
    const refusal = unpackRefusal(value, items.length, targets.length, star >= 0);
    if (refusal) mismatch(machine, placeOf(target, frame), refusal);
    if (!machine.mode.forked && star < 0) throw RAISED;
  }
  const failed = value.kind === 'unknown' && value.failed === true;
  targets.forEach((target, index) => assign(machine, frame, target, items?.[index] ?? (failed ? value : unknown())));
}
