import { type AxisPlan, planAxis } from '../../core/axis';
import type { Candidate } from '../../core/solve/request';
import { solve } from '../../core/solve/solve';
import { canonicalUse } from '../canonicalUse';
import type { Report, Use } from '../report';
import { type Fix, pythonOf, setArguments } from './setArguments';

/** Ways to make a layer's output another size that are offered; the solver's best ones. */
const OFFERED = 3;
/** Taken for a size that is not known: the size equation is linear in it, so what is missing does not depend on it. */
const SOME_SIZE = 64;

interface Axis extends AxisPlan {
  readonly wanted: number;
  readonly missing: number;
}

function axesOf(report: Report, use: Use, missing: readonly number[]): readonly Axis[] | undefined {
  const known = canonicalUse(report, use);
  if (!known) return undefined;
  const { op, inputShape, weightShape } = known;
  return missing.map((lacking, axis) => {
    const size = inputShape[inputShape.length - report.rank + axis];
    const input = typeof size === 'number' ? size : SOME_SIZE;
    const planned = planAxis(op, axis, input, weightShape[axis + 2]);
    return { ...planned, wanted: planned.output + lacking, missing: lacking };
  });
}

/**
 * PyTorch's and Paddle's numbers: each axis is solved by itself, the padding that stands there kept where it can be.
 */
function numbered(axes: readonly Axis[]): readonly Readonly<Record<string, string>>[] {
  const ways = axes.map(({ input, wanted, kernel, stride, dilation, padBegin: begin, padEnd: end }) => {
    if (begin !== end || wanted < 1) return [];
    const found = solve({
      kind: 'convTranspose',
      framework: 'torch',
      sizes: [{ input, output: wanted }],
      fixed: { kernel, stride, dilation },
    });
    return found
      .flatMap(({ padding, outputPadding = [0] }) =>
        typeof padding === 'number' ? [{ padding, outputPadding: outputPadding[0] }] : [],
      )
      .sort((a, b) => Math.abs(a.padding - begin) - Math.abs(b.padding - begin));
  });
  const most = Math.min(OFFERED, ...ways.filter((_, axis) => axes[axis].missing !== 0).map(({ length }) => length));
  if (ways.some(({ length }) => length === 0)) return [];
  return Array.from({ length: most }, (_, nth) => {
    const chosen = ways.map((each, axis) => each[axes[axis].missing === 0 ? 0 : nth]);
    return {
      ...(chosen.some(({ padding }, axis) => padding !== axes[axis].padBegin) && {
        padding: pythonOf(chosen.map(({ padding }) => padding)),
      }),
      ...(chosen.some(({ outputPadding }, axis) => outputPadding !== axes[axis].outputPadding) && {
        output_padding: pythonOf(chosen.map(({ outputPadding }) => outputPadding)),
      }),
    };
  });
}

/** Keras has one word for the padding of all axes. */
function named(axes: readonly Axis[], { parameters }: Use): readonly Readonly<Record<string, string>>[] {
  const [{ kernel, stride, dilation }] = axes;
  const uniform = axes.every((axis) => axis.kernel === kernel && axis.stride === stride && axis.dilation === dilation);
  if (!uniform || axes.some(({ wanted }) => wanted < 1)) return [];
  const found = solve({
    kind: 'convTranspose',
    framework: 'keras',
    sizes: axes.map(({ input, wanted }) => ({ input, output: wanted })),
    fixed: { kernel, stride, dilation },
  });
  const before = typeof parameters.padding === 'string' ? parameters.padding.toLowerCase() : undefined;
  const rank = ({ padding }: Candidate): number => Number(padding !== before);
  return [...found]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, OFFERED)
    .map(({ padding, outputPadding }) => {
      const extra = outputPadding ? pythonOf(outputPadding) : 'None';
      const stated = parameters.output_padding ?? null;
      return {
        ...(padding !== before && { padding: `'${padding}'` }),
        ...((outputPadding || stated !== null) && { output_padding: extra }),
      };
    });
}

/**
 * Paddings and output paddings with which a transposed convolution, its kernel, stride and dilation kept, has `missing`
 * elements more on each spatial axis. The solver's, so the same that **Find Convolution for Sizes** tells.
 */
export function restoreSize(text: string, report: Report, use: Use, missing: readonly number[]): Fix[] {
  const axes = report.family === 'convTranspose' ? axesOf(report, use, missing) : undefined;
  if (!axes) return [];
  const numbers = report.framework === 'torch' || report.framework === 'paddle';
  const ways = numbers ? numbered(axes) : report.framework === 'keras' ? named(axes, use) : [];
  return ways.map((values, index) => setArguments(text, report, values, index === 0));
}
