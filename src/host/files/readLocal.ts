import { open } from 'node:fs/promises';
import { CancelledError } from '../../engine/cancel';

/** Who waits for a file that takes its time. */
export interface Waiting {
  /** How much of it has been read, from 0 to 1. */
  told(done: number): void;
  isCancelled(): boolean;
}

export type ReadLocal = (path: string, size: number, waiting: Waiting) => Promise<Uint8Array>;

/** So many bytes at a time: some milliseconds, in which nobody can break off. */
const PIECE = 16 * 2 ** 20;

/**
 * Reads a file of this machine piece by piece, so that it can be told how far that is, and broken off; what VS Code and
 * Node read as a whole, moreover, may not be larger than 2 GiB. Rejects with a CancelledError when it is broken off.
 */
export const readLocal: ReadLocal | undefined = async (path, size, waiting) => {
  const bytes = new Uint8Array(size);
  const file = await open(path);
  try {
    for (let at = 0; at < size;) {
      if (waiting.isCancelled()) throw new CancelledError();
      const { bytesRead } = await file.read(bytes, at, Math.min(PIECE, size - at), at);
      // It has become shorter meanwhile.
      if (bytesRead === 0) return bytes.slice(0, at);
      at += bytesRead;
      waiting.told(at / size);
    }
    return bytes;
  } finally {
    await file.close();
  }
};
