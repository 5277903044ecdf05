import { elementCount } from '../core/tensor/tensor';
import type { TensorAnswer } from './answer';
import type { LiveReader, Program, ReadOptions } from './reader';
import { refusal } from './sentences';
import { chunksOf, wholeWindow } from './window';

/** Of all elements of a tensor, counted where it lies. `min`, `max`, `mean` are of the finite ones; 0 without any. */
export interface Counted {
  readonly count: number;
  readonly finite: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** So many elements are counted for each question: some tens of milliseconds, in which nothing can be stopped. */
const MOST_COUNTED = 2 ** 22;

/**
 * Counts all of a tensor in the program, in pieces, so that it can be broken off between two of them and never holds
 * the session for long. Nothing but the counts crosses.
 */
export async function countWhole(
  reader: LiveReader,
  program: Program,
  expression: string,
  { shape }: TensorAnswer,
  options: Pick<ReadOptions, 'signal' | 'onProgress'> = {},
): Promise<Counted> {
  const chunks = chunksOf(wholeWindow(shape), MOST_COUNTED);
  const all = { count: 0, finite: 0, nan: 0, positiveInfinity: 0, min: Infinity, max: -Infinity, sum: 0 };
  for (const [at, window] of chunks.entries()) {
    const answer = await reader.ask(program, expression, { do: 'count', window }, options);
    if (answer.kind !== 'count') throw refusal('changed');
    all.count += answer.count;
    all.finite += answer.finite;
    all.nan += answer.nan;
    all.positiveInfinity += answer.positiveInfinity;
    all.sum += answer.sum;
    if (answer.finite > 0) {
      all.min = Math.min(all.min, answer.min);
      all.max = Math.max(all.max, answer.max);
    }
    options.onProgress?.((at + 1) / chunks.length);
  }
  if (all.count !== elementCount(shape)) throw refusal('changed');
  const { sum, ...rest } = all;
  return all.finite === 0 ? { ...rest, min: 0, max: 0, mean: 0 } : { ...rest, mean: sum / all.finite };
}
