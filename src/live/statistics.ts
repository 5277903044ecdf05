import { elementCount } from '../core/tensor/tensor';
import type { CountAnswer, TensorAnswer } from './answer';
import type { LiveReader, Program, ReadOptions } from './reader';
import { refusal } from './sentences';
import { chunksOf, type Window, wholeWindow } from './window';

/** Of all elements of a tensor, counted where it lies. `min`, `max`, `mean` are of the finite ones; 0 without any. */
export interface Counted {
  readonly count: number;
  readonly finite: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** How many of the finite values lie in each of equal bins between the limits; empty without any. */
  readonly histogram: readonly number[];
}

/** Of a histogram that stands in a line. */
const BINS = 24;

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
  const ask = async (window: Window, bins?: readonly [number, number, number]): Promise<CountAnswer> => {
    const answer = await reader.ask(program, expression, { do: 'count', window, bins }, options);
    if (answer.kind !== 'count') throw refusal('changed');
    return answer;
  };
  const all = { count: 0, finite: 0, nan: 0, positiveInfinity: 0, min: Infinity, max: -Infinity, sum: 0 };
  for (const [at, window] of chunks.entries()) {
    const answer = await ask(window);
    all.count += answer.count;
    all.finite += answer.finite;
    all.nan += answer.nan;
    all.positiveInfinity += answer.positiveInfinity;
    all.sum += answer.sum;
    if (answer.finite > 0) {
      all.min = Math.min(all.min, answer.min);
      all.max = Math.max(all.max, answer.max);
    }
    options.onProgress?.((at + 1) / (2 * chunks.length));
  }
  if (all.count !== elementCount(shape)) throw refusal('changed');
  const { sum, ...rest } = all;
  if (all.finite === 0) return { ...rest, min: 0, max: 0, mean: 0, histogram: [] };
  const histogram = Array<number>(BINS).fill(0);
  // Where all values are the same there are no bins between them.
  if (all.max > all.min)
    for (const [at, window] of chunks.entries()) {
      const { histogram: counted = [] } = await ask(window, [BINS, all.min, all.max]);
      counted.forEach((count, bin) => (histogram[bin] += count));
      options.onProgress?.((chunks.length + at + 1) / (2 * chunks.length));
    }
  else histogram[BINS / 2] = all.finite;
  return { ...rest, mean: sum / all.finite, histogram };
}

const BARS = '▁▂▃▄▅▆▇█';

/** A histogram as a line of text. A bin that has anything in it is told from one that has not. */
export function barsOf(histogram: readonly number[]): string {
  const most = Math.max(...histogram);
  return histogram
    .map((count) => (count === 0 ? ' ' : BARS[Math.min(BARS.length - 1, Math.floor((count / most) * BARS.length))]))
    .join('');
}
