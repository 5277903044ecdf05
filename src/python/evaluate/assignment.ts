import { mentionDefinition } from '../findings/mentions';
import type { Frame } from '../model/frame';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import { RAISED } from '../model/raised';
import type { Value } from '../model/value';
import { mismatch } from '../shapes/problems';
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
      machine.setItem(machine.evaluate(frame, target.object), machine.evaluate(frame, target.index), value);
      return;
    case 'tuple':
    case 'list':
      unpack(machine, frame, target.items, value);
      return;
    case 'starred':
      assign(machine, frame, target.value, value);
      return;
    default:
      return;
  }
}

function unpack(machine: Machine, frame: Frame, targets: readonly Expression[], value: Value): void {
  const star = targets.findIndex((target) => target.kind === 'starred');
  if (value.kind === 'shape' && star < 0) machine.withRank(value.tensor, targets.length);
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
  if (items && items.length !== targets.length && star < 0 && !machine.mode.forked) {
    // Of tensors, the names that are written tell how many were meant.
    if (items.every((each) => each.kind === 'tensor') && items.length > 0)
      miscounted(machine, frame, targets, items.length);
    throw RAISED;
  }
  const failed = value.kind === 'unknown' && value.failed === true;
  targets.forEach((target, index) => assign(machine, frame, target, items?.[index] ?? (failed ? value : unknown())));
}

/** `a, b = x.chunk(1)` */
function miscounted(machine: Machine, frame: Frame, targets: readonly Expression[], count: number): void {
  const [first, last] = [targets[0], targets[targets.length - 1]];
  mismatch(
    machine,
    { kind: 'place', start: first.start, end: last.end, chunk: frame.chunk },
    {
      code: 'unpack-count',
      template: '{0} names are given to {1} values.',
      args: [targets.length, count],
      framework:
        count < targets.length
          ? `not enough values to unpack (expected ${targets.length}, got ${count})`
          : `too many values to unpack (expected ${targets.length})`,
    },
  );
}
