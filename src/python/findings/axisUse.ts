import { hasHoles, isEven, tapsPerResidue } from '../../core/explain/overlap';
import { type AxisDerivation, deriveAxis } from '../../core/shape';
import type { AxisUse, OverlapFacts } from '../report';
import { type ConvAxis, type ConvKind, extentOf } from '../sizes/axis';
import { print } from '../sizes/print';
import { isKnown, type Size } from '../sizes/size';

/** The wording of a size formula; it depends on nothing else, and was worked out for every use of every layer. */
const wordings = new Map<string, AxisDerivation>();

function wordingOf(kind: ConvKind, even: boolean): AxisDerivation {
  const key = `${kind} ${even}`;
  let wording = wordings.get(key);
  if (!wording) {
    wording = deriveAxis(kind, {
      input: 1,
      kernel: 1,
      stride: 1,
      dilation: 1,
      padBegin: 0,
      padEnd: even ? 0 : 1,
      outputPadding: 0,
      extent: 1,
      output: 1,
    });
    wordings.set(key, wording);
  }
  return wording;
}

/** The axes of a convolution as a reader sees them; what is the same on two axes is one object. */
export function convAxisUses(kind: ConvKind, axes: readonly ConvAxis[], outputs: readonly Size[]): readonly AxisUse[] {
  const uses: AxisUse[] = [];
  axes.forEach((axis, index) => {
    const same = axes.findIndex((other, at) => at < index && sameAxis(other, axis) && outputs[at] === outputs[index]);
    uses.push(same >= 0 ? uses[same] : convAxisUse(kind, axis, outputs[index]));
  });
  return uses;
}

const FIELDS = ['input', 'kernel', 'stride', 'dilation', 'padBegin', 'padEnd', 'outputPadding'] as const;

const sameAxis = (a: ConvAxis, b: ConvAxis): boolean => FIELDS.every((field) => a[field] === b[field]);

/** The formula's own wording comes from `core/shape`. */
function convAxisUse(kind: ConvKind, axis: ConvAxis, output: Size): AxisUse {
  const even = isKnown(axis.padBegin) && isKnown(axis.padEnd) && axis.padBegin === axis.padEnd;
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
  const { formula, parts } = wordingOf(kind, even);
  let substituted = '';
  for (const part of parts) substituted += 'text' in part ? part.text : operand(values[part.symbol]);
  return {
    input: print(axis.input),
    output: print(output),
    formula,
    substituted,
    extent: print(extentOf(axis)),
    ...(kind === 'convTranspose' ? { overlap: overlapOf(axis) } : {}),
  };
}

function operand(size: Size): string {
  const text = String(print(size));
  return /^[\w.]+$/.test(text) ? text : `(${text})`;
}

/** The axes of a layer are the same objects wherever it is applied to the same shape. */
const overlaps = new WeakMap<object, { readonly facts: OverlapFacts | undefined }>();

export function overlapOf(axis: Pick<ConvAxis, 'kernel' | 'stride' | 'dilation'>): OverlapFacts | undefined {
  let known = overlaps.get(axis);
  if (!known) overlaps.set(axis, (known = { facts: workOutOverlap(axis) }));
  return known.facts;
}

function workOutOverlap({ kernel, stride, dilation }: Parameters<typeof overlapOf>[0]): OverlapFacts | undefined {
  if (!isKnown(kernel) || !isKnown(stride) || !isKnown(dilation) || stride < 1 || stride > 64 || kernel > 1024)
    return undefined;
  const counts = tapsPerResidue(kernel, stride, dilation);
  return { counts, even: isEven(counts), holes: hasHoles(counts) };
}
