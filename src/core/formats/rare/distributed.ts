import { stridesOf } from '../../kernels/positions';
import type { Tensor } from '../../operation';
import {
  brief,
  checkedShape,
  checkedZeros,
  collect,
  type Contents,
  damaged,
  demandEntries,
  type LoadHow,
  type ReadOptions,
  type TensorEntry,
  type Window,
} from '../format';
import { checkedWindow } from '../placed';
import { type ByteSource, headOf, partOf } from '../source';
import { isZip } from '../zip';
import { Cursor } from './cursor';
import { countsOf, isDict, isList, isMade, type Pickled, valueAt } from './pickle';
import { readPickle } from './pickleMachine';
import { readTorchZip } from './torch';

/** A piece of a tensor: where it lies in it, and in which file. */
interface Piece {
  readonly begin: readonly number[];
  readonly size: readonly number[];
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

const damagedMetadata = (): Error => damaged('distributed', 'The list of the checkpoint’s parts is damaged.');

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

/** The one tensor of a piece: each is an archive of its own, somewhere in a file. */
function openPiece({ path, offset, length, size }: Piece, options: ReadOptions): TensorEntry {
  const file = options.beside?.(path);
  if (!file) throw damaged('shard', 'The file "{0}" is not beside this one.', brief(path));
  const { entries } = readTorchZip(partOf(file, offset, length), options);
  const [entry] = entries;
  if (entries.length !== 1 || entry.shape.join() !== size.join()) throw damagedMetadata();
  return entry;
}

function entryOf(name: string, shape: readonly number[], pieces: readonly Piece[], options: ReadOptions): TensorEntry {
  checkedShape(shape);
  const sound = pieces.every(
    ({ begin, size }) =>
      begin.length === shape.length &&
      size.length === shape.length &&
      begin.every((at, axis) => at + size[axis] <= shape[axis]),
  );
  if (pieces.length === 0 || !sound) throw damagedMetadata();
  const first = openPiece(pieces[0], options);
  const load = (how: LoadHow = {}): Tensor => {
    const window = checkedWindow(shape, how.window);
    const parts = pieces.flatMap((piece) => {
      const at = common(window, piece);
      return at ? [{ piece, at }] : [];
    });
    const wanted = checkedZeros(
      parts.length > 0
        ? first.load({ window: { begin: shape.map(() => 0), size: shape.map(() => 1) } }).dtype
        : 'float32',
      window.size,
      options,
      how.allocate,
    );
    for (const { piece, at } of parts) {
      const own = { begin: at.begin.map((from, axis) => from - piece.begin[axis]), size: at.size };
      place(wanted, window, openPiece(piece, options).load({ reading: how.reading, window: own }), at);
    }
    return wanted;
  };
  return { ...first, name, shape, load };
}

/** Offset, length and file of every piece, by the tensor's name and where the piece begins. */
function piecesOf(storage: Pickled | undefined): ReadonlyMap<string, Omit<Piece, 'size'>> {
  const found = new Map<string, Omit<Piece, 'size'>>();
  if (!isDict(storage)) throw damagedMetadata();
  for (const [index, info] of storage.pairs) {
    const name = valueAt(index, 'fqn');
    const begin = countsOf(valueAt(index, 'offset'));
    const path = valueAt(info, 'relative_path');
    const [offset, length] = [valueAt(info, 'offset'), valueAt(info, 'length')];
    if (
      typeof name !== 'string' ||
      typeof path !== 'string' ||
      typeof offset !== 'number' ||
      typeof length !== 'number'
    )
      throw damagedMetadata();
    if (begin) found.set(JSON.stringify([name, begin]), { begin, path, offset, length });
  }
  return found;
}

/** What `torch.distributed.checkpoint` keeps in several files, by the list that it writes beside them. */
function readMetadata(source: ByteSource, options: ReadOptions): Contents {
  const root = readPickle(new Cursor(source));
  const tensors = valueAt(root, 'state_dict_metadata');
  if (!isMade(root) || !isDict(tensors)) throw damagedMetadata();
  const pieces = piecesOf(valueAt(root, 'storage_data'));
  const named = tensors.pairs.map(([name, stated]) => ({ name: typeof name === 'string' ? name : '', stated }));
  return collect(
    named,
    ({ name }) => name,
    ({ name, stated }) => {
      const shape = countsOf(valueAt(stated, 'size'));
      const chunks = valueAt(stated, 'chunks');
      if (!shape || !isList(chunks))
        throw damaged('no-tensor', 'This is no tensor: {0}.', brief(isMade(stated) ? stated.by : 'bytes'));
      const own = chunks.items.map((chunk): Piece => {
        const begin = countsOf(valueAt(chunk, 'offsets'));
        const size = countsOf(valueAt(chunk, 'sizes'));
        const piece = pieces.get(JSON.stringify([name, begin]));
        if (!size || !piece) throw damagedMetadata();
        return { ...piece, size };
      });
      return entryOf(name, shape, own, options);
    },
  );
}

/** A distributed checkpoint, by its `.metadata` or by one of the files that are listed there. */
export function readDistributed(source: ByteSource, options: ReadOptions): Contents {
  const list = isZip(headOf(source, 4)) ? options.beside?.('.metadata') : source;
  if (!list)
    throw damaged(
      'distcp',
      'This is a part of a distributed checkpoint, and the file .metadata that lists its parts is not beside it.',
    );
  return demandEntries(readMetadata(list, options), () => damaged('no-tensors', 'The file holds no tensors.'));
}
