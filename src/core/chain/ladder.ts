import { sizesOf } from './sizes';
import { type Chain, onAxis, type Stage } from './stage';

/** One size of input, and what becomes of it. */
export interface Rung {
  readonly input: number;
  /** Of the last stage; missing where a stage does not go on this size. */
  readonly output: number | undefined;
  /** The input comes back at its own size. */
  readonly returns: boolean;
  /** Where elements are left over at the end, which no window reads. */
  readonly losses: readonly Loss[];
}

export interface Loss {
  /** Counted from 0. */
  readonly stage: number;
  /** Elements of that stage's input that its last window does not reach. */
  readonly elements: number;
  /** What they are worth in elements of the chain's input: times the strides before. */
  readonly worth: number;
}

/** By how much a stage makes an axis smaller (above 1) or larger (below 1). */
export function shrink(stage: Stage, axis: number): number {
  switch (stage.kind) {
    case 'conv':
    case 'pool':
      return onAxis(stage.stride, axis);
    case 'convTranspose':
      return 1 / onAxis(stage.stride, axis);
    case 'resize':
      return 1 / onAxis(stage.scale, axis);
    case 'shuffle':
      return 1 / stage.factor;
    case 'unshuffle':
      return stage.factor;
    default:
      return 1;
  }
}

function leftOver(stage: Stage, axis: number, input: number): number {
  if (stage.kind !== 'conv' && stage.kind !== 'pool') return 0;
  const [begin, end] = onAxis(stage.padding, axis);
  const extent = onAxis(stage.dilation, axis) * (onAxis(stage.kernel, axis) - 1) + 1;
  const stride = onAxis(stage.stride, axis);
  const rest = (input + begin + end - extent) % stride;
  // A pooling that rounds up has one more window over what would be left.
  if (stage.kind === 'pool' && stage.ceil) return 0;
  // The padding at the end is left over first: that nobody reads it loses nothing.
  return Math.max(0, rest - end);
}

/** What becomes of an input of this size, along one axis; the other axes are taken to be of the same size. */
export function rungOf(chain: Chain, axis: number, input: number): Rung {
  const rank = Math.max(axis + 1, 1);
  const { sizes, stop } = sizesOf(chain, new Array<number>(rank).fill(input));
  let worth = 1;
  const losses: Loss[] = [];
  for (const [stage, each] of chain.slice(0, sizes.length - 1).entries()) {
    const elements = leftOver(each, axis, sizes[stage][axis]);
    if (elements > 0) losses.push({ stage, elements, worth: elements * worth });
    worth *= shrink(each, axis);
  }
  const output = stop ? undefined : sizes[sizes.length - 1][axis];
  return { input, output, returns: output === input, losses };
}

/** Sizes that come back, as a rule: all from `from` on that leave this remainder. */
export interface Rule {
  readonly modulus: number;
  readonly remainders: readonly number[];
  readonly from: number;
}

/** Sizes that are tried; the strides of twelve stages of stride 2 are 4096. */
const MOST = 8_192;

/**
 * Which sizes come back at their own size along an axis, as a rule if there is one: "multiples of 16" is modulus 16,
 * remainder 0. The modulus divides the product of all strides that make smaller. Undefined where none comes back.
 */
export function ruleOf(chain: Chain, axis: number): Rule | undefined {
  const product = Math.round(
    chain.map((stage) => Math.max(1, shrink(stage, axis))).reduce((all, each) => all * each, 1),
  );
  const most = Math.min(MOST, Math.max(64, 6 * product));
  const returns = Array.from({ length: most + 1 }, (_, size) => size > 0 && rungOf(chain, axis, size).returns);
  const first = returns.indexOf(true);
  if (first < 0) return undefined;
  // Small sizes may fail for want of room, so what is periodic is looked for in the upper half.
  const half = Math.floor(most / 2);
  for (let modulus = 1; modulus <= product && half + modulus <= most; modulus++) {
    const holds = returns.slice(half, most - modulus + 1).every((each, at) => each === returns[half + at + modulus]);
    if (!holds) continue;
    const remainders = [...new Set(returns.flatMap((each, size) => (each && size >= half ? [size % modulus] : [])))];
    if (remainders.length === 0) return undefined;
    const fits = (size: number): boolean => remainders.includes(size % modulus);
    let from = first;
    for (let size = half; size >= 1; size--) {
      if (fits(size) && !returns[size]) {
        from = returns.indexOf(true, size);
        break;
      }
    }
    return { modulus, remainders: remainders.sort((one, other) => one - other), from };
  }
  return undefined;
}
