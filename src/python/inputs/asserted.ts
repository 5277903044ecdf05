import { compareWritten } from '../findings/contradiction';
import { type Frame, placeOf } from '../model/frame';
import type { Machine } from '../model/machine';
import { isKnown } from '../sizes/size';
import type { Expression } from '../syntax/ast';
import { stateShape } from './notes';

/**
 * What an assertion says of a shape: `assert x.shape == (b, 3, 64, 64)`. Whatever runs after it does so with that
 * shape, so that it counts where nothing else is known; what flows in is known better, and is left alone.
 */
export function applyAssertion(machine: Machine, frame: Frame, test: Expression): void {
  if (test.kind === 'logic' && test.operator === 'and') {
    applyAssertion(machine, frame, test.left);
    applyAssertion(machine, frame, test.right);
    return;
  }
  if (test.kind !== 'compare' || test.rest.length !== 1 || test.rest[0][0] !== '==') return;
  const sides = [test.first, test.rest[0][1]];
  for (const [shape, said] of [sides, sides.toReversed()]) {
    const name = shapeIsOf(shape);
    const value = name === undefined ? undefined : frame.scope.variables.get(name);
    const written = value?.kind === 'tensor' && value.cell.shape ? dimsIn(machine, frame, said) : undefined;
    if (written) compareWritten(machine, value, { dims: written, by: 'assertion', place: placeOf(test, frame) });
    const known = value?.kind === 'tensor' && value.cell.shape !== undefined && value.source !== 'symbolic';
    const dims = value && !known && dimsIn(machine, frame, said);
    const stated = dims && stateShape(machine, value, dims, 'annotation');
    if (stated) machine.setVariable(frame.scope.variables, name!, stated);
  }
}

/** The variable whose shape an expression is: `x.shape`, `x.size()`, `tuple(x.shape)`, `list(x.size())`. */
function shapeIsOf(node: Expression): string | undefined {
  if (node.kind === 'attribute' && node.name === 'shape')
    return node.object.kind === 'name' ? node.object.name : undefined;
  if (node.kind !== 'call') return undefined;
  const { callee } = node;
  if (callee.kind === 'attribute' && callee.name === 'size' && node.arguments.length === 0)
    return callee.object.kind === 'name' ? callee.object.name : undefined;
  const wraps = callee.kind === 'name' && (callee.name === 'tuple' || callee.name === 'list');
  return wraps && node.arguments.length === 1 ? shapeIsOf(node.arguments[0].value) : undefined;
}

/** The sizes of a tuple or list: a number where it is one, else the name that stands there. */
function dimsIn(machine: Machine, frame: Frame, node: Expression): readonly (number | string)[] | undefined {
  if (node.kind === 'call') {
    const { callee } = node;
    const isSize = callee.kind === 'attribute' && callee.name === 'Size' && node.arguments.length === 1;
    return isSize ? dimsIn(machine, frame, node.arguments[0].value) : undefined;
  }
  if (node.kind !== 'tuple' && node.kind !== 'list') return undefined;
  const dims = node.items.flatMap((item): (number | string)[] => {
    const size = machine.knownSize(machine.evaluate(frame, item));
    if (size !== undefined && isKnown(size)) return [size];
    return item.kind === 'name' ? [item.name] : [];
  });
  return dims.length === node.items.length && dims.length > 0 ? dims : undefined;
}
