import type { LiveReader, Program } from '../../live/reader';

/** Where a program stands, and how it is asked there. */
export interface Place {
  readonly program: Program;
  readonly reader: LiveReader;
  /** The place as one would name it: `train.py:12`. */
  where(): Promise<string>;
}
