import type { Operation } from '../core/operation';
import { kernelExtent, NUMBERS } from '../core/formulas';
import { canonicalUse } from '../python/canonicalUse';
import type { Dim, Report, Use } from '../python';

/** An operation that may be illegal, on tensors of these shapes. */
interface Sizes {
  readonly op: Operation;
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
}

const isShape = (dims: readonly Dim[]): dims is readonly number[] =>
  dims.every((dim) => Number.isSafeInteger(dim) && Number(dim) > 0);

/** The uses of a layer; of one that is refused wherever it is applied, or when it is made, what is refused. */
export function usesOrRefused(report: Report): readonly Use[] {
  if (report.uses.length > 0) return report.uses;
  const refused = report.refused ?? statedUse(report);
  return refused ? [refused] : [];
}

/** The use that a link or a command means. */
export const useOf = (report: Report, index: number): Use | undefined => usesOrRefused(report)[index];

/**
 * What the inspector shows of a use that is refused: the parameters as they stand, and the input that it is given, of
 * which a size that is not known is `size`. Nothing where no document can hold it.
 */
export function refusedSizes(report: Report, use: Use, size: number): Sizes | undefined {
  const { operation: op, weightShape } = use;
  const known =
    report.framework === 'torch'
      ? op && weightShape && { op, weightShape, inputShape: use.inputShape }
      : canonicalUse(report, use);
  if (!known) return undefined;
  const batched = known.inputShape.length === report.rank + 2;
  const inputShape = known.inputShape.map((dim, axis) =>
    typeof dim === 'number' ? dim : batched && axis === 0 ? 1 : size,
  );
  return isShape(inputShape) && isShape(known.weightShape)
    ? { op: known.op, inputShape, weightShape: known.weightShape }
    : undefined;
}

/** Numbers that a call states, one for all axes or one each. */
function stated({ parameters, rank }: Report, name: string, usual?: number): readonly number[] | undefined {
  const value = parameters[name] ?? usual;
  if (typeof value === 'number') return Array.from({ length: rank }, () => value);
  const numbers = Array.isArray(value) ? value.filter((each): each is number => typeof each === 'number') : [];
  return numbers.length === rank ? numbers : undefined;
}

/** What a layer of PyTorch states that could not be made: nobody has applied it, so its input is one that has room. */
function statedUse(report: Report): Use | undefined {
  const { callee, family: kind, parameters, problems } = report;
  if (problems.length === 0 || !/^torch\.nn\.Conv(Transpose)?\dd$/.test(callee)) return undefined;
  const { in_channels: input, out_channels: output, groups = 1, bias = true } = parameters;
  const [kernel, stride, padding] = [
    stated(report, 'kernel_size'),
    stated(report, 'stride', 1),
    stated(report, 'padding', 0),
  ];
  const [dilation, outputPadding] = [stated(report, 'dilation', 1), stated(report, 'output_padding', 0)];
  if (typeof input !== 'number' || typeof output !== 'number' || typeof groups !== 'number') return undefined;
  if (!kernel || !stride || !padding || !dilation || !outputPadding) return undefined;
  const weightShape = [...(kind === 'conv' ? [output, input / groups] : [input, output / groups]), ...kernel];
  const sizes = kernel.map((each, axis) => Math.max(4, kernelExtent(NUMBERS, each, dilation[axis])));
  const op = { stride, padding, dilation, groups };
  return {
    inputShape: [1, input, ...sizes],
    outputShape: [],
    source: 'symbolic',
    axes: [],
    parameters,
    weightShape,
    parameterCount: weightShape.reduce((product, each) => product * each, 1) + (bias === true ? output : 0),
    operation: kind === 'conv' ? { kind: 'conv', ...op } : { kind: 'convTranspose', ...op, outputPadding },
  };
}
