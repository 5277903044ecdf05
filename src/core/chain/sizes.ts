import { problem, type Problem } from '../problem';
import { relationOf } from './relation';
import { type Chain, onAxis, type Stage } from './stage';

type Join = Extract<Stage, { readonly kind: 'join' }>;

/** The sizes of a chain on an input: of the input, and after each stage, along each axis. */
export interface ChainSizes {
  /** As many as there are stages that could be run, and one: the input's. */
  readonly sizes: readonly (readonly number[])[];
  /** The first stage that does not go, counted from 0, and why. */
  readonly stop?: { readonly stage: number; readonly problem: Problem };
}

const refused = (code: string, template: string, ...args: readonly (string | number)[]): Problem =>
  problem({ code, field: 'document', template, args });

/** Why a stage cannot be, on any input. */
export function faultOf(stage: Stage, axis: number): Problem | undefined {
  if (stage.kind === 'convTranspose') {
    const op = onAxis(stage.outputPadding, axis);
    const [stride, dilation] = [onAxis(stage.stride, axis), onAxis(stage.dilation, axis)];
    if (op >= stride && op >= dilation)
      return refused(
        'chain-op',
        'output padding {0} must be smaller than stride {1} or dilation {2}',
        op,
        stride,
        dilation,
      );
  }
  if (stage.kind === 'pool') {
    const [begin, end] = onAxis(stage.padding, axis);
    const kernel = onAxis(stage.kernel, axis);
    if (2 * Math.max(begin, end) > kernel)
      return refused('chain-pool', 'padding of a pooling is at most half of its kernel of {0}', kernel);
  }
  return undefined;
}

/** What a skip brings of these sizes: all, or what cropping leaves of it. */
export const broughtBy = ({ crop }: Join, there: readonly number[]): readonly number[] =>
  there.map((size, axis) => relationOf({ kind: 'crop', sides: crop }, axis, size).output);

function join(stage: Join, sizes: ChainSizes['sizes']): Problem | undefined {
  const here = sizes[sizes.length - 1];
  const there = sizes.at(stage.from);
  if (stage.from >= sizes.length - 1 || !there)
    return refused('chain-before', 'stage {0} is not before this one', stage.from);
  const brought = broughtBy(stage, there);
  if (here.join() === brought.join()) return undefined;
  const numbers = [here.join('×'), brought.join('×'), stage.from];
  return brought.join() === there.join()
    ? refused('chain-join', '{0} here, but {1} after stage {2}', ...numbers)
    : refused('chain-join-cropped', '{0} here, but {1} is left of what comes from stage {2}', ...numbers);
}

function after(stage: Stage, sizes: ChainSizes['sizes']): readonly number[] | Problem {
  const before = sizes[sizes.length - 1];
  if (stage.kind === 'join') return join(stage, sizes) ?? before;
  const next = before.map((size, axis) => relationOf(stage, axis, size).output);
  const fault = before.map((_, axis) => faultOf(stage, axis)).find((each) => each !== undefined);
  if (fault) return fault;
  const bad = next.findIndex((size) => !Number.isInteger(size) || size < 1);
  if (bad < 0) return next;
  return Number.isInteger(next[bad])
    ? refused('chain-few', '{0} places would give {1}', before[bad], next[bad])
    : refused('chain-divide', '{0} places cannot be divided by {1}', before[bad], before[bad] / next[bad]);
}

/** The sizes after every stage, up to the first that does not go. `input` has the sizes of the spatial axes. */
export function sizesOf(chain: Chain, input: readonly number[]): ChainSizes {
  const sizes: (readonly number[])[] = [input];
  for (const [stage, each] of chain.entries()) {
    const next = after(each, sizes);
    if ('code' in next) return { sizes, stop: { stage, problem: next } };
    sizes.push(next);
  }
  return { sizes };
}
