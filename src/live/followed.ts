import type { Tensor } from '../core/operation';
import { type Change, changeBetween } from '../core/tensor/change';
import type { LiveLayer, LiveTensor } from './reader';

/** What an expression was when the program had stopped. */
export interface Stop {
  /** Counted from 1 as long as the expression is followed. */
  readonly number: number;
  /** Where that was: `train.py:12`. */
  readonly place: string;
  readonly read: LiveTensor | LiveLayer;
  /** Against the stop before; absent for the first one, and where the shape is another one. */
  readonly change?: Change;
}

/** The tensor of what was read that changes: of a layer, its weight. */
export const mainTensor = (read: LiveTensor | LiveLayer): LiveTensor => (read.kind === 'layer' ? read.weight : read);

/** The expression of that tensor, from the one of what was read. */
export const mainExpression = (expression: string, read: LiveTensor | LiveLayer): string =>
  read.kind === 'layer' ? `(${expression})${read.ends.weight}` : expression;

const bytesOf = ({ data }: Tensor): number => data.byteLength;

/** So many bytes of what was are kept for one expression; the newest stop always is. */
const MOST_KEPT = 128 * 2 ** 20;
const MOST_STOPS = 200;

/** What an expression has been from stop to stop. */
export class Followed {
  private readonly kept: Stop[] = [];
  private counted = 0;

  get stops(): readonly Stop[] {
    return this.kept;
  }

  get last(): Stop | undefined {
    return this.kept.at(-1);
  }

  add(read: LiveTensor | LiveLayer, place: string): Stop {
    const before = this.last && mainTensor(this.last.read).values;
    const now = mainTensor(read).values;
    const stop = { number: ++this.counted, place, read, change: before && changeBetween(before, now) };
    this.kept.push(stop);
    let bytes = this.kept.reduce((all, each) => all + bytesOf(mainTensor(each.read).values), 0);
    while (this.kept.length > 1 && (bytes > MOST_KEPT || this.kept.length > MOST_STOPS))
      bytes -= bytesOf(mainTensor(this.kept.shift()!.read).values);
    return stop;
  }

  /** What was read at a stop, and at the one before it, where both are kept. */
  pair(number: number): readonly [before: Stop, after: Stop] | undefined {
    const at = this.kept.findIndex((stop) => stop.number === number);
    return at > 0 ? [this.kept[at - 1], this.kept[at]] : undefined;
  }
}
