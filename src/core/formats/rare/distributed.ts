import { brief, collect, type Contents, damaged, demandEntries, type ReadOptions, type TensorEntry } from '../format';
import { type ByteSource, headOf, partOf } from '../source';
import { isZip } from '../zip';
import { Cursor } from './cursor';
import { countsOf, isDict, isList, isMade, type Pickled, valueAt } from './pickle';
import { readPickle } from './pickleMachine';
import { piecedEntry } from './pieces';
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

/** The one tensor of a piece: each is an archive of its own, somewhere in a file. */
function openPiece({ path, offset, length, size }: Piece, options: ReadOptions): TensorEntry {
  const file = options.beside?.(path);
  if (!file) throw damaged('shard', 'The file "{0}" is not beside this one.', brief(path));
  const { entries } = readTorchZip(partOf(file, offset, length), options);
  const [entry] = entries;
  if (entries.length !== 1 || entry.shape.join() !== size.join()) throw damagedMetadata();
  return entry;
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
  const places = piecesOf(valueAt(root, 'storage_data'));
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
        const piece = places.get(JSON.stringify([name, begin]));
        if (!size || !piece) throw damagedMetadata();
        return { ...piece, size };
      });
      const pieces = own.map((piece) => ({ ...piece, open: () => openPiece(piece, options) }));
      return piecedEntry(name, shape, pieces, options, damagedMetadata);
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
