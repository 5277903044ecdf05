import type { AxisPlan } from '../axis';
import type { PaddingMode } from '../operation';
import type { Plan } from '../plan';

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
  readonly input: number;
  readonly tap: number;
}

/** The input index that a padded convolution reads at `place`, or −1 where it reads a zero. Padding wraps at most once. */
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
    if (input >= 0) met.push({ input, tap });
  }
  return met;
}

/** The one input that `tap` pairs with `output`, or −1. */
function inputUnder(plan: Plan, axis: AxisPlan, output: number, tap: number): number {
  if (plan.kind === 'conv') {
    return readAt(plan.paddingMode, output * axis.stride + tap * axis.dilation - axis.padBegin, axis.input);
  }
  const reached = output + axis.padBegin - tap * axis.dilation;
  const site = reached / axis.stride;
  return Number.isInteger(site) && site >= 0 && site < axis.input ? site : -1;
}

/** Along one axis: every (output, tap) that input `input` takes part in. The same relation, solved for the other end. */
export function meetingsOfInput(plan: Plan, axis: AxisPlan, input: number): readonly { readonly output: number; readonly tap: number }[] {
  const met: { output: number; tap: number }[] = [];
  const add = (output: number, tap: number): void => {
    if (Number.isInteger(output) && output >= 0 && output < axis.output) met.push({ output, tap });
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
function placesReading(mode: PaddingMode, { input: size, padBegin, padEnd }: AxisPlan, input: number): readonly number[] {
  const places = [input];
  for (let place = -padBegin; place < 0; place++) if (readAt(mode, place, size) === input) places.push(place);
  for (let place = size; place < size + padEnd; place++) if (readAt(mode, place, size) === input) places.push(place);
  return places;
}

/** Flat offsets within one channel: `inputs[m]` of the input meets `taps[m]` of the kernel. */
export interface FlatMeetings {
  readonly inputs: readonly number[];
  readonly taps: readonly number[];
}

/** Every (input, tap) that takes part in an output position: the product of what meets along each axis. */
export function flatMeetings(plan: Plan, meetAlong: readonly (readonly Meeting[])[]): FlatMeetings {
  let inputs = [0];
  let taps = [0];
  plan.axes.forEach((axis, index) => {
    const met = meetAlong[index];
    inputs = inputs.flatMap((base) => met.map(({ input }) => base * axis.input + input));
    taps = taps.flatMap((base) => met.map(({ tap }) => base * axis.kernel + tap));
  });
  return { inputs, taps };
}

/** For every axis and every output index along it, what meets there. */
export function meetingTables(plan: Plan): readonly (readonly (readonly Meeting[])[])[] {
  return plan.axes.map((axis) => Array.from({ length: axis.output }, (_, output) => meetingsOfOutput(plan, axis, output)));
}
