import type { Level } from '../../python/problemCodes';
import type { FileProblem } from '../problems';

/** Everything that a check found, as the formats write it. */
export interface Checked {
  readonly problems: readonly FileProblem[];
  /** Every file that was read, in the order in which that was done. */
  readonly files: readonly string[];
  /** Files that cannot be told of in full, and why. */
  readonly remarks: readonly { readonly file: string; readonly remark: string }[];
  readonly version: string;
}

export const countOf = (problems: readonly FileProblem[], level: Level): number =>
  problems.filter((each) => each.level === level).length;

/** A problem’s words, and the framework’s own behind them. */
export const wordsOf = ({ message, framework }: FileProblem): string =>
  framework === undefined ? message : `${message} (${framework})`;
