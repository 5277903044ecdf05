import { hasHoles, isEven, tapsPerResidue } from '../explain/overlap';
import { kernelExtent, NUMBERS } from '../formulas';
import type { Candidate, Reason, Solution, SolveRequest } from './request';

/** `k s p op` that the literature and the model zoos use; a reader knows them by sight. */
const CUSTOMARY: readonly string[] = [
  '4 2 1 0',
  '2 2 0 0',
  '3 1 1 0',
  '3 2 1 1',
  '3 2 1 0',
  '1 1 0 0',
  '1 2 0 0',
  '5 2 2 1',
  '5 1 2 0',
  '7 2 3 0',
  '7 1 3 0',
  '4 4 0 0',
  '16 8 4 0',
  '8 4 2 0',
];

type Judgement = readonly [weight: number, reason: Reason];

const judge = (code: Reason['code'], weight: number, template: string, ...args: (string | number)[]): Judgement => [
  weight,
  { code, good: weight > 0, template, args },
];

/** What the padding takes from each side, at most, in the canonical operation. */
function sides({ operation }: Candidate): number {
  return Math.max(...operation.padding.flatMap((side) => side));
}

function transposed(candidate: Candidate): Judgement[] {
  const { kernel, stride, dilation, operation } = candidate;
  const taps = tapsPerResidue(kernel, stride, dilation);
  const extra = Math.max(...(operation.outputPadding ?? [0]));
  const judgements: Judgement[] = [];
  if (hasHoles(taps)) judgements.push(judge('holes', -60, 'Outputs that no tap reaches hold only the bias.'));
  else if (!isEven(taps))
    judgements.push(
      judge(
        'uneven',
        -12,
        'Overlap is uneven ({0} taps per output): a checkerboard is likely.',
        `${Math.min(...taps)}–${Math.max(...taps)}`,
      ),
    );
  else if (stride > 1)
    judgements.push(judge('even', 25, 'Every output is reached by {0} taps per axis: no checkerboard.', taps[0]));
  if (extra > 0)
    judgements.push(
      judge('output-padding', -5 - extra, 'Needs output padding {0}.', (operation.outputPadding ?? []).join(', ')),
    );
  return judgements;
}

function convolved({ kernel, stride, dilation }: Candidate): Judgement[] {
  const extent = kernelExtent(NUMBERS, kernel, dilation);
  const taps = tapsPerResidue(kernel, stride, dilation);
  if (!hasHoles(taps)) return [];
  return [judge('skips', extent < stride && kernel > 1 ? -30 : -20, 'Some inputs are read by no output.')];
}

/** Whether the size law holds for every input: `o = s·i`, or for a convolution `o = i/s` whenever `s` divides `i`. */
function scales({ kind }: SolveRequest, candidate: Candidate): boolean {
  const { operation, kernel, stride, dilation } = candidate;
  const extent = kernelExtent(NUMBERS, kernel, dilation);
  return operation.padding.every((side, axis) => {
    const total = typeof side === 'number' ? 2 * side : side[0] + side[1];
    if (kind === 'convTranspose') return extent - stride - total + (operation.outputPadding?.[axis] ?? 0) === 0;
    return total >= extent - stride && total <= extent - 1;
  });
}

function judgements(request: SolveRequest, candidate: Candidate): Judgement[] {
  const { kernel, stride, dilation, operation, padding } = candidate;
  const found: Judgement[] = request.inverseOf
    ? [judge('adjoint', 20, 'The adjoint of the given convolution: same kernel, stride, padding and dilation.')]
    : [];
  if (scales(request, candidate)) {
    if (stride === 1) found.push(judge('scales', 20, 'Keeps every input size.'));
    else if (request.kind === 'convTranspose')
      found.push(judge('scales', 20, 'Multiplies every input size by {0}.', stride));
    else found.push(judge('scales', 20, 'Divides every multiple of {0} by {0}.', stride));
  }
  const [extra = 0] = operation.outputPadding ?? [];
  if (
    dilation === 1 &&
    (padding === 'same' || CUSTOMARY.includes(`${kernel} ${stride} ${padding === 'valid' ? 0 : padding} ${extra}`))
  ) {
    found.push(judge('customary', 15, 'A customary choice.'));
  }
  found.push(...(request.kind === 'convTranspose' ? transposed(candidate) : convolved(candidate)));
  if (sides(candidate) > kernelExtent(NUMBERS, kernel, dilation) - 1) {
    found.push(
      judge(
        'outside',
        -40,
        request.kind === 'conv'
          ? 'Padding wider than the kernel: some outputs see nothing but zeros.'
          : 'Padding crops whole kernel stamps: some inputs hardly count.',
      ),
    );
  }
  if (dilation > 1) found.push(judge('dilated', -15, 'Dilation {0}.', dilation));
  return found;
}

/**
 * How good a candidate is, and why. A larger kernel costs what it computes, so it loses against an equal smaller one.
 */
export function rank(request: SolveRequest, candidate: Candidate): Solution {
  const found = judgements(request, candidate);
  const cost = candidate.kernel === 1 ? 3 : candidate.kernel;
  return {
    ...candidate,
    reasons: found.map(([, reason]) => reason),
    score: found.reduce((sum, [weight]) => sum + weight, -cost),
  };
}
