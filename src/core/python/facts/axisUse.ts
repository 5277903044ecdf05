import { deriveAxis } from '../../shape';
import type { ConvAxis, ConvSetup } from '../shapes/convolution';
import type { AxisUse, OverlapFacts } from '../report';
import { print } from '../symbolic/print';
import { type Size, add, isKnown, multiply, subtract } from '../symbolic/size';

/** One axis of a convolution as a reader sees it; the formula's own wording comes from `core/shape`. */
export function convAxisUse(kind: ConvSetup['kind'], axis: ConvAxis, output: Size): AxisUse {
  const even = isKnown(axis.padBegin) && isKnown(axis.padEnd) && axis.padBegin === axis.padEnd;
  const sample = { input: 1, kernel: 1, stride: 1, dilation: 1, padBegin: 0, padEnd: even ? 0 : 1, outputPadding: 0, extent: 1, output: 1 };
  const values: Readonly<Record<string, Size>> = {
    i: axis.input,
    k: axis.kernel,
    s: axis.stride,
    d: axis.dilation,
    p: axis.padBegin,
    'p₀': axis.padBegin,
    'p₁': axis.padEnd,
    op: axis.outputPadding,
  };
  const derivation = deriveAxis(kind, sample);
  const extent = add(multiply(axis.dilation, subtract(axis.kernel, 1)), 1);
  return {
    input: print(axis.input),
    output: print(output),
    formula: derivation.formula,
    substituted: derivation.parts.map((part) => ('text' in part ? part.text : operand(values[part.symbol]))).join(''),
    extent: print(extent),
    ...(kind === 'convTranspose' ? { overlap: overlapOf(axis) } : {}),
  };
}

function operand(size: Size): string {
  const text = String(print(size));
  return /^[\w.]+$/.test(text) ? text : `(${text})`;
}

/** Taps per output residue: tap `t` lands at `t·d mod s`. */
export function overlapOf(axis: Pick<ConvAxis, 'kernel' | 'stride' | 'dilation'>): OverlapFacts | undefined {
  const { kernel, stride, dilation } = axis;
  if (!isKnown(kernel) || !isKnown(stride) || !isKnown(dilation) || stride < 1 || stride > 64 || kernel > 1024) return undefined;
  const counts = Array.from({ length: stride }, () => 0);
  for (let tap = 0; tap < kernel; tap++) counts[(tap * dilation) % stride]++;
  return { counts, even: counts.every((count) => count === counts[0]), holes: counts.includes(0) };
}
