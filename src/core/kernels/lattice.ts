import type { AxisPlan } from '../axis';
import { readAt } from './meetings';
import type { Kind, PaddingMode } from '../operation';
import type { Plan } from '../plan';

/** One tap of a phase: which weight, and the index in the field that it reads for site 0. */
export interface PhaseTap {
  readonly tap: number;
  readonly at: number;
}

/**
 * One axis as the dense kernel sees it. Site `j` of phase `ρ` makes output `step·j + ρ − crop` and reads, for each tap
 * of the phase, field index `tap.at + siteStep·j`; field index 0 is input `low`.
 */
export interface AxisLattice {
  readonly sites: number;
  readonly step: number;
  readonly crop: number;
  readonly siteStep: number;
  readonly low: number;
  readonly length: number;
  readonly phases: readonly (readonly PhaseTap[])[];
  /**
   * Folded: all phases read the same inputs; phase ρ's weight is `tap + ρ`. Then `phases` holds that of ρ = 0 alone.
   */
  readonly folded: boolean;
}

export const UNIT_AXIS: AxisPlan = {
  input: 1,
  kernel: 1,
  stride: 1,
  dilation: 1,
  padBegin: 0,
  padEnd: 0,
  outputPadding: 0,
  extent: 1,
  output: 1,
};

/** Planes, rows, columns, whatever the rank: missing axes in front are single. */
export function threeAxes(plan: Plan): readonly [planes: AxisPlan, rows: AxisPlan, columns: AxisPlan] {
  const axes = [UNIT_AXIS, UNIT_AXIS, UNIT_AXIS, ...plan.axes].slice(-3);
  return [axes[0], axes[1], axes[2]];
}

const remainder = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

/** Whether the row phases of a transposed convolution read the same inputs, tap for tap. */
export const canFold = (kind: Kind, axis: AxisPlan): boolean =>
  kind === 'convTranspose' && axis.stride > 1 && axis.dilation === 1 && axis.kernel % axis.stride === 0;

interface Reading {
  readonly tap: number;
  /** Input index under the tap at site 0, before the field's origin is known. */
  readonly input: number;
}

function assemble(
  axis: AxisPlan,
  mode: PaddingMode,
  shape: Pick<AxisLattice, 'sites' | 'step' | 'crop' | 'siteStep' | 'folded'>,
  readings: readonly (readonly Reading[])[],
): AxisLattice {
  const span = (shape.sites - 1) * shape.siteStep;
  // Taps that lie in the zeros for every site are left out: crops and paddings wider than the kernel would cost work
  // and memory.
  const kept = readings.map((phase) =>
    phase.filter(({ input }) => mode !== 'zeros' || (input < axis.input && input + span >= 0)),
  );
  const inputs = kept.flat().map(({ input }) => input);
  const low = inputs.reduce((least, input) => Math.min(least, input), inputs[0] ?? 0);
  const high = inputs.reduce((most, input) => Math.max(most, input), low) + span;
  return {
    ...shape,
    low,
    length: high - low + 1,
    phases: kept.map((phase) => phase.map(({ tap, input }) => ({ tap, at: input - low }))),
  };
}

/** The lattice of one axis; `fold` only where `canFold` says so. */
export function axisLattice(kind: Kind, mode: PaddingMode, axis: AxisPlan, fold: boolean): AxisLattice {
  const { stride, dilation, padBegin, kernel, output } = axis;
  const taps = Array.from({ length: kernel }, (_, tap) => tap);
  if (kind === 'conv') {
    const shape = { sites: output, step: 1, crop: 0, siteStep: stride, folded: false };
    return assemble(axis, mode, shape, [taps.map((tap) => ({ tap, input: tap * dilation - padBegin }))]);
  }
  if (fold) {
    const first = Math.floor(padBegin / stride);
    const sites = Math.floor((output - 1 + padBegin) / stride) - first + 1;
    const shape = { sites, step: stride, crop: padBegin - stride * first, siteStep: 1, folded: true };
    const leading = taps.filter((tap) => tap % stride === 0);
    return assemble(axis, mode, shape, [leading.map((tap) => ({ tap, input: first - tap / stride }))]);
  }
  const shape = { sites: Math.ceil(output / stride), step: stride, crop: 0, siteStep: 1, folded: false };
  const phases = Array.from({ length: stride }, (_, phase) =>
    taps
      .filter((tap) => remainder(phase + padBegin - tap * dilation, stride) === 0)
      .map((tap) => ({ tap, input: (phase + padBegin - tap * dilation) / stride })),
  );
  return assemble(axis, mode, shape, phases);
}

/** Per field index, the input index that stands there or −1. */
export function fieldMap(mode: PaddingMode, axis: AxisPlan, lattice: AxisLattice): Int32Array {
  return Int32Array.from({ length: lattice.length }, (_, index) => {
    const place = index + lattice.low;
    // A field may end beyond what any real output reads: the last vector of phases that have one site fewer.
    if (mode !== 'zeros' && (place < -axis.padBegin || place >= axis.input + axis.padEnd)) return -1;
    return readAt(mode, place, axis.input);
  });
}
