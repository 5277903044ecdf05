import { iterate } from '../../model/iterate';
import { sureShape } from '../../model/tensor';
import { isKnown, product, type Size } from '../../sizes/size';
import type { Refusal } from '../problems';
import { sizesArgument } from '../sizesGiven';
import { axes, axisRefusal } from './axes';
import { allInts, type Check, indexRefusal, listed, sizeAt } from './check';

/** Whether the sizes that are asked for can be had by repeating axes of size 1, and by new axes in front. */
export function expandRefusal(shape: readonly Size[], wanted: readonly Size[]): Refusal | undefined {
  const lead = wanted.length - shape.length;
  if (lead < 0) {
    return {
      code: 'rank-mismatch',
      template: '{0} sizes are given for a tensor of {1} axes.',
      args: [wanted.length, shape.length],
      framework: `expand(torch.FloatTensor{${listed(shape)}}, size=${listed(wanted)}): the number of sizes provided (${wanted.length}) must be greater or equal to the number of dimensions in the tensor (${shape.length})`,
    };
  }
  // PyTorch goes from the last axis to the first.
  for (let axis = wanted.length - 1; axis >= 0; axis--) {
    const [size, before] = [wanted[axis], shape[axis - lead]];
    if (size === -1 && axis < lead) {
      return {
        code: 'broadcast-mismatch',
        template: 'Axis {0} is new, so that its size must be given.',
        args: [axis],
        framework: `The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension ${axis}`,
      };
    }
    if (axis < lead || !isKnown(size) || size < 0 || !isKnown(before) || before === 1 || size === before) continue;
    return {
      code: 'broadcast-mismatch',
      template: 'A size of {0} cannot be expanded to {1}: only a size of 1 can.',
      args: [before, size],
      framework: `The expanded size of the tensor (${size}) must match the existing size (${before}) at non-singleton dimension ${axis}.  Target sizes: ${listed(wanted)}.  Tensor sizes: ${listed(shape)}`,
    };
  }
  return undefined;
}

export const expand: Check = (call, shape) => {
  const values = sizesArgument(call, 'sizes')?.map((each) => call.machine.knownSize(each));
  return values?.every((each) => each !== undefined) ? expandRefusal(shape, values) : undefined;
};

export const expandAs: Check = ({ bound }, shape) => {
  const other = sureShape(bound.tensor('other'));
  return other && expandRefusal(shape, other);
};

export const repeat: Check = (call, shape) => {
  const times = sizesArgument(call, 'sizes');
  if (!times || times.length >= shape.length) return undefined;
  return {
    code: 'rank-mismatch',
    template: '{0} sizes are given for a tensor of {1} axes.',
    args: [times.length, shape.length],
    framework: 'Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor',
  };
};

export function unflattenRefusal(
  shape: readonly Size[],
  dim: number,
  sizes: readonly (Size | undefined)[],
): Refusal | undefined {
  const wrong = axisRefusal([dim], shape.length);
  const axis = dim < 0 ? dim + shape.length : dim;
  const size = shape[axis];
  if (wrong || !isKnown(size) || !sizes.every((each): each is number => each !== undefined && isKnown(each)))
    return wrong;
  const left = sizes.filter((each) => each === -1).length;
  const total = product(sizes.filter((each) => each !== -1));
  if (left > 1 || !isKnown(total) || (left === 0 ? total === size : total > 0 && size % total === 0)) return undefined;
  return {
    code: 'view-total',
    template: '{0} elements do not make the shape {1}.',
    args: [size, listed(sizes)],
    framework: `unflatten: Provided sizes ${listed(sizes)} don't multiply up to the size of dim ${axis} (${size}) in the input tensor`,
  };
}

export const unflatten: Check = ({ machine, bound }, shape) => {
  const [dim, sizes] = [bound.int('dim'), bound.items('sizes')?.map((each) => machine.knownSize(each))];
  return dim === undefined || !sizes ? undefined : unflattenRefusal(shape, dim, sizes);
};

export const split: Check = (call, shape) => {
  const { bound } = call;
  const wrong = axes('dim')(call, shape);
  const given = bound.get('split_size');
  const total = sizeAt(call, 'dim', shape);
  const parts = given?.kind === 'list' || given?.kind === 'tuple' ? allInts(iterate(given)) : undefined;
  if (wrong || total === undefined) return wrong;
  const each = bound.int('split_size');
  if (each !== undefined && (each < 0 || (each === 0 && total !== 0))) {
    return {
      code: 'split-total',
      template: 'A size of {0} cannot be split into parts of {1}.',
      args: [total, each],
      framework:
        each < 0
          ? `split expects split_size be non-negative, but got split_size=${each}`
          : `split_size can only be 0 if dimension size is 0, but got dimension size of ${total}`,
    };
  }
  if (!parts) return undefined;
  if (parts.every((part) => part >= 0) && parts.reduce((sum, part) => sum + part, 0) === total) return undefined;
  return {
    code: 'split-total',
    template: 'Parts of {0} do not add up to {1}.',
    args: [listed(parts), total],
    framework: parts.every((part) => part >= 0)
      ? `split_with_sizes expects split_sizes to sum exactly to ${total} (input tensor's size at dimension ${bound.int('dim')!}), but got split_sizes=${listed(parts)}`
      : `split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=${listed(parts)}`,
  };
};

export const chunk: Check = (call, shape) => {
  const count = call.bound.int('chunks');
  if (count === undefined || count > 0) return axes('dim')(call, shape);
  return {
    code: 'split-total',
    template: 'A tensor cannot be split into {0} parts.',
    args: [count],
    framework: `chunk expects \`chunks\` to be greater than 0, got: ${count}`,
  };
};

export const select: Check = (call, shape) => {
  const wrong = axes('dim')(call, shape);
  const [axis, index, size] = [call.bound.int('dim'), call.bound.int('index'), sizeAt(call, 'dim', shape)];
  if (wrong || index === undefined || size === undefined || (index >= -size && index < size)) return wrong;
  const words = `select(): index ${index} out of range for tensor of size ${listed(shape)} at dimension ${axis! < 0 ? axis! + shape.length : axis}`;
  return indexRefusal(index, size, words);
};

export const narrow: Check = (call, shape) => {
  const wrong = axes('dim')(call, shape);
  const [start, length, size] = [call.bound.int('start'), call.bound.int('length'), sizeAt(call, 'dim', shape)];
  if (wrong || start === undefined || length === undefined || size === undefined) return wrong;
  const from = start < 0 ? start + size : start;
  if (start < -size || start > size)
    return indexRefusal(
      start,
      size,
      `start out of range (expected to be in range of [${-size}, ${size}], but got ${start})`,
    );
  if (from + length <= size) return undefined;
  return {
    code: 'index-range',
    template: '{1} elements from {0} on are more than an axis of size {2} has.',
    args: [from, length, size],
    framework: `start (${from}) + length (${length}) exceeds dimension size (${size}).`,
  };
};

export const topk: Check = (call, shape) => {
  const wrong = axes('dim')(call, shape);
  const [count, size] = [call.bound.int('k'), sizeAt(call, 'dim', shape)];
  if (wrong || count === undefined || size === undefined || count <= size) return wrong;
  return indexRefusal(count, size, 'selected index k out of range');
};

export const windows: Check = (call, shape) => {
  const wrong = axes('dimension')(call, shape);
  const [axis, length, size] = [call.bound.int('dimension'), call.bound.int('size'), sizeAt(call, 'dimension', shape)];
  if (wrong || length === undefined || size === undefined || length <= size) return wrong;
  const words = `maximum size for tensor at dimension ${axis! < 0 ? axis! + shape.length : axis} is ${size} but size is ${length}`;
  return {
    code: 'index-range',
    template: 'A window of {0} is larger than the axis, which has a size of {1}.',
    args: [length, size],
    framework: words,
  };
};
