import { type Zippable, zipSync } from 'fflate';
import type { CsrMatrix, Tensor } from '../operation';
import { type Format, type ReadOptions, type TensorEntry, damaged } from './format';
import { npyEntry, writeNpy, writeNpyArray } from './npy';
import { readNpyHeader } from './npyHeader';
import { type ZipMember, isZip, listZip } from './zip';

/** Enough for any header that is read; the numbers behind it stay packed until they are asked for. */
const HEADER_BYTES = 12 + 10_000;

function entryOf(member: ZipMember, options: ReadOptions): TensorEntry {
  const header = readNpyHeader(member.head(HEADER_BYTES), member.size, options);
  return {
    name: member.name.replace(/\.npy$/, ''),
    shape: header.shape,
    source: header.descr,
    load: () => npyEntry(member.unpack(), member.name, options).load(),
  };
}

export const npz: Format = {
  id: 'npz',
  extensions: ['npz'],
  match: (head) => isZip(head),
  read(bytes, options) {
    const all = listZip(bytes, options);
    if (all.some((member) => member.name.endsWith('data.pkl'))) {
      throw damaged(
        'pickle',
        'This is a PyTorch checkpoint: it holds pickled code, which is never executed. Save the tensors with safetensors or numpy.save.',
      );
    }
    const members = all.filter((member) => member.name.endsWith('.npy'));
    if (members.length === 0) throw damaged('npz-empty', 'The archive holds no .npy arrays.');
    const entries: TensorEntry[] = [];
    let first: unknown;
    for (const member of members) {
      // An array of strings or objects is passed over: it must not make the weights beside it unreadable.
      try {
        entries.push(entryOf(member, options));
      } catch (error) {
        first ??= error;
      }
    }
    if (entries.length === 0) throw first;
    return entries;
  },
};

/**
 * The earliest time that a zip archive can state, as NumPy writes it, so that the same tensors make the same file.
 * Times in zip archives are local.
 */
const MTIME = new Date(1980, 0, 1);

/** Several tensors as `numpy.savez_compressed` stores them, by name. */
export function writeNpz(tensors: Readonly<Record<string, Tensor>>): Uint8Array {
  const members: Zippable = {};
  for (const [name, tensor] of Object.entries(tensors)) members[`${name}.npy`] = writeNpy(tensor);
  return zipSync(members, { mtime: MTIME });
}

/**
 * C as `scipy.sparse.save_npz` stores a CSR matrix; `scipy.sparse.load_npz` reads it. `transposed` writes Cᵀ from the
 * same arrays: by columns they are its own (CSC). Level 1: the matrix is large and the user waits. Throws a
 * ProblemError above 2³¹ − 1 rows, columns or entries.
 */
export function writeSparseNpz(matrix: CsrMatrix, transposed = false): Uint8Array {
  const { rows, columns, rowPointers, columnIndices, values } = matrix;
  const most = 2 ** 31 - 1;
  if (Math.max(rows, columns, columnIndices.length) > most) {
    throw damaged(
      'matrix-large',
      'A matrix of {0} × {1} with {2} entries is too large for 32-bit indices.',
      rows,
      columns,
      columnIndices.length,
    );
  }
  const int32 = (indices: ArrayLike<number>): Uint8Array => writeNpyArray(Int32Array.from(indices), [indices.length]);
  return zipSync(
    {
      'indices.npy': int32(columnIndices),
      'indptr.npy': int32(rowPointers),
      'format.npy': formatMember(transposed ? 'csc' : 'csr'),
      'shape.npy': writeNpyArray(transposed ? Int32Array.of(columns, rows) : Int32Array.of(rows, columns), [2]),
      'data.npy': writeNpyArray(values, [values.length]),
    },
    { level: 1, mtime: MTIME },
  );
}

/** A scalar array of bytes, dtype `|S3` for three of them. */
function formatMember(text: string): Uint8Array {
  const dictionary = `{'descr': '|S${text.length}', 'fortran_order': False, 'shape': (), }`;
  const header = dictionary.padEnd(128 - 11) + '\n';
  const bytes = new Uint8Array(128 + text.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  bytes.set(
    Array.from(header + text, (character) => character.charCodeAt(0)),
    10,
  );
  return bytes;
}
