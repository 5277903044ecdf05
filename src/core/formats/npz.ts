import { type Zippable, zipSync } from 'fflate';
import type { CsrMatrix, Tensor } from '../operation';
import {
  collect,
  damaged,
  demandEntries,
  type Format,
  type LeftOut,
  type ReadOptions,
  type TensorEntry,
} from './format';
import { npyEntry, writeNpy, writeNpyArray } from './npy';
import { isNpy } from './npyHeader';
import { type ByteSource, lazySource, memorySource } from './source';
import { knownUnread } from './unread';
import { type ZipMember, isZip, listZip } from './zip';

/** Enough for any header that is read; the numbers behind it stay packed until they are asked for. */
const HEADER_BYTES = 12 + 10_000;

/** A member as a source that is unpacked when more of it is wanted than its beginning. */
function sourceOf(member: ZipMember): ByteSource {
  // What is no longer than its beginning is opened at once: then its checksum is looked at.
  if (member.size <= HEADER_BYTES) return member.open();
  const head = memorySource(member.head(HEADER_BYTES));
  const whole = lazySource(member.size, () => member.open());
  const holding = (offset: number, length: number): ByteSource => (offset + length <= head.size ? head : whole);
  return {
    size: member.size,
    read: (offset, length) => holding(offset, length).read(offset, length),
    readInto: (offset, target) => {
      holding(offset, target.length).readInto(offset, target);
    },
  };
}

const entryOf = (member: ZipMember, options: ReadOptions): TensorEntry =>
  npyEntry(sourceOf(member), member.name.replace(/\.npy$/, ''), options);

/** Whether NumPy would take the member for an array: by its beginning, whatever it is called. */
function holdsArray(member: ZipMember): boolean {
  return member.name.endsWith('.npy') || (!member.name.endsWith('/') && isNpy(member.head(8)));
}

const notArrays = (members: readonly ZipMember[]): LeftOut[] =>
  members.map(({ name }) => ({ name, why: damaged('member', 'The member is no array.').problems[0] }));

export const npz: Format = {
  id: 'npz',
  extensions: ['npz'],
  match: (head, name) => isZip(head) && knownUnread(head, name) === undefined,
  read(source, options) {
    const all = listZip(source, options).filter(({ name }) => !name.endsWith('/'));
    const arrays = all.filter(holdsArray);
    if (arrays.length === 0) throw damaged('npz-empty', 'The archive holds no .npy arrays.');
    // An array of strings or objects is passed over: it must not make the weights beside it unreadable.
    const { entries, left } = collect(
      arrays,
      ({ name }) => name,
      (member) => entryOf(member, options),
    );
    const others = all.filter((member) => !arrays.includes(member));
    return demandEntries({ entries, left: [...left, ...notArrays(others)] }, () =>
      damaged('npz-empty', 'The archive holds no .npy arrays.'),
    );
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
