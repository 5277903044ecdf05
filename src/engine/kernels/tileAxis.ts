import type { AxisPlan } from '../../core/axis';
import type { Kind } from '../../core/operation';
import type { AxisLattice } from '../../core/kernels/lattice';

/**
 * An axis laid out in tiles of two outputs, see wasm/winograd.ts. As a lattice, its sites are tiles and `at` is what a
 * tile reads first.
 */
export interface TileAxis extends AxisLattice {
  /** Taps of one phase: 2 or 3. */
  readonly reach: number;
  /** Field indices between neighbouring taps of a phase. */
  readonly spacing: number;
  /** Weight indices between them; negative where the kernel is read backwards. */
  readonly tapStep: number;
}

const remainder = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

/**
 * Phases and parts of an axis before it is cut into tiles; `input` is the input under the first tap for the first
 * output.
 */
interface Parts {
  readonly reach: number;
  readonly spacing: number;
  readonly tapStep: number;
  readonly phases: readonly (readonly { readonly tap: number; readonly input: number }[])[];
}

/**
 * How an axis falls into phases whose taps are 2 or 3 neighbours; undefined where it does not. Outputs `c·j + P` are
 * phase P of c, and j and j + 1 read inputs `spacing` apart, as the taps are:
 * - stride 1: c = dilation, and so is the spacing; a transposed one reads the kernel backwards, `o + p − t·d`.
 * - transposed, k = r·s: c = s; phase P meets the taps t ≡ P + p (mod s) under neighbouring inputs `(P + p − t)/s`.
 * - plain, k = r·s: c = 1; tap `s·u + v` reads `s·(o + u) + v − p`: s parts v that add up, with inputs s apart.
 */
function partsOf(kind: Kind, { stride, dilation, kernel, padBegin }: AxisPlan): Parts | undefined {
  const reach = kernel / stride;
  if ((reach !== 2 && reach !== 3) || (stride > 1 && dilation > 1)) return undefined;
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  if (kind === 'conv') {
    if (stride === 1)
      return {
        reach,
        spacing: dilation,
        tapStep: 1,
        phases: upTo(dilation).map((phase) => [{ tap: 0, input: phase - padBegin }]),
      };
    return {
      reach,
      spacing: stride,
      tapStep: stride,
      phases: [upTo(stride).map((tap) => ({ tap, input: tap - padBegin }))],
    };
  }
  if (stride === 1)
    return {
      reach,
      spacing: dilation,
      tapStep: -1,
      phases: upTo(dilation).map((phase) => [{ tap: kernel - 1, input: phase + padBegin - (kernel - 1) * dilation }]),
    };
  return {
    reach,
    spacing: 1,
    tapStep: -stride,
    phases: upTo(stride).map((phase) => {
      const first = remainder(phase + padBegin, stride);
      return [{ tap: first + (reach - 1) * stride, input: (phase + padBegin - first) / stride - (reach - 1) }];
    }),
  };
}

/**
 * `lanes` tiles stand in a vector: the field reaches as far as the last one reads. Undefined where the axis has no such
 * form.
 */
export function tileAxis(kind: Kind, axis: AxisPlan, lanes: number): TileAxis | undefined {
  const parts = partsOf(kind, axis);
  if (!parts) return undefined;
  const { reach, spacing, tapStep, phases } = parts;
  const step = 2 * phases.length;
  const sites = Math.ceil(axis.output / step);
  const siteStep = 2 * spacing;
  const inputs = phases.flat().map(({ input }) => input);
  const low = Math.min(...inputs);
  const high = Math.max(...inputs) + siteStep * (lanes * Math.ceil(sites / lanes) - 1) + reach * spacing;
  return {
    reach,
    spacing,
    tapStep,
    sites,
    step,
    siteStep,
    low,
    crop: 0,
    folded: false,
    length: high - low + 1,
    phases: phases.map((phase) => phase.map(({ tap, input }) => ({ tap, at: input - low }))),
  };
}
