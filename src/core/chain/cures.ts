import { type Loss, rungOf } from './ladder';
import { sizesOf } from './sizes';
import { type Chain, onAxis, type Stage } from './stage';

/** One number of one stage. */
export interface Change {
  /** Counted from 0. */
  readonly stage: number;
  readonly change: 'outputPadding' | 'padding';
  readonly value: number;
}

/** Changes of stages by which the size comes back, and what comes of them. */
export interface Cure {
  readonly changes: readonly Change[];
  readonly chain: Chain;
  /** After each stage, the input's first. */
  readonly sizes: readonly number[];
  /** What is not read all the same: it comes back as the bias alone. */
  readonly losses: readonly Loss[];
}

/** The chain with numbers changed along an axis; on every axis where a stage had one number for all. */
function changed(chain: Chain, axis: number, changes: readonly Change[]): Chain {
  const put = <Value>(values: readonly Value[], each: Value): readonly Value[] =>
    values.length === 1 ? [each] : values.map((old, at) => (at === axis ? each : old));
  return chain.map((stage, at) =>
    changes.reduce((now: Stage, { stage: where, change, value }): Stage => {
      if (where !== at || !('padding' in now)) return now;
      if (change === 'padding') return { ...now, padding: put(now.padding, [value, value] as const) };
      return now.kind === 'convTranspose' ? { ...now, outputPadding: put(now.outputPadding, value) } : now;
    }, stage),
  );
}

/** Of pairs so many paddings of each are tried: together they are many, and larger ones are nobody's choice. */
const MOST_IN_PAIRS = 8;
const paddingsOf = (stage: Stage, at: number, axis: number, most = Infinity): readonly Change[] =>
  'padding' in stage
    ? Array.from({ length: Math.min(most, onAxis(stage.kernel, axis)) }, (_, value) => ({
        stage: at,
        change: 'padding' as const,
        value,
      }))
    : [];

function outputPaddingsOf(stage: Stage, at: number, axis: number): readonly Change[] {
  if (stage.kind !== 'convTranspose') return [];
  const most = Math.max(onAxis(stage.stride, axis), onAxis(stage.dilation, axis));
  return Array.from({ length: most }, (_, value) => ({ stage: at, change: 'outputPadding' as const, value }));
}

/** The cure that these changes are; undefined where the size does not come back, or nothing is changed. */
function cureOf(chain: Chain, axis: number, input: number, changes: readonly Change[]): Cure | undefined {
  const cured = changed(chain, axis, changes);
  const { returns, losses } = rungOf(cured, axis, input);
  if (!returns) return undefined;
  const own = changes.filter((change) => JSON.stringify(changed(chain, axis, [change])) !== JSON.stringify(chain));
  if (own.length === 0) return undefined;
  const { sizes } = sizesOf(cured, new Array<number>(axis + 1).fill(input));
  return { changes: own, chain: cured, sizes: sizes.map((each) => each[axis]), losses };
}

/** Changes of output padding or padding of one transposed stage that bring this size back, the least first. */
function singleCures(chain: Chain, axis: number, input: number): readonly Cure[] {
  return chain.flatMap((stage, at) =>
    stage.kind === 'convTranspose'
      ? [...outputPaddingsOf(stage, at, axis), ...paddingsOf(stage, at, axis)].flatMap(
          (change) => cureOf(chain, axis, input, [change]) ?? [],
        )
      : [],
  );
}

/**
 * Where a stage leaves something over, no change of another makes it read that: its own padding is made larger, and the
 * transposed stage that undoes it takes as much away again. Of each pair the cure that loses nothing and changes least.
 */
function pairedCures(chain: Chain, axis: number, input: number): readonly Cure[] {
  const cost = ({ changes }: Cure): number => changes.reduce((all, { value }) => all + value, 0);
  return rungOf(chain, axis, input).losses.flatMap(({ stage: lossy }) => {
    const reads = paddingsOf(chain[lossy], lossy, axis, MOST_IN_PAIRS).filter(
      (own) => !rungOf(changed(chain, axis, [own]), axis, input).losses.some(({ stage }) => stage === lossy),
    );
    return chain.flatMap((stage, at) => {
      if (at <= lossy || stage.kind !== 'convTranspose') return [];
      const found = reads.flatMap((own) =>
        paddingsOf(stage, at, axis, MOST_IN_PAIRS).flatMap((other) =>
          outputPaddingsOf(stage, at, axis).flatMap((more) => cureOf(chain, axis, input, [own, other, more]) ?? []),
        ),
      );
      const whole = found.filter(({ changes, losses }) => losses.length === 0 && changes[0].stage === lossy);
      return whole.sort((one, other) => cost(one) - cost(other)).slice(0, 1);
    });
  });
}

/** What would bring this size back: pairs that lose nothing first, then changes of one stage, the least first. */
export const curesOf = (chain: Chain, axis: number, input: number): readonly Cure[] => [
  ...pairedCures(chain, axis, input),
  ...singleCures(chain, axis, input),
];
