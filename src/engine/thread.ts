import type { Port } from '../protocol/rpc';

/** A thread as the one who started it sees it, whatever the host makes it of. */
export interface Thread {
  readonly port: Port;
  /** Ends it at once, whatever it is doing. */
  end(): Promise<void>;
}

/** Starts a thread. `ended` hears once, and never before this has returned, that it is over and why. */
export type StartThread = (ended: (reason: Error) => void) => Thread;
