// What the code that an operation is copied as is put together from, in every language.
import { writePython } from '../formats/writeText';
import type { Dtype, Tensor } from '../operation';
import type { Plan } from '../plan';
import { elementCount } from '../tensor/tensor';

export interface Copied {
  readonly plan: Plan;
  readonly dtype: Dtype;
  readonly bias: boolean;
  /** The values on show, to be written out; without them the code makes its own, at random. */
  readonly values?: { readonly input: Tensor; readonly weight: Tensor; readonly bias?: Tensor };
}

/** Nobody reads more numbers than these in a piece of code: a document with more is copied with random ones. */
export const MOST_COPIED = 1000;

export const RANDOM = `# The values are random: these are more than ${MOST_COPIED} numbers.`;

/** Whether tensors of these shapes are few enough numbers to be carried by code. */
export const areFew = (shapes: readonly (readonly number[])[]): boolean =>
  shapes.map(elementCount).reduce((all, each) => all + each, 0) <= MOST_COPIED;

/** `x`, `w` and `b` as they are, each a statement. */
export const given = (
  { input, weight, bias }: NonNullable<Copied['values']>,
  library: 'torch' | 'numpy' | 'jax',
): readonly string[] => [
  `x = ${writePython(input, library)}`,
  `w = ${writePython(weight, library)}`,
  ...(bias ? [`b = ${writePython(bias, library)}`] : []),
];

const alike = (values: readonly number[]): boolean => values.every((each) => each === values[0]);
export const tuple = (values: readonly number[]): string =>
  values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
/** One number where it says all axes, as people write it. */
export const brief = (values: readonly number[]): string => (alike(values) ? String(values[0]) : tuple(values));
export const pairs = (plan: Plan): string =>
  `[${plan.axes.map(({ padBegin, padEnd }) => `(${padBegin}, ${padEnd})`).join(', ')}]`;
export const letters = (plan: Plan): string => 'DHW'.slice(-plan.rank);
export const of = (
  plan: Plan,
  key: 'kernel' | 'stride' | 'padBegin' | 'padEnd' | 'dilation' | 'outputPadding' | 'output',
): readonly number[] => plan.axes.map((axis) => axis[key]);
export const isSymmetric = (plan: Plan): boolean => plan.axes.every(({ padBegin, padEnd }) => padBegin === padEnd);
/** For `F.pad`, which names the last axis first. */
export const padList = (plan: Plan): string =>
  [...plan.axes]
    .reverse()
    .flatMap(({ padBegin, padEnd }) => [padBegin, padEnd])
    .join(', ');
