import { damaged } from './format';

/**
 * Bytes that are read where they are wanted, whatever holds them: a file on a disk, a file that was read whole, a part
 * of either. A reader asks for a header and for the numbers that it shows, and never for the rest.
 */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Exactly these bytes, which may be memory of the source's own. Throws a ProblemError where the file ends before. */
  read(offset: number, length: number): Uint8Array;
  /** The same, written into `target`, of which they fill all; without memory of their own where the source can. */
  readInto(offset: number, target: Uint8Array): void;
  /** Says that these bytes will be read soon, so that they can be fetched in one go where that takes time. */
  prepare?(offset: number, length: number): void;
}

function requireWithin(size: number, offset: number, length: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= size))
    throw damaged('truncated', 'The file ends after {0} bytes; it should have {1} at least.', size, offset + length);
}

/** Bytes that are in memory as a whole. */
export function memorySource(bytes: Uint8Array): ByteSource {
  const read = (offset: number, length: number): Uint8Array => {
    requireWithin(bytes.length, offset, length);
    return bytes.subarray(offset, offset + length);
  };
  return {
    size: bytes.length,
    read,
    readInto(offset, target) {
      target.set(read(offset, target.length));
    },
  };
}

/** What fills a piece of memory with the bytes that stand at an offset; answers how many there were. */
export type Fill = (target: Uint8Array, offset: number) => number;

/** Bytes that are fetched whenever they are asked for, as those of a file on a disk. */
export function fetchedSource(size: number, fill: Fill): ByteSource {
  const readInto = (offset: number, target: Uint8Array): void => {
    requireWithin(size, offset, target.length);
    for (let at = 0; at < target.length;) {
      const count = fill(target.subarray(at), offset + at);
      // It has become shorter since it was opened.
      if (count <= 0) throw damaged('shorter', 'The file has become shorter while it was read.');
      at += count;
    }
  };
  return {
    size,
    readInto,
    read(offset, length) {
      requireWithin(size, offset, length);
      const bytes = new Uint8Array(length);
      readInto(offset, bytes);
      return bytes;
    },
  };
}

/** A stretch of another source as a source of its own. Throws a ProblemError where it reaches beyond its end. */
export function partOf(source: ByteSource, offset: number, size: number): ByteSource {
  requireWithin(source.size, offset, size);
  return {
    size,
    read(at, length) {
      requireWithin(size, at, length);
      return source.read(offset + at, length);
    },
    readInto(at, target) {
      requireWithin(size, at, target.length);
      source.readInto(offset + at, target);
    },
    prepare(at, length) {
      source.prepare?.(offset + at, length);
    },
  };
}

/** The first bytes, as many as there are. */
export const headOf = (source: ByteSource, most: number): Uint8Array => source.read(0, Math.min(most, source.size));

/** All bytes, of a kind of file that cannot be read in parts. Throws a ProblemError above the limit. */
export function wholeOf(source: ByteSource, limit: number): Uint8Array {
  if (source.size > limit)
    throw damaged('large', 'The file has {0} bytes; of this kind at most {1} are read.', source.size, limit);
  return source.read(0, source.size);
}

/**
 * A source that is opened when it is first read, and kept no longer than the work under way: what was unpacked for it
 * is free afterwards.
 */
export function lazySource(size: number, open: () => ByteSource): ByteSource {
  let opened: WeakRef<ByteSource> | undefined;
  const source = (): ByteSource => {
    // A target of a WeakRef lives at least until the present turn is over.
    const known = opened?.deref();
    if (known) return known;
    const fresh = open();
    opened = new WeakRef(fresh);
    return fresh;
  };
  return {
    size,
    read: (offset, length) => source().read(offset, length),
    readInto: (offset, target) => {
      source().readInto(offset, target);
    },
  };
}
