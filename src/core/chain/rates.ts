import { receptiveField, spanOf } from './field';
import type { ChainSizes } from './sizes';
import { type Chain, onAxis, type Stage } from './stage';
import { shrinkOf } from './steps';

/** A stage's output along time: how many elements, and how far apart they are. */
export interface StageRate {
  readonly size: number;
  /** Samples of the chain's input from one element to the next; below 1 where there are more of them. */
  readonly hop: number;
  /** Elements a second. */
  readonly rate: number;
  readonly milliseconds: number;
}

/** Of the input and after every stage that goes; `rate` is the input's, in samples a second. */
export function ratesOf(chain: Chain, { sizes }: ChainSizes, rate: number): readonly StageRate[] {
  let hop = 1;
  return sizes.map(([size], at) => {
    if (at > 0) hop *= shrinkOf(chain[at - 1], 0);
    return { size, hop, rate: rate / hop, milliseconds: (1000 * size * hop) / rate };
  });
}

/** By how much a transposed convolution misses `i·s`, and the four terms of that. */
export interface Miss {
  /** Counted from 0. */
  readonly stage: number;
  readonly input: number;
  readonly output: number;
  readonly stride: number;
  /** `K − s`. */
  readonly overhang: number;
  /** `p_begin + p_end`. */
  readonly cropped: number;
  readonly outputPadding: number;
  /** `o − i·s = K − s + op − p_begin − p_end`. */
  readonly by: number;
}

function missOf(stage: Stage, at: number, input: number, output: number): Miss | undefined {
  if (stage.kind !== 'convTranspose') return undefined;
  const stride = onAxis(stage.stride, 0);
  const [begin, end] = onAxis(stage.padding, 0);
  const overhang = onAxis(stage.dilation, 0) * (onAxis(stage.kernel, 0) - 1) + 1 - stride;
  const by = output - input * stride;
  const outputPadding = onAxis(stage.outputPadding, 0);
  return by === 0 ? undefined : { stage: at, input, output, stride, overhang, cropped: begin + end, outputPadding, by };
}

/** The transposed convolutions of a chain that do not give exactly as many elements as their stride says. */
export const missesOf = (chain: Chain, { sizes }: ChainSizes): readonly Miss[] =>
  chain.slice(0, sizes.length - 1).flatMap((stage, at) => missOf(stage, at, sizes[at][0], sizes[at + 1][0]) ?? []);

/** What an output hears of the input, in input samples around the moment at which it stands. */
export interface Hearing {
  readonly samples: number;
  /** From the first sample that it hears to its own moment, and from there to the last; below 0: none. */
  readonly before: number;
  readonly ahead: number;
}

/** Of an element of a stage's output; nothing where it hears nothing. */
export function hearingOf(
  chain: Chain,
  sizes: ChainSizes,
  rates: readonly StageRate[],
  stage: number,
  place: number,
): Hearing | undefined {
  const [field] = receptiveField(chain, sizes, stage, [place]);
  const span = spanOf(field, 0);
  if (!span) return undefined;
  // The moment of an element is where its share of time begins.
  const moment = Math.floor(place * rates[stage].hop);
  return { samples: span[1] - span[0] + 1, before: moment - span[0], ahead: span[1] - moment };
}
