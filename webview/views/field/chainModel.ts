import { type Field, projectiveField, receptiveField } from '../../../src/core/chain/field';
import { type Cure, curesOf } from '../../../src/core/chain/cures';
import { type Rule, ruleOf, type Rung, rungOf } from '../../../src/core/chain/ladder';
import { layerLine } from '../../../src/core/chain/layer';
import { type ChainSizes, sizesOf } from '../../../src/core/chain/sizes';
import { type Chain, MOST_STAGES, type Stage } from '../../../src/core/chain/stage';
import { follow, isThrough, stepsOf } from '../../../src/core/chain/steps';
import { parseStage, stageText } from '../../../src/core/chain/text';
import { type Problem, ProblemError } from '../../../src/core/problem';
import type { Plan } from '../../../src/core/plan';

/** A chain as the view remembers it: a line for each stage, and the size of the input along the axis on show. */
export interface ChainText {
  readonly lines: readonly string[];
  readonly input: number;
  /** Of the input along time, in samples a second, where the user has said it. */
  readonly rate?: number;
}

/** A line of the editor: the stage that it means, or what is wrong with it. */
export type Line =
  { readonly text: string; readonly stage: Stage } | { readonly text: string; readonly problem: Problem };

/** A place of one stage's output, 0 being the input. */
export interface Spot {
  readonly stage: number;
  readonly place: number;
}

/** Everything that the view shows of a chain. One axis is on show; the others are taken to be alike. */
export interface ChainModel {
  readonly lines: readonly Line[];
  /** Up to the first line that is no stage. */
  readonly chain: Chain;
  readonly sizes: ChainSizes;
  readonly rung: Rung;
  readonly rule: Rule | undefined;
  readonly cures: readonly Cure[];
  /** Sizes around this one, with what becomes of each. */
  readonly ladder: readonly Rung[];
  /** All sizes around this one that give the same output: going back nobody can tell which it was. */
  readonly alike: readonly [least: number, most: number];
}

/** What the view begins with: the document's operation, and the size of its input. */
export const chainOfPlan = (plan: Plan): ChainText => ({
  lines: [layerLine(plan)],
  input: plan.axes[0].input,
});

function lineOf(text: string): Line {
  try {
    return { text, stage: parseStage(text) };
  } catch (error) {
    if (error instanceof ProblemError) return { text, problem: error.problems[0] };
    throw error;
  }
}

const LADDER = 3;
/** Fields are asked for at every move of the pointer; a longer axis is drawn, but not followed place by place. */
export const MOST_PLACES = 20_000;

/** Legal sizes around one, by the rule, and the size itself. */
function ladderOf(chain: Chain, input: number, rule: Rule | undefined): readonly Rung[] {
  const sizes = new Set([input]);
  if (rule) {
    const isLegal = (size: number): boolean => size >= rule.from && rule.remainders.includes(size % rule.modulus);
    for (const step of [-1, 1])
      for (let size = input + step, found = 0; found < LADDER && size > 0 && size < input + 8192; size += step)
        if (isLegal(size)) {
          sizes.add(size);
          found++;
        }
  }
  return [...sizes].sort((one, other) => one - other).map((size) => rungOf(chain, 0, size));
}

/** Sizes that are looked at to either side. */
const MOST_ALIKE = 512;

function alikeOf(chain: Chain, { input, output }: Rung): ChainModel['alike'] {
  const steps = stepsOf(chain, 0);
  const givesTheSame = (size: number): boolean => {
    const sizes = follow(steps, [size]);
    return isThrough(steps, sizes) && sizes[steps.length] === output;
  };
  const reach = (step: number): number => {
    let size = input;
    while (size + step > 0 && Math.abs(size - input) < MOST_ALIKE && givesTheSame(size + step)) size += step;
    return size;
  };
  return [reach(-1), reach(1)];
}

export function chainModel({ lines: texts, input }: ChainText): ChainModel {
  const lines = texts.slice(0, MOST_STAGES).map(lineOf);
  const wrong = lines.findIndex((line) => 'problem' in line);
  const sound = wrong < 0 ? lines : lines.slice(0, wrong);
  const chain = sound.flatMap((line) => ('stage' in line ? [line.stage] : []));
  const rule = chain.length > 0 ? ruleOf(chain, 0) : undefined;
  const rung = rungOf(chain, 0, input);
  return {
    lines,
    chain,
    sizes: sizesOf(chain, [input]),
    rung,
    rule,
    cures: rung.returns ? [] : curesOf(chain, 0, input),
    ladder: ladderOf(chain, input, rule),
    alike: alikeOf(chain, rung),
  };
}

/** The lines of a chain that was cured: those of stages that are as they were stay as they were typed. */
export function curedLines({ lines }: ChainText, { chain: before }: ChainModel, { changes, chain }: Cure): string[] {
  const inserted = changes.filter(({ change }) => change === 'cropBefore').map(({ stage }) => stage);
  let at = 0;
  const made = chain.map((stage) => {
    if (inserted[0] === at) {
      inserted.shift();
      return stageText(stage);
    }
    const isSame = JSON.stringify(stage) === JSON.stringify(before[at]);
    const line = lines[at++];
    return isSame ? line : stageText(stage);
  });
  return [...made, ...lines.slice(at)].slice(0, MOST_STAGES);
}

/** The fields of a place on one axis: what it is made of before it, and what it takes part in after it. */
export function fieldsOf({ chain, sizes }: ChainModel, { stage, place }: Spot): readonly Field[] {
  const before = receptiveField(chain, sizes, stage, [place]);
  const after = projectiveField(chain, sizes, stage, [place]);
  return sizes.sizes.map((_, at) => (at <= stage ? before[at] : after[at]));
}

/** Runs of neighbouring places, from first to last. */
export function runsOf(field: Field): readonly (readonly [first: number, last: number])[] {
  const places = [...new Set(field.flatMap(([along]) => along))].sort((one, other) => one - other);
  const runs: [number, number][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run && place === run[1] + 1) run[1] = place;
    else runs.push([place, place]);
  }
  return runs;
}
