/** A chunk of a signal through a causal transposed convolution. */
export interface CausalChunk {
  /** Inputs of the chunk. */
  readonly first: number;
  readonly count: number;
  /** What earlier chunks stamped beyond their end: `max(K − s, 0)` sums. */
  readonly incoming: readonly number[];
  /** The chunk's own stamps added to that, `count·s + max(K − s, 0)` sums. */
  readonly summed: readonly number[];
  /** The first `count·s` of them: what can be played now. */
  readonly out: readonly number[];
  /** The rest: no later input is missing from what was played, but these still wait for theirs. */
  readonly outgoing: readonly number[];
}

/** A transposed convolution of a signal without padding, trimmed at the end, whole and chunk by chunk. */
export interface Causal {
  /** All sums of all stamps: `(i − 1)s + K` of them, or `i·s` where that is more. */
  readonly stamped: readonly number[];
  /** The first `i·s`. */
  readonly whole: readonly number[];
  /** Those that are trimmed, `max(K − s, 0)`. */
  readonly trimmed: readonly number[];
  readonly chunks: readonly CausalChunk[];
  /** The largest difference between the chunks' outputs, one after another, and the whole. */
  readonly difference: number;
}

/** Stamps inputs one after another on sums that are there. */
function stamp(
  sums: number[],
  inputs: readonly number[],
  weight: readonly number[],
  stride: number,
  dilation: number,
): void {
  inputs.forEach((value, site) =>
    weight.forEach((tap, at) => {
      sums[site * stride + at * dilation] += value * tap;
    }),
  );
}

/**
 * Output `q` of a transposed convolution without padding is made of inputs up to `⌊q/s⌋` alone: it looks at nothing
 * that is to come. Its last `K − s` sums would need inputs after the end, so that a causal layer trims them (as EnCodec
 * and streaming vocoders do, `trim_right_ratio = 1`). Chunk by chunk they are the state that is carried over: the sums
 * of each output are the same, in the same order.
 */
export function causalOf(
  input: readonly number[],
  weight: readonly number[],
  stride: number,
  dilation: number,
  chunk: number,
): Causal {
  const extent = dilation * (weight.length - 1) + 1;
  const carried = Math.max(0, extent - stride);
  const stamped = new Array<number>(input.length * stride + carried).fill(0);
  stamp(stamped, input, weight, stride, dilation);
  const whole = stamped.slice(0, input.length * stride);
  const chunks: CausalChunk[] = [];
  let state: readonly number[] = new Array<number>(carried).fill(0);
  for (let first = 0; first < input.length; first += chunk) {
    const part = input.slice(first, first + chunk);
    const summed = [...state, ...new Array<number>(part.length * stride).fill(0)];
    stamp(summed, part, weight, stride, dilation);
    const outgoing = summed.slice(part.length * stride);
    chunks.push({
      first,
      count: part.length,
      incoming: state,
      summed,
      out: summed.slice(0, part.length * stride),
      outgoing,
    });
    state = outgoing;
  }
  const played = chunks.flatMap(({ out }) => out);
  const difference = whole.reduce((most, value, at) => {
    const apart = Object.is(value, played[at]) ? 0 : Math.abs(value - played[at]);
    return Math.max(most, apart);
  }, 0);
  return { stamped, whole, trimmed: stamped.slice(input.length * stride), chunks, difference };
}

/** Padding and output padding by which the document's own layer is that: the end cut by `K − s`, or lengthened. */
export const causalPadding = (
  extent: number,
  stride: number,
): { readonly padEnd: number; readonly outputPadding: number } => ({
  padEnd: Math.max(0, extent - stride),
  outputPadding: Math.max(0, stride - extent),
});
