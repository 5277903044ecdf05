import type { Operation } from '../operation';
import { type Problem, type ProblemField, problem } from '../problem';
import type { StoredAs } from './weights';

/**
 * A framework's call in the canonical operation, with the order in which it stores its kernel, or why it has none:
 * because the framework refuses it (its words are then in `framework`) or because PyTorch's operation cannot say it.
 */
export type Translation =
  | { readonly ok: true; readonly op: Operation; readonly storedAs: StoredAs }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What one axis of a transposed convolution crops and adds. */
export interface Crop {
  readonly begin: number;
  readonly end: number;
  readonly outputPadding: number;
}

/** From a count of elements off either end: fewer than none at the end are elements added, which is output padding. */
export const cropOf = (begin: number, end: number): Crop => ({
  begin,
  end: Math.max(end, 0),
  outputPadding: Math.max(-end, 0),
});

export function refused(
  field: ProblemField,
  code: string,
  template: string,
  args: readonly (string | number)[] = [],
  framework?: string,
): Translation {
  return { ok: false, problems: [problem({ code, field, template, args, framework })] };
}

export interface Common {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly groups?: number;
}

export function transposed(
  { stride, dilation, groups = 1 }: Common,
  crops: readonly Crop[],
  storedAs: StoredAs,
): Translation {
  if (crops.some(({ begin }) => begin < 0)) {
    return refused(
      'padding',
      'begin-extended',
      'The output begins before the first stamp; PyTorch’s operation can add elements at the end only.',
    );
  }
  const op: Operation = {
    kind: 'convTranspose',
    stride,
    dilation,
    groups,
    padding: crops.map(({ begin, end }): [number, number] => [begin, end]),
    outputPadding: crops.map(({ outputPadding }) => outputPadding),
  };
  return { ok: true, op, storedAs };
}

export function convolution(
  { stride, dilation, groups = 1 }: Common,
  padding: readonly (readonly [begin: number, end: number])[],
  storedAs: StoredAs,
): Translation {
  return { ok: true, op: { kind: 'conv', stride, dilation, groups, padding }, storedAs };
}

/** `K = d(k−1)+1`. */
export const extentOf = (kernel: number, dilation: number): number => dilation * (kernel - 1) + 1;

/** TensorFlow's SAME for a convolution: `⌈i/s⌉` outputs, the odd element of the padding at the end. */
export function samePadding(input: number, extent: number, stride: number): readonly [begin: number, end: number] {
  const total = Math.max((Math.ceil(input / stride) - 1) * stride + extent - input, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
