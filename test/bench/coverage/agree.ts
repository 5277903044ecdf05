import type { Dim, Report } from '../../../src/python';

/** A recorded use: sizes of input and output; `null` is a batch that Keras leaves open. */
export type Recorded = readonly [input: readonly (number | null)[], output: readonly (number | null)[]];

export type Verdict = 'exact' | 'true' | 'unproved' | 'partial' | 'silent' | 'wrong';

type Names = Readonly<Record<string, number>>;

/** Largest size tried for a name in an expression. */
const LARGEST = 16_384;

/** The value of an expression in Python's syntax over known names; `undefined` when a name is not known. */
export function valueOf(expression: string, names: Names): number | undefined {
  const tokens = expression.match(/\d+|\w+|\/\/|\*\*|[-+*%(),]/g) ?? [];
  let at = 0;
  let known = true;
  const eat = (token: string): boolean => tokens[at] === token && ++at > 0;
  const atom = (): number => {
    const token = tokens[at++] ?? '';
    if (token === '-') return -atom();
    if (token === '(') {
      const inner = sum();
      eat(')');
      return inner;
    }
    if (/^\d/.test(token)) return Number(token);
    if (eat('(')) {
      const values = [sum()];
      while (eat(',')) values.push(sum());
      eat(')');
      if (token === 'max') return Math.max(...values);
      if (token === 'min') return Math.min(...values);
      known = false;
      return NaN;
    }
    if (!(token in names)) known = false;
    return names[token] ?? NaN;
  };
  const power = (): number => {
    const base = atom();
    return eat('**') ? base ** power() : base;
  };
  const term = (): number => {
    let value = power();
    for (;;) {
      if (eat('*')) value *= power();
      else if (eat('//')) value = Math.floor(value / power());
      else if (eat('%')) {
        const by = power();
        value -= Math.floor(value / by) * by;
      } else return value;
    }
  };
  const sum = (): number => {
    let value = term();
    for (;;) {
      if (eat('+')) value += term();
      else if (eat('-')) value -= term();
      else return value;
    }
  };
  const value = sum();
  return known && at === tokens.length ? value : undefined;
}

function namesIn(dim: Dim): string[] {
  return typeof dim === 'number' ? [] : [...new Set(dim.match(/[A-Za-z_]\w*(?!\w|\s*\()/g) ?? [])];
}

/** Values tried for one pair of uses; an expression that needs more is unproved: neither right nor wrong. */
const TRIES = 120_000;
/**
 * Values tried for a name that shares every expression with another, likeliest first: such names are kernels and
 * paddings, or lengths of small ranges.
 */
const SHARED: readonly number[] = [3, 2, 1, 4, 5, 0, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const ALONE: readonly number[] = Array.from({ length: LARGEST + 1 }, (_, value) => value);
/** A long axis is not far from the size that it was seen with. */
const near = (size: number): readonly number[] => Array.from({ length: 65 }, (_, index) => size + index - 32);

/** Whether some numbers for the names make every expression equal its recorded size. */
function solvable(pairs: readonly (readonly [Dim, number])[], names: Names, budget: { left: number }): boolean {
  const open: (readonly [string, number])[] = [];
  for (const [dim, size] of pairs) {
    const value = typeof dim === 'number' ? dim : valueOf(dim, names);
    if (value === undefined) open.push([String(dim), size]);
    else if (value !== size) return false;
  }
  if (open.length === 0) return true;
  const unbound = open.map(([dim]) => namesIn(dim).filter((name) => !(name in names)));
  const [narrowest] = [...unbound].sort((a, b) => a.length - b.length);
  const [name] = narrowest;
  const alone = open.filter((_, index) => unbound[index].every((each) => each === name));
  const long = open.flatMap(([, size]) => (size > LARGEST ? [size] : []));
  const usual = narrowest.length === 1 ? ALONE : SHARED;
  const candidates = long.length > 0 ? [...usual, ...long.flatMap(near)] : usual;
  for (const value of candidates) {
    if (budget.left-- <= 0) return false;
    const tried = { ...names, [name]: value };
    if (alone.every(([dim, size]) => valueOf(dim, tried) === size) && solvable(open, tried, budget)) return true;
  }
  return false;
}

/** Whether a reported use is the recorded one when numbers are put in for its names. */
export function agrees(use: Report['uses'][number], [input, output]: Recorded, budget = { left: TRIES }): boolean {
  if (use.inputShape.length !== input.length || use.outputShape.length !== output.length) return false;
  const pairs = [
    ...use.inputShape.map((dim, axis) => [dim, input[axis]] as const),
    ...use.outputShape.map((dim, axis) => [dim, output[axis]] as const),
  ];
  return solvable(
    pairs.flatMap(([dim, size]) => (size === null ? [] : [[dim, size] as const])),
    {},
    budget,
  );
}

const numeric = (use: Report['uses'][number], [input]: Recorded): boolean =>
  [...use.inputShape, ...use.outputShape.slice(1)].every(
    (dim, axis) => typeof dim === 'number' || (axis === 0 && input[0] === null),
  );

/** How a site's report compares with what the site really saw. */
export function judge(report: Report | undefined, recorded: readonly Recorded[]): Verdict {
  if (!report || report.uses.length === 0) return 'silent';
  let exhausted = false;
  const matches = report.uses.map((use) =>
    recorded.filter((each) => {
      const budget = { left: TRIES };
      const found = agrees(use, each, budget);
      exhausted ||= !found && budget.left <= 0;
      return found;
    }),
  );
  if (matches.some((found) => found.length === 0)) return exhausted ? 'unproved' : 'wrong';
  const covered = new Set(matches.flat());
  if (covered.size < recorded.length) return 'partial';
  return report.uses.every((use, index) => numeric(use, matches[index][0])) ? 'exact' : 'true';
}
