import { constantIn, type Ripple, phaseSums, rippleOf, rowKernel, scaleOf } from '../../../src/core/artefacts/constant';
import { countsIn, histogramOf, type Hole, holesOf, isEvenPlan, type Region } from '../../../src/core/artefacts/counts';
import { evenPlan } from '../../../src/core/artefacts/evenKernel';
import { linesOf } from '../../../src/core/artefacts/spectrum';
import type { Subject } from '../../../src/core/derive/subject';
import { flatIndex } from '../../../src/core/explain/readout';
import { NUMBERS } from '../../../src/core/formulas';
import { forEachPosition } from '../../../src/core/kernels/positions';
import type { Tensor } from '../../../src/core/operation';
import type { Plan } from '../../../src/core/plan';
import { randomSource } from '../../../src/core/state/random';
import { elementCount, tensorOf } from '../../../src/core/tensor/tensor';
import type { Strings } from '../../../src/protocol/strings';

/** A row along the last axis of an input of ones: its values, and the kernel that makes it. */
export interface Row {
  /** Place of its first element in the window. */
  readonly place: readonly number[];
  readonly values: readonly number[];
  readonly taps: readonly number[];
  /** Heights of the lines in its spectrum, at `0, 1/s, 2/s …`. */
  readonly lines: readonly number[];
}

/** What all steps know of a layer; outputs are those of the window, counted as they are in the whole layer. */
export interface Told {
  readonly subject: Subject;
  readonly layer: Plan;
  readonly strings: Strings;
  readonly region: Region;
  readonly counts: readonly number[];
  /** The same with a kernel that the strides divide; nothing where they do. */
  readonly even: Plan | undefined;
  /** What an input of ones becomes, by the plane of the kernel that is on show. */
  readonly constant: readonly number[];
  /** Sums of the phases, in C order of the outputs' remainders in the whole layer. */
  readonly sums: readonly number[];
  readonly ripple: Ripple;
  /** Of the whole layer: costs the length of its axes, so it is asked for once. */
  readonly holes: readonly Hole[];
  readonly histogram: ReturnType<typeof histogramOf>;
}

/** Weights from 0 to 1, the same for every layer with this shape of a kernel. */
export function randomLike(shape: readonly number[]): Tensor {
  const { uniform } = randomSource(1);
  return tensorOf('float64', shape, Array.from({ length: elementCount(shape) }, uniform));
}

export const planeShape = ({ axes }: Plan): readonly number[] => [1, 1, ...axes.map(({ kernel }) => kernel)];

export function toldOf(subject: Subject, layer: Plan, strings: Strings): Told {
  const region = { origin: subject.outputOrigin, shape: subject.plan.outputShape.slice(2) };
  const sums = phaseSums(layer, subject.weight);
  return {
    subject,
    layer,
    strings,
    region,
    counts: countsIn(layer, region),
    even: isEvenPlan(layer) ? undefined : evenPlan(layer),
    constant: constantIn(layer, subject.weight, region),
    sums,
    ripple: rippleOf(sums, scaleOf(subject.weight)),
    holes: holesOf(layer),
    histogram: histogramOf(layer),
  };
}

const remainder = (value: number, by: number): number => NUMBERS.modulo(value, by);

/** The row that a place of the window is in. */
export function rowAt({ layer, subject, region, constant }: Told, place: readonly number[]): Row {
  const last = layer.rank - 1;
  const first = [...place.slice(0, last), 0];
  const whole = place.map((at, axis) => at + region.origin[axis]);
  const taps = rowKernel(layer, subject.weight, whole);
  const { stride, dilation, padBegin } = layer.axes[last];
  const period = Array.from({ length: stride }, (_, residue) =>
    taps.reduce((sum, tap, at) => (remainder(at * dilation - padBegin - residue, stride) === 0 ? sum + tap : sum), 0),
  );
  const from = flatIndex(region.shape, first);
  return {
    place: first,
    values: constant.slice(from, from + region.shape[last]),
    taps,
    lines: linesOf([stride], period),
  };
}

/** The row that ripples most, of those in the middle of the window: one of each remainder along the other axes. */
export function loudestRow(told: Told): Row {
  const { layer, region } = told;
  const last = layer.rank - 1;
  const middle = region.shape.map((size) => Math.floor((size - 1) / 2));
  let best: Row | undefined;
  const loud = ({ lines }: Row): number => Math.max(0, ...lines.slice(1));
  forEachPosition(
    layer.axes.slice(0, last).map(({ stride }) => stride),
    (offset) => {
      const place = middle.map((at, axis) => (axis < last ? Math.min(region.shape[axis] - 1, at + offset[axis]) : at));
      const row = rowAt(told, place);
      if (!best || loud(row) > loud(best) + 1e-12) best = row;
    },
  );
  return best ?? rowAt(told, middle);
}

/** `133 %`; where the mean is 0 it is said in words. */
export function rippleText({ share }: Ripple, strings: Strings): string {
  return share === undefined ? strings.artefactNoMean : `${Math.round(share * 100)} %`;
}

/** One number where all axes have the same, as people write it. */
export const timesOf = (values: readonly number[]): string =>
  values.every((each) => each === values[0]) ? String(values[0]) : values.join('×');

/** `1`, or `1:0` where the sides differ. */
export const padsOf = ({ axes }: Plan): string => {
  const pads = axes.map(({ padBegin, padEnd }) => (padBegin === padEnd ? String(padBegin) : `${padBegin}:${padEnd}`));
  return pads.every((each) => each === pads[0]) ? pads[0] : pads.join('×');
};
