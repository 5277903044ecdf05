import type { Chain } from './stage';
import { comesBack, follow, isThrough, type Step, stepsOf } from './steps';

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

/** What the stages that these sizes come from leave over. */
export function lossesOf(steps: readonly Step[], sizes: readonly number[]): readonly Loss[] {
  let worth = 1;
  return steps.slice(0, sizes.length - 1).flatMap(({ leftOver, shrink }, stage): readonly Loss[] => {
    const elements = leftOver(sizes[stage]);
    const loss = { stage, elements, worth: elements * worth };
    worth *= shrink;
    return elements > 0 ? [loss] : [];
  });
}

/** What becomes of an input of this size, along one axis. */
export function rungOf(chain: Chain, axis: number, input: number): Rung {
  const steps = stepsOf(chain, axis);
  const sizes = follow(steps, [input]);
  const output = isThrough(steps, sizes) ? sizes[sizes.length - 1] : undefined;
  return { input, output, returns: output === input, losses: lossesOf(steps, sizes) };
}

/** Sizes that come back, as a rule: all from `from` on that leave this remainder. */
export interface Rule {
  readonly modulus: number;
  readonly remainders: readonly number[];
  readonly from: number;
}

/** Whether from a place on all comes again after so many. Nothing is copied: thousands of periods are tried. */
function isPeriodic(values: readonly boolean[], from: number, period: number): boolean {
  for (let at = from; at + period < values.length; at++) if (values[at] !== values[at + period]) return false;
  return true;
}

/** Sizes that are tried; the strides of twelve stages of stride 2 are 4096. */
const MOST = 8_192;

/**
 * Which sizes come back at their own size along an axis, as a rule if there is one: "multiples of 16" is modulus 16,
 * remainder 0. The modulus divides the product of all strides that make smaller. Undefined where none comes back.
 */
export function ruleOf(chain: Chain, axis: number): Rule | undefined {
  const steps = stepsOf(chain, axis);
  const factors = steps.map(({ shrink }) => Math.max(1, shrink));
  const isWhole = factors.every(Number.isInteger);
  const product = Math.round(factors.reduce((all, each) => all * each, 1));
  const most = Math.min(MOST, Math.max(64, 6 * product));
  const returns = Array.from({ length: most + 1 }, (_, size) => size > 0 && comesBack(steps, size));
  const first = returns.indexOf(true);
  if (first < 0) return undefined;
  // Small sizes may fail for want of room, so what is periodic is looked for in the upper half.
  const half = Math.floor(most / 2);
  for (let modulus = 1; modulus <= product && half + modulus <= most; modulus++) {
    // Of whole factors the product is a period, and the least one divides it.
    if (isWhole && product % modulus > 0) continue;
    if (!isPeriodic(returns, half, modulus)) continue;
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
