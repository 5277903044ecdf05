import type { Operation } from '../../core/operation';
import type { Problem } from '../../core/problem';

/** Inputs of more elements than this go to oneDNN whatever their batch is. */
const MOST_NATIVE = 20_480;
/** So do kernels of which every axis is longer. */
const LONGEST_NATIVE = 3;

/**
 * Whether PyTorch’s own code runs a transposed convolution on a processor, which checks what oneDNN does not
 * (`use_mkldnn` in `aten/src/ATen/native/Convolution.cpp`). It does for float64, too, but a dtype is rarely told.
 */
function isNative({ groups = 1 }: Operation, input: readonly number[], weight: readonly number[]): boolean {
  const kernel = weight.slice(2);
  const batch = input.length === kernel.length + 2 ? input[0] : 1;
  const elements = input.reduce((all, size) => all * size, 1);
  return batch === 1 && groups === 1 && elements <= MOST_NATIVE && Math.min(...kernel) <= LONGEST_NATIVE;
}

/**
 * The problems of an operation, those as warnings with which it may run: of float32, oneDNN makes a transposed
 * convolution’s output of no elements, and does not read the dilation of a kernel of one tap (PyTorch 2.15, run).
 */
export function softened(
  problems: readonly Problem[],
  operation: Operation,
  input: readonly number[],
  weight: readonly number[],
): readonly Problem[] {
  if (problems.length === 0 || operation.kind !== 'convTranspose' || isNative(operation, input, weight))
    return problems;
  const kernel = weight.slice(2);
  const isEmpty = ({ code }: Problem): boolean => code === 'output-empty';
  const canBeEmpty = problems.filter(isEmpty).every(({ args }) => Number(args[0]) >= 0);
  const isUnread = operation.dilation.every((each, axis) => each > 0 || (each === 0 && kernel[axis] === 1));
  return problems.map((each): Problem => {
    const isDilation = each.code === 'dilation-range';
    if (!isEmpty(each) && !isDilation) return each;
    const runs = (isEmpty(each) && canBeEmpty) || (isDilation && isUnread && kernel.length < 3);
    // What oneDNN says of the rest depends on the dtype, and on the machine.
    const { framework: _ofNative, ...told } = each;
    return runs ? { ...each, severity: 'warning' } : told;
  });
}
