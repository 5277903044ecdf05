import { stridesOf } from '../../kernels/positions';
import type { Tensor } from '../../operation';
import { checkedShape, checkedZeros, type LoadHow, type ReadOptions, type TensorEntry, type Window } from '../format';
import { checkedWindow } from '../placed';
import { elementCount } from '../../tensor/tensor';

const MOST_OVERLAP = 4;

/** A piece of a tensor: where it lies in it, and what opens it. */
export interface Piece extends Window {
  open(): TensorEntry;
}

/** The part that two windows of one tensor have in common; undefined where they have none. */
function common(one: Window, other: Window): Window | undefined {
  const begin = one.begin.map((at, axis) => Math.max(at, other.begin[axis]));
  const size = one.size.map(
    (count, axis) => Math.min(one.begin[axis] + count, other.begin[axis] + other.size[axis]) - begin[axis],
  );
  return size.every((count) => count > 0) ? { begin, size } : undefined;
}

/** Copies a part into the tensor of a window in which it lies. */
function place(into: Tensor, window: Window, part: Tensor, at: Window): void {
  const strides = stridesOf(into.shape);
  let from = 0;
  const visit = (axis: number, to: number): void => {
    if (axis === at.size.length) {
      into.data[to] = part.data[from++];
      return;
    }
    for (let index = 0; index < at.size[axis]; index++)
      visit(axis + 1, to + (at.begin[axis] - window.begin[axis] + index) * strides[axis]);
  };
  visit(0, 0);
}

/**
 * A tensor that is kept in pieces, of which those are read that a part of it touches. `wrong` is thrown where the
 * pieces do not lie in it.
 */
export function piecedEntry(
  name: string,
  shape: readonly number[],
  pieces: readonly Piece[],
  options: ReadOptions,
  wrong: () => Error,
): TensorEntry {
  checkedShape(shape);
  const sound = pieces.every(
    ({ begin, size }) =>
      begin.length === shape.length &&
      size.length === shape.length &&
      begin.every((at, axis) => at >= 0 && at + size[axis] <= shape[axis]),
  );
  // Pieces lie beside one another: those of which many are the whole tensor would be read again and again.
  const together = pieces.reduce((sum, { size }) => sum + elementCount(size), 0);
  if (pieces.length === 0 || !sound || together > MOST_OVERLAP * elementCount(shape)) throw wrong();
  const first = pieces[0].open();
  const load = (how: LoadHow = {}): Tensor => {
    const window = checkedWindow(shape, how.window);
    const parts = pieces.flatMap((piece) => {
      const at = common(window, piece);
      return at ? [{ piece, at }] : [];
    });
    const one = { begin: shape.map(() => 0), size: shape.map(() => 1) };
    const dtype = parts.length > 0 ? first.load({ window: one }).dtype : 'float32';
    const wanted = checkedZeros(dtype, window.size, options, how.allocate);
    for (const { piece, at } of parts) {
      const own = { begin: at.begin.map((from, axis) => from - piece.begin[axis]), size: at.size };
      place(wanted, window, piece.open().load({ reading: how.reading, window: own }), at);
    }
    return wanted;
  };
  return { ...first, name, shape, load };
}
