import { type ByteSource, fetchedSource } from '../core/formats/source';
import { wanting } from './wanting';

/** A file on a disk, as long as it is open. */
export interface OpenPath extends ByteSource {
  close(): void;
}

/** Opens a file by its path; undefined where there is none. Throws a ProblemError for one that cannot be read. */
export type OpenByPath = (path: string) => OpenPath | undefined;

/** So many bytes are asked for at least: a header and what follows it. */
const BLOCK = 256 * 1024;

/** A file of which the asker gives the bytes that are wanted. */
export interface SuppliedSource extends ByteSource {
  give(offset: number, bytes: Uint8Array): void;
  /** What was given since the last call with `true`, which keeps it, is not needed any more. */
  settle(keep: boolean): void;
}

export function suppliedSource(size: number): SuppliedSource {
  let pieces: { readonly offset: number; readonly bytes: Uint8Array; kept: boolean }[] = [];
  const want = (offset: number, length: number): Error => {
    const from = Math.floor(offset / BLOCK) * BLOCK;
    const to = Math.min(size, Math.ceil((offset + length) / BLOCK) * BLOCK);
    return wanting({ want: 'bytes', offset: from, length: to - from });
  };
  const holding = (offset: number, length: number) =>
    pieces.find((piece) => piece.offset <= offset && offset + length <= piece.offset + piece.bytes.length);
  const { read, readInto } = fetchedSource(size, (target, offset) => {
    const piece = holding(offset, target.length);
    if (!piece) throw want(offset, target.length);
    target.set(piece.bytes.subarray(offset - piece.offset, offset - piece.offset + target.length));
    return target.length;
  });
  return {
    size,
    read,
    readInto,
    prepare(offset, length) {
      if (!holding(offset, length)) throw want(offset, length);
    },
    give(offset, bytes) {
      pieces.push({ offset, bytes, kept: false });
    },
    settle(keep) {
      if (keep) for (const piece of pieces) piece.kept = true;
      else pieces = pieces.filter(({ kept }) => kept);
    },
  };
}

/**
 * A path that leads from a file to one beside it or below its folder; undefined for any other: what a file says may
 * lead nowhere else.
 */
export function pathBeside(path: string): string | undefined {
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const leads =
    parts.length > 0 &&
    parts.length < 32 &&
    !/^([\\/]|[a-z]+:)/i.test(path) &&
    !path.includes('\0') &&
    !parts.includes('..');
  return leads ? parts.join('/') : undefined;
}
