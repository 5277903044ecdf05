import { iterate } from '../model/iterate';
import type { Applied } from '../model/library';
import { knownInt } from '../model/make';
import { sureShape } from '../model/tensor';
import { truthOf } from '../model/truth';
import type { Value } from '../model/value';
import { print } from '../sizes/print';
import { isKnown, product, type Size } from '../sizes/size';
import {
  groupRefusal,
  lastAxesRefusal,
  oneValuePerChannel,
  oneValuePerInstance,
  statisticsRefusal,
} from './normRefusals';
import type { Refusal } from './problems';
import { sizesArgument } from './sizesGiven';

type Check = (call: Applied, shape: readonly Size[]) => Refusal | undefined;

export const listed = (sizes: readonly (Size | number)[]): string => `[${sizes.map(print).join(', ')}]`;

export const indivisible = (size: number, by: number, framework: string): Refusal => ({
  code: 'size-divide',
  template: 'A size of {0} is not divisible by {1}.',
  args: [size, by],
  framework,
});

/** The whole numbers among one value or several. */
function intsOf(value: Value | undefined): number[] {
  if (!value) return [];
  const items = value.kind === 'list' || value.kind === 'tuple' ? iterate(value) : [value];
  return (items ?? [])
    .map((each) => (each.kind === 'number' && each.float ? undefined : knownInt(each)))
    .filter((each) => each !== undefined);
}

/** The list of numbers that a call gives, all of them known. */
function allInts(values: readonly Value[] | undefined): number[] | undefined {
  const found = values?.map(knownInt);
  return found?.every((each) => each !== undefined) ? found : undefined;
}

/** An axis of a number that a tensor of this many does not have. */
export function axisRefusal(axes: readonly number[], rank: number): Refusal | undefined {
  // A tensor without axes is taken for one with one.
  const count = Math.max(rank, 1);
  const wrong = axes.find((axis) => axis < -count || axis >= count);
  if (wrong === undefined) return undefined;
  return {
    code: 'axis-range',
    template: 'There is no axis {0}: the axes are numbered from {1} to {2}.',
    args: [wrong, -count, count - 1],
    framework: `Dimension out of range (expected to be in range of [${-count}, ${count - 1}], but got ${wrong})`,
  };
}

/** Axes named in arguments of these names, or in what follows the input. */
const axes =
  (...names: string[]): Check =>
  ({ bound }, shape) =>
    axisRefusal(
      names.flatMap((name) => intsOf(bound.get(name))),
      shape.length,
    );

/** An argument of a function whose rule reads no arguments, by its position behind the input or its name. */
function loose({ bound }: Applied, position: number, name: string): Value | undefined {
  const rest = bound.get('rest');
  return bound.get(name) ?? (rest?.kind === 'tuple' ? rest.items[position] : undefined);
}

const along =
  (position: number, name = 'dim'): Check =>
  (call, shape) =>
    axisRefusal(intsOf(loose(call, position, name)), shape.length);

const flip: Check = (call, shape) => {
  const named = call.bound.get('dims');
  const rest = call.bound.get('rest');
  const given = named ? [named] : rest?.kind === 'tuple' ? rest.items : [];
  return axisRefusal(given.flatMap(intsOf), shape.length);
};

/** The axes over which something is reduced, by either of their names. */
const reduce: Check = ({ bound }, shape) => {
  const given = bound.get('axis') ?? bound.get('dim');
  if (given?.kind === 'tensor') return undefined;
  const found = intsOf(given);
  const twice = found
    .map((axis) => (axis < 0 ? axis + shape.length : axis))
    .find((axis, at, all) => all.indexOf(axis) < at);
  return (
    axisRefusal(found, shape.length) ??
    (twice === undefined
      ? undefined
      : {
          code: 'axis-twice',
          template: 'Axis {0} is named twice.',
          args: [twice],
          framework: `dim ${twice} appears multiple times in the list of dims`,
        })
  );
};

const permute: Check = (call, shape) => {
  const dims = allInts(sizesArgument(call, 'dims'));
  if (!dims) return undefined;
  const rank = shape.length;
  if (dims.length !== rank) {
    return {
      code: 'axes-count',
      template: 'The order names {0} axes, the tensor has {1}.',
      args: [dims.length, rank],
      framework: `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${rank} is not equal to len(dims) = ${dims.length}`,
    };
  }
  const wrong = axisRefusal(dims, rank);
  const order = dims.map((axis) => (axis < 0 ? axis + rank : axis));
  const twice = order.find((axis, at) => order.indexOf(axis) < at);
  if (wrong || twice === undefined) return wrong;
  return {
    code: 'axis-twice',
    template: 'Axis {0} is named twice.',
    args: [twice],
    framework: 'permute(): duplicate dims are not allowed.',
  };
};

/** Whether the sizes that are asked for can be had by repeating axes of size 1, and by new axes in front. */
export function expandRefusal(shape: readonly Size[], wanted: readonly Size[]): Refusal | undefined {
  const lead = wanted.length - shape.length;
  if (lead < 0) {
    return {
      code: 'expand-rank',
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
        code: 'expand-mismatch',
        template: 'Axis {0} is new, so that its size must be given.',
        args: [axis],
        framework: `The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension ${axis}`,
      };
    }
    if (axis < lead || !isKnown(size) || size < 0 || !isKnown(before) || before === 1 || size === before) continue;
    return {
      code: 'expand-mismatch',
      template: 'A size of {0} cannot be expanded to {1}: only a size of 1 can.',
      args: [before, size],
      framework: `The expanded size of the tensor (${size}) must match the existing size (${before}) at non-singleton dimension ${axis}.  Target sizes: ${listed(wanted)}.  Tensor sizes: ${listed(shape)}`,
    };
  }
  return undefined;
}

const expand: Check = (call, shape) => {
  const values = sizesArgument(call, 'sizes')?.map((each) => call.machine.knownSize(each));
  return values?.every((each) => each !== undefined) ? expandRefusal(shape, values) : undefined;
};

const expandAs: Check = ({ bound }, shape) => {
  const other = sureShape(bound.tensor('other'));
  return other && expandRefusal(shape, other);
};

const repeat: Check = (call, shape) => {
  const times = sizesArgument(call, 'sizes');
  if (!times || times.length >= shape.length) return undefined;
  return {
    code: 'expand-rank',
    template: '{0} sizes are given for a tensor of {1} axes.',
    args: [times.length, shape.length],
    framework: 'Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor',
  };
};

export function flattenRefusal(
  shape: readonly Size[],
  from: number | undefined,
  to: number | undefined,
): Refusal | undefined {
  const given = [from, to].filter((axis) => axis !== undefined);
  const wrong = axisRefusal(given, shape.length);
  const [first, last] = given.map((axis) => (axis < 0 ? axis + shape.length : axis));
  if (wrong || given.length < 2 || first <= last) return wrong;
  return {
    code: 'flatten-order',
    template: 'The axes to flatten end ({1}) before they begin ({0}).',
    args: [given[0], given[1]],
    framework: 'flatten() has invalid args: start_dim cannot come after end_dim',
  };
}

const flatten: Check = ({ bound }, shape) => flattenRefusal(shape, bound.int('start_dim'), bound.int('end_dim'));

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

const unflatten: Check = ({ machine, bound }, shape) => {
  const [dim, sizes] = [bound.int('dim'), bound.items('sizes')?.map((each) => machine.knownSize(each))];
  return dim === undefined || !sizes ? undefined : unflattenRefusal(shape, dim, sizes);
};

/** The size of an axis whose number is known. */
function sizeAt({ bound }: Applied, name: string, shape: readonly Size[]): number | undefined {
  const axis = bound.int(name);
  const size = axis === undefined ? undefined : shape.at(axis);
  return size !== undefined && isKnown(size) ? size : undefined;
}

const split: Check = (call, shape) => {
  const { bound } = call;
  const wrong = axes('dim')(call, shape);
  const given = bound.get('split_size');
  const total = sizeAt(call, 'dim', shape);
  const parts = given?.kind === 'list' || given?.kind === 'tuple' ? allInts(iterate(given)) : undefined;
  if (wrong || total === undefined) return wrong;
  const each = bound.int('split_size');
  if (each !== undefined && (each < 0 || (each === 0 && total !== 0))) {
    return {
      code: 'split-sum',
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
    code: 'split-sum',
    template: 'Parts of {0} do not add up to {1}.',
    args: [listed(parts), total],
    framework: parts.every((part) => part >= 0)
      ? `split_with_sizes expects split_sizes to sum exactly to ${total} (input tensor's size at dimension ${bound.int('dim')!}), but got split_sizes=${listed(parts)}`
      : `split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=${listed(parts)}`,
  };
};

const chunk: Check = (call, shape) => {
  const count = call.bound.int('chunks');
  if (count === undefined || count > 0) return axes('dim')(call, shape);
  return {
    code: 'split-sum',
    template: 'A tensor cannot be split into {0} parts.',
    args: [count],
    framework: `chunk expects \`chunks\` to be greater than 0, got: ${count}`,
  };
};

export const indexRefusal = (index: number, size: number, framework: string): Refusal => ({
  code: 'index-range',
  template: 'The index {0} is out of range: the axis has a size of {1}.',
  args: [index, size],
  framework,
});

const select: Check = (call, shape) => {
  const wrong = axes('dim')(call, shape);
  const [axis, index, size] = [call.bound.int('dim'), call.bound.int('index'), sizeAt(call, 'dim', shape)];
  if (wrong || index === undefined || size === undefined || (index >= -size && index < size)) return wrong;
  const words = `select(): index ${index} out of range for tensor of size ${listed(shape)} at dimension ${axis! < 0 ? axis! + shape.length : axis}`;
  return indexRefusal(index, size, words);
};

const narrow: Check = (call, shape) => {
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

const topk: Check = (call, shape) => {
  const wrong = axes('dim')(call, shape);
  const [count, size] = [call.bound.int('k'), sizeAt(call, 'dim', shape)];
  if (wrong || count === undefined || size === undefined || count <= size) return wrong;
  return indexRefusal(count, size, 'selected index k out of range');
};

const windows: Check = (call, shape) => {
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

/** How many axes the operands of a product may have. */
const ranks =
  (
    words: (name: string, rank: number) => string,
    ...wanted: readonly (readonly [operand: string, name: string, rank: number])[]
  ): Check =>
  ({ bound }) => {
    for (const [operand, name, rank] of wanted) {
      const shape = sureShape(bound.tensor(operand));
      if (!shape || shape.length === rank) continue;
      return {
        code: 'rank-mismatch',
        template: 'The tensor has {0} axes; it needs {1}.',
        args: [shape.length, rank],
        framework: words(name, shape.length),
      };
    }
    return undefined;
  };

const batched = ranks((name) => `${name} must be a 3D tensor`, ['input', 'batch1', 3], ['other', 'batch2', 3]);

/** `bmm` stretches no batch. */
const batchProduct: Check = (call, shape) => {
  const wrong = batched(call, shape);
  const other = sureShape(call.bound.tensor('other'));
  if (wrong || !other || ![...shape, ...other].every(isKnown)) return wrong;
  if (shape[0] === other[0] && shape[2] === other[1]) return undefined;
  return {
    code: 'matrix-mismatch',
    template: 'Stacks of matrices of the shapes {0} and {1} have no product.',
    args: [listed(shape), listed(other)],
    framework: `Expected size for first two dimensions of batch2 tensor to be: ${listed([shape[0], shape[2]])} but got: ${listed(other.slice(0, 2))}.`,
  };
};

const noNumbers: Check = ({ bound }, shape) => {
  const other = sureShape(bound.tensor('other'));
  return other && productRefusal(shape, other);
};

/** A number is no factor of a matrix product. */
export function productRefusal(a: readonly Size[], b: readonly Size[]): Refusal | undefined {
  if (a.length > 0 && b.length > 0) return undefined;
  return {
    code: 'rank-mismatch',
    template: 'A matrix product is of tensors of at least one axis; these have {0} and {1}.',
    args: [a.length, b.length],
    framework: `both arguments to matmul need to be at least 1D, but they are ${a.length}D and ${b.length}D`,
  };
}

const groupNorm: Check = (call, shape) => {
  const groups = knownInt(loose(call, 0, 'num_groups'));
  return groups === undefined ? undefined : groupRefusal(groups, shape);
};

const layerNorm: Check = (call, shape) => {
  const given = loose(call, 0, 'normalized_shape');
  const wanted = given && allInts(iterate(given));
  return wanted && lastAxesRefusal(wanted, shape);
};

const instanceNorm: Check = (call, shape) => {
  const ofInput = loose(call, 4, 'use_input_stats');
  return ofInput === undefined || truthOf(ofInput) === true ? oneValuePerInstance(shape) : undefined;
};

const batchNorm: Check = (call, shape) => {
  const training = loose(call, 4, 'training');
  const wrong = training && truthOf(training) === true ? oneValuePerChannel(shape) : undefined;
  const kept = loose(call, 0, 'running_mean');
  const statistics = kept?.kind === 'tensor' ? sureShape(kept) : undefined;
  return wrong ?? (statistics?.length === 1 ? statisticsRefusal(statistics[0], shape) : undefined);
};

const matrixOnly: Check = (_call, shape) =>
  shape.length <= 2
    ? undefined
    : {
        code: 'rank-mismatch',
        template: 'The tensor has {0} axes; it may have {1} at most.',
        args: [shape.length, 2],
        framework: `t() expects a tensor with <= 2 dimensions, but self is ${shape.length}D`,
      };

const unsqueeze: Check = ({ bound }, shape) => axisRefusal(intsOf(bound.get('dim')), shape.length + 1);

const CHECKS: readonly (readonly [names: string, check: Check])[] = [
  ['transpose swapaxes swapdims', axes('dim0', 'dim1')],
  ['movedim moveaxis', axes('source', 'destination')],
  ['squeeze unbind size repeat_interleave diff', axes('dim')],
  ['chunk', chunk],
  ['unsqueeze', unsqueeze],
  ['mean sum std var prod amax amin logsumexp argmax argmin all any nanmean count_nonzero norm', reduce],
  ['max min median mode', reduce],
  ['softmax log_softmax softmin cumsum cumprod', along(0)],
  ['roll', along(1, 'dims')],
  ['sort', axes('dim')],
  ['flip', flip],
  ['t', matrixOnly],
  ['permute', permute],
  ['expand broadcast_to', expand],
  ['expand_as', expandAs],
  ['repeat', repeat],
  ['flatten', flatten],
  ['unflatten', unflatten],
  ['split', split],
  ['select', select],
  ['narrow', narrow],
  ['topk', topk],
  ['unfold', windows],
  [
    'mm',
    ranks(
      (name, rank) => `mm: ${name} must be a matrix, got ${rank}-D tensor`,
      ['input', 'self', 2],
      ['other', 'mat2', 2],
    ),
  ],
  ['bmm', batchProduct],
  ['matmul __matmul__', noNumbers],
  ['group_norm', groupNorm],
  ['layer_norm', layerNorm],
  ['instance_norm', instanceNorm],
  ['batch_norm', batchNorm],
];

const checks: ReadonlyMap<string, Check> = new Map(
  CHECKS.flatMap(([names, check]) => names.split(' ').map((name) => [name, check] as const)),
);

/** What PyTorch refuses of an operation on a tensor of its own whose shape is beyond doubt. */
export function refusalOf(name: string, call: Applied): Refusal | undefined {
  const check = checks.get(name);
  const input = check && call.bound.get('input');
  const shape = input?.kind === 'tensor' ? sureShape(input) : undefined;
  return check && shape && check(call, shape);
}
