import { type Loss, lossesOf, rungOf } from './ladder';
import { sizeAfter } from './relation';
import { broughtBy, faultOf, sizesOf } from './sizes';
import { type Chain, MOST_STAGES, onAxis, type Stage } from './stage';
import { follow, isThrough, type Step, stepOf, stepsOf } from './steps';

/** What is changed of one stage. */
export type Change =
  /** A number. */
  | { readonly stage: number; readonly change: 'outputPadding' | 'padding'; readonly value: number }
  /** What a join takes away of its skip, or of what it is joined with: that is a stage of its own before it. */
  | {
      readonly stage: number;
      readonly change: 'cropSkip' | 'cropBefore';
      readonly sides: readonly [begin: number, end: number];
    };
type NumberChange = Extract<Change, { readonly value: number }>;

/** Changes of stages by which the chain goes, or its size comes back, and what comes of them. */
export interface Cure {
  /** Stages are counted from 0, as they were before. */
  readonly changes: readonly Change[];
  readonly chain: Chain;
  /** After each stage, the input's first. */
  readonly sizes: readonly number[];
  /** What is not read all the same: it comes back as the bias alone. */
  readonly losses: readonly Loss[];
}

type Transposed = Extract<Stage, { readonly kind: 'convTranspose' }>;

/** A stage with a number changed along an axis; on every axis where it had one number for all. */
function withNumber(stage: Stage, axis: number, { change, value }: Omit<NumberChange, 'stage'>): Stage {
  const put = <Value>(values: readonly Value[], each: Value): readonly Value[] =>
    values.length === 1 ? [each] : values.map((old, at) => (at === axis ? each : old));
  if (!('padding' in stage)) return stage;
  if (change === 'padding') return { ...stage, padding: put(stage.padding, [value, value] as const) };
  return stage.kind === 'convTranspose' ? { ...stage, outputPadding: put(stage.outputPadding, value) } : stage;
}

const replaced = <Value>(all: readonly Value[], at: number, value: Value): readonly Value[] =>
  all.map((each, index) => (index === at ? value : each));

const changed = (chain: Chain, axis: number, changes: readonly NumberChange[]): Chain =>
  changes.reduce((now, change) => replaced(now, change.stage, withNumber(now[change.stage], axis, change)), chain);

function isNew(stage: Stage, axis: number, { change, value }: NumberChange): boolean {
  if (change === 'outputPadding') return stage.kind !== 'convTranspose' || onAxis(stage.outputPadding, axis) !== value;
  return !('padding' in stage) || onAxis(stage.padding, axis).some((side) => side !== value);
}

/** So many numbers of a parameter are tried: more is nobody's choice, and they are tried while somebody waits. */
const MOST_TRIED = 1024;
/** Of pairs fewer: together they are many. */
const [MOST_IN_PAIRS, MOST_OUTPUT_PADDINGS_IN_PAIRS] = [8, 64];

const upTo = (count: number): readonly number[] => Array.from({ length: Math.min(count, MOST_TRIED) }, (_, at) => at);
const paddingsOf = (stage: Stage, axis: number): readonly number[] =>
  'padding' in stage ? upTo(onAxis(stage.kernel, axis)) : [];
const outputPaddingsOf = (stage: Transposed, axis: number): readonly number[] =>
  upTo(Math.max(onAxis(stage.stride, axis), onAxis(stage.dilation, axis)));

/** The cure that these changes are. */
function cureOf(chain: Chain, axis: number, input: number, changes: readonly NumberChange[]): Cure {
  const own = changes.filter((change) => isNew(chain[change.stage], axis, change));
  const cured = changed(chain, axis, own);
  const steps = stepsOf(cured, axis);
  const sizes = follow(steps, [input]);
  return { changes: own, chain: cured, sizes, losses: lossesOf(steps, sizes) };
}

/**
 * What follows on a stage, asked once for each size that it can give: many numbers of its give the same. `isGood` is
 * told all sizes, of chains that go through and come back.
 */
function tailOf(
  steps: readonly Step[],
  before: readonly number[],
  isGood: (sizes: readonly number[]) => boolean,
): (size: number) => boolean {
  const known = new Map<number, boolean>();
  const ask = (size: number): boolean => {
    const sizes = size >= 1 ? follow(steps, [...before, size]) : [];
    return isThrough(steps, sizes) && sizes[steps.length] === before[0] && isGood(sizes);
  };
  return (size) => {
    const said = known.get(size) ?? ask(size);
    known.set(size, said);
    return said;
  };
}

/** What a transposed stage gives before its padding crops and its output padding adds. */
const wholeSize = (stage: Transposed, axis: number, input: number): number =>
  sizeAfter({ ...stage, padding: [[0, 0]], outputPadding: [0] }, axis)(input);

/** Changes of output padding or padding of one transposed stage that bring this size back, the least first. */
function singleCures(chain: Chain, axis: number, input: number): readonly Cure[] {
  const steps = stepsOf(chain, axis);
  return chain.flatMap((stage, at) => {
    const before = follow(steps.slice(0, at), [input]);
    if (stage.kind !== 'convTranspose' || before.length <= at) return [];
    const comesBack = tailOf(steps, before, () => true);
    const whole = wholeSize(stage, axis, before[at]);
    const [begin, end] = onAxis(stage.padding, axis);
    const outputPadding = onAxis(stage.outputPadding, axis);
    const found: NumberChange[] = [
      ...outputPaddingsOf(stage, axis)
        .filter((value) => comesBack(whole - begin - end + value))
        .map((value) => ({ stage: at, change: 'outputPadding', value }) as const),
      ...(faultOf(stage, axis) ? [] : paddingsOf(stage, axis))
        .filter((value) => comesBack(whole - 2 * value + outputPadding))
        .map((value) => ({ stage: at, change: 'padding', value }) as const),
    ];
    return found.filter((change) => isNew(stage, axis, change)).map((change) => cureOf(chain, axis, input, [change]));
  });
}

/** What two stages are made to be: the padding of one that leaves something over, and of one that undoes it. */
interface Pair {
  readonly own: number;
  readonly other: number;
  readonly more: number;
}

/** The pair of a stage that leaves something over and a later transposed one that loses nothing and changes least. */
function pairOf(chain: Chain, axis: number, input: number, lossy: number, at: number): Pair | undefined {
  const [stage, undone] = [chain[lossy], chain[at]];
  if (undone.kind !== 'convTranspose') return undefined;
  const steps = stepsOf(chain, axis);
  const paddings = paddingsOf(undone, axis).slice(0, MOST_IN_PAIRS);
  const outputPaddings = outputPaddingsOf(undone, axis).slice(0, MOST_OUTPUT_PADDINGS_IN_PAIRS);
  const costOf = (change: 'padding' | 'outputPadding', value: number): number =>
    isNew(undone, axis, { stage: at, change, value }) ? value : 0;
  let best: (Pair & { readonly cost: number }) | undefined;
  for (const own of paddingsOf(stage, axis).slice(0, MOST_IN_PAIRS)) {
    if (!isNew(stage, axis, { stage: lossy, change: 'padding', value: own })) continue;
    const all = replaced(steps, lossy, stepOf(withNumber(stage, axis, { change: 'padding', value: own }), axis));
    const before = follow(all.slice(0, at), [input]);
    if (before.length <= at || lossesOf(all, before).length > 0) continue;
    const losesNothing = tailOf(all, before, (sizes) => lossesOf(all, sizes).length === 0);
    const whole = wholeSize(undone, axis, before[at]);
    for (const other of paddings) {
      const more = outputPaddings.find((each) => losesNothing(whole - 2 * other + each));
      if (more === undefined) continue;
      const cost = own + costOf('padding', other) + costOf('outputPadding', more);
      if (!best || cost < best.cost) best = { own, other, more, cost };
    }
  }
  return best;
}

/**
 * Where a stage leaves something over, no change of another makes it read that: its own padding is made larger, and the
 * transposed stage that undoes it takes as much away again. Only the first stage that loses can be the one: what is
 * lost before stays lost.
 */
function pairedCures(chain: Chain, axis: number, input: number): readonly Cure[] {
  const [loss] = rungOf(chain, axis, input).losses;
  if (!loss) return [];
  return chain.flatMap((_, at) => {
    const pair = at > loss.stage ? pairOf(chain, axis, input, loss.stage, at) : undefined;
    if (!pair) return [];
    return [
      cureOf(chain, axis, input, [
        { stage: loss.stage, change: 'padding', value: pair.own },
        { stage: at, change: 'padding', value: pair.other },
        { stage: at, change: 'outputPadding', value: pair.more },
      ]),
    ];
  });
}

/** As the middle of a picture is cut out: the odd element goes at the end. */
const aroundMiddle = (elements: number): readonly [number, number] => [
  Math.floor(elements / 2),
  Math.ceil(elements / 2),
];

/** Stages from `at` on are one further: what later joins name among them is, too. */
const withStageBefore = (chain: Chain, at: number, stage: Stage): Chain => [
  ...chain.slice(0, at),
  stage,
  ...chain.slice(at).map((each) => (each.kind === 'join' && each.from > at ? { ...each, from: each.from + 1 } : each)),
];

/** On one axis where the stage says each by itself. */
const cropped = (
  sides: Extract<Stage, { readonly kind: 'crop' }>['sides'],
  axis: number,
  [begin, end]: readonly [number, number],
): typeof sides =>
  sides.length === 1
    ? [[sides[0][0] + begin, sides[0][1] + end]]
    : sides.map((old, at) => (at === axis ? ([old[0] + begin, old[1] + end] as const) : old));

/**
 * Where stages that are joined are not of one size, what is larger is cropped, as U-Nets do: the skip, or what it is
 * joined with. All joins of the chain at once; nothing where the chain stops for another reason.
 */
function croppedCure(chain: Chain, axis: number, input: number): Cure | undefined {
  const changes: Change[] = [];
  let now = chain;
  for (;;) {
    const { sizes, stop } = sizesOf(now, new Array<number>(axis + 1).fill(input));
    const along = sizes.map((each) => each[axis]);
    if (!stop) {
      if (changes.length === 0) return undefined;
      return { changes, chain: now, sizes: along, losses: lossesOf(stepsOf(now, axis), along) };
    }
    const join = now[stop.stage];
    if (join.kind !== 'join' || join.from >= stop.stage) return undefined;
    const more = broughtBy(join, sizes[join.from])[axis] - along[stop.stage];
    const sides = aroundMiddle(Math.abs(more));
    const stage = stop.stage - (now.length - chain.length);
    if (more > 0) {
      now = replaced(now, stop.stage, { ...join, crop: cropped(join.crop, axis, sides) });
      changes.push({ stage, change: 'cropSkip', sides });
    } else {
      if (more === 0 || now.length === MOST_STAGES) return undefined;
      now = withStageBefore(now, stop.stage, { kind: 'crop', sides: [sides] });
      changes.push({ stage, change: 'cropBefore', sides });
    }
  }
}

/** What would bring this size back, or let it go through at all: pairs that lose nothing first, the least first. */
export function curesOf(chain: Chain, axis: number, input: number): readonly Cure[] {
  const crop = croppedCure(chain, axis, input);
  return [...pairedCures(chain, axis, input), ...(crop ? [crop] : []), ...singleCures(chain, axis, input)];
}
