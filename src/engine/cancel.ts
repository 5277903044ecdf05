import type { CancelFlag } from '../protocol/engine';

/** The rejection of work that its asker no longer wants. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('Cancelled.');
  }
}

export const createCancelFlag = (): CancelFlag => new SharedArrayBuffer(4);

export function raise(flag: CancelFlag): void {
  Atomics.store(new Int32Array(flag), 0, 1);
}

export function isRaised(flag: CancelFlag | undefined): boolean {
  return flag !== undefined && Atomics.load(new Int32Array(flag), 0) !== 0;
}

export function throwIfRaised(flag: CancelFlag | undefined): void {
  if (isRaised(flag)) throw new CancelledError();
}
