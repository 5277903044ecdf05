import { CancelledError } from '../cancel';

/** Which tensor values are of, and how often those had been changed. */
export interface TensorKey {
  readonly id: number;
  readonly version: number;
}

export interface InputKey extends TensorKey {
  /** The input is some planes of that tensor, from this one on: then what is made of it, ready to be read, is kept. */
  readonly plane?: number;
}

/** What a caller can see and say while work is under way; all of it optional. */
export interface Hooks {
  /** Asked between blocks of work; when true, the call throws `CancelledError`. */
  cancelled?(): boolean;
  /** `done` runs from 0 to 1; not called for work shorter than 200 ms. */
  progress?(done: number): void;
  /** The weight's identity: packed weights are kept under it, and made anew when `version` changes. */
  readonly weightKey?: TensorKey;
  /** The input's identity: where it stands elsewhere, its copy is kept under it until `version` changes. */
  readonly inputKey?: InputKey;
  /**
   * Leaves out Winograd's minimal filtering, which multiplies less and rounds differently: every sum is then made of
   * the products that the definition has.
   */
  readonly direct?: boolean;
}

const SILENT_MS = 200;
const INTERVAL_MS = 50;

/**
 * A function to call after some tasks, with their number: it stops cancelled work and reports the progress of long
 * work.
 */
export function createWatch({ cancelled, progress }: Hooks, tasks: number): (advanced: number) => void {
  let done = 0;
  let nextReport = progress ? performance.now() + SILENT_MS : Infinity;
  return (advanced) => {
    done += advanced;
    if (cancelled?.()) throw new CancelledError();
    if (!progress) return;
    const now = performance.now();
    if (now < nextReport) return;
    nextReport = now + INTERVAL_MS;
    progress(Math.min(1, done / tasks));
  };
}
