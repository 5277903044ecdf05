import { halves, kernelExtent, NUMBERS } from '../../core/formulas';
import type { Report } from '../report';
import { numbersOf } from './setArguments';

/** The kernel's sides, where the call states them as numbers. */
export function kernelSizes({ parameters, rank }: Report): readonly number[] | undefined {
  return numbersOf(parameters.kernel_size, rank);
}

/** The symmetric padding nearest to what `same` means, whose odd element is at the end. */
export function paddingForSame(report: Report): readonly number[] | undefined {
  const kernel = kernelSizes(report);
  const dilation = numbersOf(report.parameters.dilation ?? 1, report.rank);
  return kernel && dilation
    ? kernel.map((size, axis) => halves(NUMBERS, kernelExtent(NUMBERS, size, dilation[axis]) - 1)[0])
    : undefined;
}
