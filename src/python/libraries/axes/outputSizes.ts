import { type Problem, problem } from '../../../core/problem';
import { print } from '../../sizes/print';
import type { ConvAxis } from '../../sizes/axis';
import { add, isKnown, type Size, subtract } from '../../sizes/size';

/** An axis of a transposed convolution whose output size the caller states. */
export interface AskedSize {
  readonly asked: Size;
  /** By how much it exceeds the least that there is. */
  readonly beyond: Size;
  /** By how much it may. */
  readonly room: Size;
}

/** An output size that is asked for and cannot be had; `words` are the framework's, of the first axis at fault. */
export function outputRangeProblem(
  axes: readonly AskedSize[],
  words: (axis: number, asked: string, least: string, most: string) => string,
): Problem | undefined {
  const wrong = axes.findIndex(({ beyond, room }) => isKnown(beyond) && isKnown(room) && (beyond < 0 || beyond > room));
  if (wrong < 0) return undefined;
  const list = (sizes: readonly Size[]): string => `[${sizes.map(print).join(', ')}]`;
  const asked = list(axes.map((axis) => axis.asked));
  const least = list(axes.map((axis) => subtract(axis.asked, axis.beyond)));
  const most = list(axes.map((axis) => add(subtract(axis.asked, axis.beyond), axis.room)));
  return problem({
    code: 'output-size-range',
    field: 'outputPadding',
    template: 'The output size {0} cannot be had; sizes from {1} to {2} can.',
    args: [asked, least, most],
    framework: words(wrong, asked, least, most),
  });
}

/** An output padding that is neither below the stride nor below the dilation, as PyTorch has it and others after it. */
export function outputPaddingProblem(
  stated: readonly Size[],
  axes: readonly Pick<ConvAxis, 'stride' | 'dilation'>[],
  words: (axis: number, added: number, limit: number) => string,
): Problem | undefined {
  for (const [axis, { stride, dilation }] of axes.entries()) {
    const added = stated[axis];
    if (!isKnown(added) || !isKnown(stride) || !isKnown(dilation)) continue;
    const limit = Math.max(stride, dilation);
    if (added < limit) continue;
    return problem({
      code: 'output-padding-large',
      field: 'outputPadding',
      template: 'Output padding {0} must be smaller than the stride ({1}) or the dilation ({2}).',
      args: [added, stride, dilation],
      framework: words(axis, added, limit),
    });
  }
  return undefined;
}
