import { sizeAfter } from './relation';
import { faultOf } from './sizes';
import { type Chain, onAxis, type Stage } from './stage';

/**
 * One stage along one axis, its numbers looked up once: thousands of sizes are sent through a chain to find which come
 * back, and what would bring another back. (`sizesOf` says of a single one why it does not go.)
 */
export interface Step {
  /** What it makes of all sizes so far; no whole number above 0 where it does not go. */
  readonly after: (sizes: readonly number[]) => number;
  /** Elements of its input at the end that its last window does not reach. */
  readonly leftOver: (input: number) => number;
  /** By how much it makes the axis smaller (above 1) or larger (below 1). */
  readonly shrink: number;
}

export function shrinkOf(stage: Stage, axis: number): number {
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

function leftOverBy(stage: Stage, axis: number): Step['leftOver'] {
  // A pooling that rounds up has one more window over what would be left.
  if ((stage.kind !== 'conv' && stage.kind !== 'pool') || (stage.kind === 'pool' && stage.ceil)) return () => 0;
  const [begin, end] = onAxis(stage.padding, axis);
  const extent = onAxis(stage.dilation, axis) * (onAxis(stage.kernel, axis) - 1) + 1;
  const stride = onAxis(stage.stride, axis);
  // The padding at the end is left over first: that nobody reads it loses nothing.
  return (input) => Math.max(0, ((input + begin + end - extent) % stride) - end);
}

function afterBy(stage: Stage, axis: number): Step['after'] {
  if (faultOf(stage, axis)) return () => NaN;
  if (stage.kind === 'join') {
    const [begin, end] = onAxis(stage.crop, axis);
    return (sizes) => {
      const here = sizes[sizes.length - 1];
      return stage.from < sizes.length - 1 && sizes[stage.from] - begin - end === here ? here : NaN;
    };
  }
  const after = sizeAfter(stage, axis);
  return (sizes) => after(sizes[sizes.length - 1]);
}

export const stepOf = (stage: Stage, axis: number): Step => ({
  after: afterBy(stage, axis),
  leftOver: leftOverBy(stage, axis),
  shrink: shrinkOf(stage, axis),
});

export const stepsOf = (chain: Chain, axis: number): readonly Step[] => chain.map((stage) => stepOf(stage, axis));

/** Sizes, the input's first, and those after further stages, as far as they go. */
export function follow(steps: readonly Step[], known: readonly number[]): readonly number[] {
  const sizes = [...known];
  for (let at = known.length - 1; at < steps.length; at++) {
    const size = steps[at].after(sizes);
    if (!(Number.isInteger(size) && size >= 1)) break;
    sizes.push(size);
  }
  return sizes;
}

/** Whether these sizes are those after all stages. */
export const isThrough = (steps: readonly Step[], sizes: readonly number[]): boolean =>
  sizes.length === steps.length + 1;

/** Whether what comes out of all stages is of the input's own size. */
export function comesBack(steps: readonly Step[], input: number): boolean {
  const sizes = follow(steps, [input]);
  return isThrough(steps, sizes) && sizes[steps.length] === input;
}
