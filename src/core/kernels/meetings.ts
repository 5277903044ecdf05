import type { AxisPlan } from '../axis';
import type { PaddingMode } from '../operation';
import type { Plan } from '../plan';
import { forEachPosition, inputSizes, kernelSizes, outputSizes } from './positions';

/**
 * Where input, kernel and output meet. One equation per axis says everything about both operations:
 *
 *     place = site · stride + tap · dilation − padBegin
 *
 * A *site* is one application of the kernel: an output of a convolution, an input of a transposed one (its stamp).
 * A *place* is where a tap of it falls: on the input of a convolution, on the output of a transposed one.
 * Convolution reads its places, transposed convolution writes them; nothing else tells the two apart.
 */
export interface Meeting {
  readonly tap: number;
  /** The index at the other end: an input for an output, an output for an input. */
  readonly partner: number;
}

/**
 * The input index that a padded convolution reads at `place`, or −1 where it reads a zero. Padding wraps at most once.
 */
export function readAt(mode: PaddingMode, place: number, size: number): number {
  if (place >= 0 && place < size) return place;
  switch (mode) {
    case 'zeros':
      return -1;
    case 'reflect':
      return place < 0 ? -place : 2 * (size - 1) - place;
    case 'replicate':
      return place < 0 ? 0 : size - 1;
    case 'circular':
      return place < 0 ? place + size : place - size;
    default: {
      const never: never = mode;
      return never;
    }
  }
}

/** Along one axis: every (input, tap) that takes part in output `output`, by ascending tap. */
export function meetingsOfOutput(plan: Plan, axis: AxisPlan, output: number): readonly Meeting[] {
  const met: Meeting[] = [];
  for (let tap = 0; tap < axis.kernel; tap++) {
    const input = inputUnder(plan, axis, output, tap);
    if (input >= 0) met.push({ tap, partner: input });
  }
  return met;
}

/** The one input that `tap` pairs with `output`, or −1. */
export function inputUnder(plan: Plan, axis: AxisPlan, output: number, tap: number): number {
  if (plan.kind === 'conv') {
    return readAt(plan.paddingMode, output * axis.stride + tap * axis.dilation - axis.padBegin, axis.input);
  }
  const site = (output + axis.padBegin - tap * axis.dilation) / axis.stride;
  return Number.isInteger(site) && site >= 0 && site < axis.input ? site : -1;
}

/**
 * Along one axis: every (output, tap) that input `input` takes part in. The same relation, solved for the other end.
 */
export function meetingsOfInput(plan: Plan, axis: AxisPlan, input: number): readonly Meeting[] {
  const met: Meeting[] = [];
  const add = (output: number, tap: number): void => {
    if (Number.isInteger(output) && output >= 0 && output < axis.output) met.push({ tap, partner: output });
  };
  const places = plan.kind === 'conv' ? placesReading(plan.paddingMode, axis, input) : [];
  for (let tap = 0; tap < axis.kernel; tap++) {
    const reach = tap * axis.dilation - axis.padBegin;
    if (plan.kind === 'convTranspose') add(input * axis.stride + reach, tap);
    for (const place of places) add((place - reach) / axis.stride, tap);
  }
  return met;
}

/** Every place of the padded input that reads `input`: itself, and its images in the padding. */
function placesReading(
  mode: PaddingMode,
  { input: size, padBegin, padEnd }: AxisPlan,
  input: number,
): readonly number[] {
  const places = [input];
  for (let place = -padBegin; place < 0; place++) if (readAt(mode, place, size) === input) places.push(place);
  for (let place = size; place < size + padEnd; place++) if (readAt(mode, place, size) === input) places.push(place);
  return places;
}

/** Flat offsets within one channel, pairwise: `partners[m]` meets `taps[m]` of the kernel. */
export interface FlatMeetings {
  readonly partners: readonly number[];
  readonly taps: readonly number[];
}

/** What meets a position is the product of what meets its index along each axis. */
export function crossMeetings(
  alongAxes: readonly (readonly Meeting[])[],
  partnerSizes: readonly number[],
  kernelSizes: readonly number[],
): FlatMeetings {
  let partners = [0];
  let taps = [0];
  for (let axis = 0; axis < alongAxes.length; axis++) {
    const partnerBases = partners;
    const tapBases = taps;
    partners = [];
    taps = [];
    // Plain loops, not flatMap: this runs for every position of a tensor.
    for (let base = 0; base < tapBases.length; base++) {
      for (const { tap, partner } of alongAxes[axis]) {
        partners.push(partnerBases[base] * partnerSizes[axis] + partner);
        taps.push(tapBases[base] * kernelSizes[axis] + tap);
      }
    }
  }
  return { partners, taps };
}

/** A visit to every output position, in C order, with what meets it. */
export function forEachOutput(plan: Plan, visit: (met: FlatMeetings, output: number) => void): void {
  const inputs = inputSizes(plan);
  const kernels = kernelSizes(plan);
  const tables = plan.axes.map((axis) =>
    Array.from({ length: axis.output }, (_, index) => meetingsOfOutput(plan, axis, index)),
  );
  forEachPosition(outputSizes(plan), (position, output) => {
    visit(
      crossMeetings(
        tables.map((table, axis) => table[position[axis]]),
        inputs,
        kernels,
      ),
      output,
    );
  });
}

/** The same from the other end. */
export function forEachInput(plan: Plan, visit: (met: FlatMeetings, input: number) => void): void {
  const outputs = outputSizes(plan);
  const kernels = kernelSizes(plan);
  const tables = plan.axes.map((axis) =>
    Array.from({ length: axis.input }, (_, index) => meetingsOfInput(plan, axis, index)),
  );
  forEachPosition(inputSizes(plan), (position, input) => {
    visit(
      crossMeetings(
        tables.map((table, axis) => table[position[axis]]),
        outputs,
        kernels,
      ),
      input,
    );
  });
}
