import { compareWritten } from '../findings/contradiction';
import { type Frame, placeOf } from '../model/frame';
import type { Machine } from '../model/machine';
import { tensor, type TensorValue, weaker } from '../model/tensor';
import type { Value } from '../model/value';
import type { ShapeSource } from '../report';
import { isKnown, named, type Size } from '../sizes/size';
import type { Expression, ShapeNote, Statement } from '../syntax/ast';

/** Sizes as a person writes them; names become sizes that later uses may pin down. */
export function readDims(machine: Machine, dims: readonly (number | string)[]): Size[] {
  return dims.map((dim) => {
    if (typeof dim === 'number') return dim;
    const name = machine.names.claim(dim.replace(/\W+/g, '_'), machine.names.sharedName(dim));
    machine.names.markSoft(name);
    return named(name);
  });
}

/**
 * Shapes that comments state. They tell about a value of which nothing is known otherwise: what the program gives, in
 * an example as in a call, is known better than any comment.
 */
export function applyNotes(machine: Machine, frame: Frame, statement: Statement, after: boolean): void {
  for (const note of statement.notes ?? []) {
    if (note.trailing !== after) continue;
    // Without a name it tells of what its line gives a name, and at the head of a function of the first input.
    const { word } = note;
    const given = word !== undefined && binds(statement, word) ? word : assignedName(statement);
    const unnamed = (): string | undefined => (after ? given : undefined) ?? firstInput(frame);
    const name = note.bare ? assignedName(statement) : (note.name ?? unnamed());
    if (name === undefined || isAmbiguous(note, name, statement)) continue;
    const value = frame.scope.variables.get(name);
    if (after && assignedName(statement) === name)
      compareWritten(machine, value, { dims: note.dims, by: 'comment', place: placeOf(statement, frame) });
    // Of what may be no tensor, a list in a comment may be anything: `k = size()  # (3, 3)`.
    if (note.bare && (value?.kind !== 'tensor' || value.cell.shape !== undefined)) continue;
    if (!value && (note.name === undefined || after)) continue;
    const stated = stateShape(machine, value, note.dims, 'comment');
    if (stated) machine.setVariable(frame.scope.variables, name, stated);
  }
}

/**
 * Whether a comment of letters alone stands above a statement that gives its name another value: `# x is (B, N, C)`
 * over `x = self.patch_embed(x)`. It may tell of the value before or of the one after, and each is written; whoever
 * guesses tells of a rank that is not there.
 */
function isAmbiguous({ trailing, dims }: ShapeNote, name: string, statement: Statement): boolean {
  return !trailing && !dims.some((dim) => typeof dim === 'number') && binds(statement, name);
}

/** Whether an assignment gives a name a value, alone or among others. */
function binds(statement: Statement, name: string): boolean {
  const isOf = (target: Expression): boolean =>
    target.kind === 'name'
      ? target.name === name
      : (target.kind === 'tuple' || target.kind === 'list') && target.items.some(isOf);
  return statement.kind === 'assign' && statement.targets.some(isOf);
}

/** The value with a shape that somebody states; `undefined` when the statement must yield to what is known. */
export function stateShape(
  machine: Machine,
  value: Value | undefined,
  dims: readonly (number | string)[],
  source: ShapeSource,
): Value | undefined {
  if (!value) return tensor(readDims(machine, dims), source, {});
  if (value.kind === 'unknown' && !value.failed) {
    const known = value.tensor?.cell.shape;
    if (known && value.tensor!.source !== 'symbolic') return undefined;
    const made = tensor(readDims(machine, dims), source, { inputKey: value.tensor?.inputKey });
    value.tensor = made;
    return made;
  }
  if (value.kind !== 'tensor') return undefined;
  // How many axes a layer gives is known better than any comment, which may tell of some of them only.
  if (source === 'comment' && value.cell.shape && value.cell.shape.length !== dims.length) return undefined;
  if (value.cell.shape === undefined || value.source === 'symbolic')
    return { ...value, cell: { ...value.cell, shape: readDims(machine, dims) }, source };
  // What the program itself gives it is known better than any comment, which may be older than the program.
  return completed(value, dims, source);
}

/**
 * With numbers for the sizes that are no more than names, where somebody says them and is right about all others:
 * else he speaks of another case.
 */
function completed(value: TensorValue, dims: readonly (number | string)[], source: ShapeSource): Value | undefined {
  const shape = value.cell.shape!;
  const says = (axis: number): number | undefined => {
    const dim = dims[axis];
    return typeof dim === 'number' ? dim : undefined;
  };
  const agrees = shape.every((size, axis) => !isKnown(size) || (says(axis) ?? size) === size);
  if (dims.length !== shape.length || !agrees) return undefined;
  const sizes = shape.map((size, axis) => says(axis) ?? size);
  if (sizes.every((size, axis) => size === shape[axis])) return undefined;
  return { ...value, cell: { ...value.cell, shape: sizes }, source: weaker(value.source, source) };
}

/** The one name that a statement gives a value. */
function assignedName(statement: Statement): string | undefined {
  const target = statement.kind === 'assign' && statement.targets.length === 1 ? statement.targets[0] : undefined;
  return target?.kind === 'name' ? target.name : undefined;
}

/** The first parameter of the running function after `self`: what a comment without a name speaks of. */
function firstInput(frame: Frame): string | undefined {
  if (!frame.func) return undefined;
  for (const [name, value] of frame.scope.variables) {
    if (value === frame.self && name === 'self') continue;
    if (value.kind === 'tensor' || (value.kind === 'unknown' && value.input)) return name;
  }
  return undefined;
}
