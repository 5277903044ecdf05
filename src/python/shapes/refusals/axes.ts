import type { Size } from '../../sizes/size';
import type { Refusal } from '../problems';
import { sizesArgument } from '../sizesGiven';
import { allInts, type Check, intsOf, loose } from './check';

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
export const axes =
  (...names: string[]): Check =>
  ({ bound }, shape) =>
    axisRefusal(
      names.flatMap((name) => intsOf(bound.get(name))),
      shape.length,
    );

export const along =
  (position: number, name = 'dim'): Check =>
  (call, shape) =>
    axisRefusal(intsOf(loose(call, position, name)), shape.length);

export const flip: Check = (call, shape) => {
  const named = call.bound.get('dims');
  const rest = call.bound.get('rest');
  const given = named ? [named] : rest?.kind === 'tuple' ? rest.items : [];
  return axisRefusal(given.flatMap(intsOf), shape.length);
};

/** The axes over which something is reduced. */
export const reduce: Check = ({ bound }, shape) => {
  const given = bound.get('dim');
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
          code: 'axis-range',
          template: 'Axis {0} is named twice.',
          args: [twice],
          framework: `dim ${twice} appears multiple times in the list of dims`,
        })
  );
};

export const permute: Check = (call, shape) => {
  const dims = allInts(sizesArgument(call, 'dims'));
  if (!dims) return undefined;
  const rank = shape.length;
  if (dims.length !== rank) {
    return {
      code: 'rank-mismatch',
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
    code: 'axis-range',
    template: 'Axis {0} is named twice.',
    args: [twice],
    framework: 'permute(): duplicate dims are not allowed.',
  };
};

export const unsqueeze: Check = ({ bound }, shape) => axisRefusal(intsOf(bound.get('dim')), shape.length + 1);

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
    code: 'axis-range',
    template: 'The axes to flatten end ({1}) before they begin ({0}).',
    args: [given[0], given[1]],
    framework: 'flatten() has invalid args: start_dim cannot come after end_dim',
  };
}

export const flatten: Check = ({ bound }, shape) => flattenRefusal(shape, bound.int('start_dim'), bound.int('end_dim'));

export const matrixOnly: Check = (_call, shape) =>
  shape.length <= 2
    ? undefined
    : {
        code: 'rank-mismatch',
        template: 'The tensor has {0} axes; it may have {1} at most.',
        args: [shape.length, 2],
        framework: `t() expects a tensor with <= 2 dimensions, but self is ${shape.length}D`,
      };
