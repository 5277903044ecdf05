// Random layers, how each is said in every framework, and the recipes between them. `generate.py layers-everywhere`
// has the frameworks run what stands here; the test holds core's answers against what came of it.
import { type FrameworkCall, VERSIONS } from '../../src/core/frameworks/call';
import { frameworkCalls } from '../../src/core/frameworks/calls';
import { recipe } from '../../src/core/frameworks/recipe';
import { TARGETS, type Target } from '../../src/core/frameworks/recipeParts';
import { type Compared, resultsOf } from '../../src/core/frameworks/results';
import type { Kind, Operation } from '../../src/core/operation';
import { type Plan, resolve } from '../../src/core/plan';
import { integers } from './seeded';

/** A layer with the seeds of its input and its kernel. */
export interface LayerCase {
  readonly seed: number;
  readonly plan: Plan;
  readonly compared: Compared;
}

/** Numbers below `below` from a seed, one after another. */
function drawing(seed: number): (from: number, to: number) => number {
  const drawn = integers(seed, [64]).data.map((value) => value + 4);
  let at = 0;
  // Three of nine values each: 0 … 728.
  return (from, to) => {
    const [a, b, c] = [drawn[at++ % 64], drawn[at++ % 64], drawn[at++ % 64]];
    return from + ((a + 9 * b + 81 * c) % (to - from + 1));
  };
}

function layerOf(kind: Kind, rank: number, seed: number): LayerCase | undefined {
  const draw = drawing(seed);
  const along = (make: () => number): readonly number[] => Array.from({ length: rank }, make);
  const small = rank - 1;
  const inputs = along(() => draw(1, kind === 'conv' ? 7 - small : 5 - small));
  const kernel = along(() => draw(1, 5 - small));
  const stride = along(() => draw(1, 4 - small));
  const dilated = draw(0, 4);
  const dilation = along(() => (dilated === 0 ? draw(1, 3) : 1));
  const padding = along(() => draw(0, 2));
  const uneven = draw(0, 5) === 0;
  const op: Operation = {
    kind,
    stride,
    dilation,
    padding: padding.map((size): [number, number] => [size, uneven ? draw(0, 2) : size]),
    outputPadding:
      kind === 'conv'
        ? undefined
        : stride.map((size, axis) => (draw(0, 1) === 0 ? 0 : draw(0, Math.max(size, dilation[axis]) - 1))),
    groups: draw(0, 7) === 0 ? 2 : 1,
  };
  const groups = op.groups ?? 1;
  const input = [1, groups, ...inputs];
  const weight = [groups, 1, ...kernel];
  const resolution = resolve(op, input, weight);
  if (!resolution.ok || resolution.plan.axes.some(({ output }) => output < 1)) return undefined;
  const one = resolve({ ...op, groups: 1 }, [1, 1, ...inputs], [1, 1, ...kernel]);
  if (!one.ok) return undefined;
  const compared = {
    plan: one.plan,
    input: integers(seed, [1, 1, ...inputs]),
    weight: integers(seed + 1, [1, 1, ...kernel]),
    whole: true,
  };
  return { seed, plan: resolution.plan, compared };
}

const COUNTS: readonly (readonly [Kind, number, number])[] = [
  ['convTranspose', 1, 70],
  ['convTranspose', 2, 40],
  ['conv', 1, 30],
  ['conv', 2, 20],
];

/** `COUNTS` of them, none refused by PyTorch. The commonest layer of decoders first. */
export function layerCases(): readonly LayerCase[] {
  const cases: LayerCase[] = [];
  let seed = 7000;
  for (const [kind, rank, count] of COUNTS)
    for (let made = 0; made < count; seed += 2) {
      const one = layerOf(kind, rank, seed);
      if (one) cases.push(one);
      if (one) made++;
    }
  return cases;
}

/** What a case asks of the frameworks: calls by what they say, and recipes by their code. */
export interface Asked {
  readonly calls: readonly FrameworkCall[];
  readonly recipes: readonly { readonly from: string; readonly target: Target; readonly code: string }[];
}

export const nameOf = ({ framework, said }: FrameworkCall): string => `${framework}: ${said}`;

/** Every third case has its recipes run: from every result into PyTorch, and from PyTorch into every framework. */
export function askedOf({ plan, compared }: LayerCase, index: number): Asked {
  const calls = frameworkCalls(plan);
  if (index % 3 !== 0) return { calls, recipes: [] };
  const recipes = resultsOf(calls, compared).flatMap(({ calls: [call] }, at) =>
    TARGETS.filter((target) => at === 0 || target === 'PyTorch').flatMap((target) => {
      if (call.answer.kind !== 'values') return [];
      const made = recipe(target, plan, { answer: call.answer, layout: call.layout });
      return made.possible ? [{ from: nameOf(call), target, code: made.code }] : [];
    }),
  );
  return { calls, recipes };
}

/** For `generate.py`. */
export const asked = (): unknown => ({
  versions: VERSIONS,
  layers: layerCases().map((one, index) => {
    const { plan, seed } = one;
    const { calls, recipes } = askedOf(one, index);
    return {
      seed,
      kind: plan.kind,
      groups: plan.groups,
      input: plan.axes.map(({ input }) => input),
      kernel: plan.axes.map(({ kernel }) => kernel),
      stride: plan.axes.map(({ stride }) => stride),
      dilation: plan.axes.map(({ dilation }) => dilation),
      even: plan.axes.every(({ padBegin, padEnd }) => padBegin === padEnd),
      calls: calls.map(({ framework, said, layout, own }) => ({ framework, said, layout, own })),
      recipes,
    };
  }),
});
