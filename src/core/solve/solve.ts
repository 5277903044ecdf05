import { hasHoles, isEven, tapsPerResidue } from '../explain/overlap';
import { type Problem, ProblemError, problem } from '../problem';
import { enumerate } from './enumerate';
import { rank } from './rank';
import type { Solution, SolveRequest } from './request';

/**
 * The widest search; every pair of kernel and stride below it is tried, so a slip of the keyboard must not hang the
 * caller.
 */
const WIDEST = 64;

function check({ sizes, limits, fixed, inverseOf }: SolveRequest): Problem[] {
  const problems: Problem[] = [];
  const count = (name: string, value: number | undefined, least: number, most = Number.MAX_SAFE_INTEGER): void => {
    if (value === undefined || (Number.isSafeInteger(value) && value >= least && value <= most)) return;
    problems.push(
      most === Number.MAX_SAFE_INTEGER
        ? problem({
            code: 'solve-number',
            field: 'input',
            template: 'The {0} is {1}; it must be a whole number of at least {2}.',
            args: [name, value, least],
          })
        : problem({
            code: 'solve-limit',
            field: 'input',
            template: 'The {0} is {1}; it must be a whole number from {2} to {3}.',
            args: [name, value, least, most],
          }),
    );
  };
  if (sizes.length < 1 || sizes.length > 3) {
    problems.push(
      problem({
        code: 'solve-axes',
        field: 'input',
        template: 'There are {0} axes; there must be 1 to 3.',
        args: [sizes.length],
      }),
    );
  }
  sizes.forEach(({ input, output }) => {
    count('input size', input, 1);
    count('output size', output, 1);
  });
  for (const stated of [fixed, inverseOf]) {
    count('kernel', stated?.kernel, 1);
    count('stride', stated?.stride, 1);
    count('dilation', stated?.dilation, 1);
    count('padding', stated?.padding, 0);
  }
  count('largest kernel', limits?.kernel, 1, WIDEST);
  count('largest stride', limits?.stride, 1, WIDEST);
  count('largest dilation', limits?.dilation, 1, WIDEST);
  return problems;
}

/**
 * Every convolution within the limits that takes each input size to its output size, best first.
 * Throws a `ProblemError` when the request itself is not sensible; an empty list says that nothing fits.
 */
export function solve(request: SolveRequest): readonly Solution[] {
  const problems = check(request);
  if (problems.length > 0) throw new ProblemError(problems);
  const even = request.limits?.even === true;
  const found: Solution[] = [];
  for (const candidate of enumerate(request)) {
    const taps = tapsPerResidue(candidate.kernel, candidate.stride, candidate.dilation);
    if (even && (!isEven(taps) || hasHoles(taps))) continue;
    found.push(rank(request, candidate));
  }
  found.sort((a, b) => b.score - a.score || a.kernel - b.kernel || a.stride - b.stride || a.dilation - b.dilation);
  return found;
}
