import { kernelExtent, NUMBERS } from '../../core/formulas';
import type { Field } from '../model/tensor';
import type { ConvAxis } from '../sizes/axis';
import { isKnown } from '../sizes/size';

const START: Field = { size: 1, jump: 1 };

/**
 * Receptive field after one more layer: a convolution widens it by `(K − 1)` steps of its input and multiplies the step
 * by its stride; a transposed one reads `⌈K/s⌉` inputs per output and divides the step (Araujo et al., "Computing
 * receptive fields of convolutional neural networks", Distill 2019, eq. 2, extended to fractional steps).
 */
export function convField(
  kind: 'conv' | 'convTranspose',
  axes: readonly Pick<ConvAxis, 'kernel' | 'stride' | 'dilation'>[],
  before: readonly Field[] | undefined,
  rank: number,
): readonly Field[] {
  if (before && before.length !== rank) return [];
  const after: Field[] = [];
  for (const [index, { kernel, stride, dilation }] of axes.entries()) {
    if (!isKnown(kernel) || !isKnown(stride) || !isKnown(dilation) || stride <= 0) return [];
    const { size, jump } = before?.[index] ?? START;
    const extent = kernelExtent(NUMBERS, kernel, dilation);
    after.push(
      kind === 'conv'
        ? { size: size + (extent - 1) * jump, jump: jump * stride }
        : { size: size + (Math.ceil(extent / stride) - 1) * jump, jump: jump / stride },
    );
  }
  return after;
}

export function fieldSizes(field: readonly Field[]): readonly number[] | undefined {
  return field.length > 0 ? field.map((each) => Math.ceil(each.size)) : undefined;
}
