import { forEachPosition, inputSizes, kernelSizes, outputSizes, stridesOf } from '../kernels/positions';
import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { elementCount, tensorOf, zeros } from '../tensor/tensor';
import type { Subject } from './subject';

/** A tap of a sub-kernel, and which input it takes. */
export interface SubTap {
  /** Place in the kernel as the layer has it. */
  readonly tap: readonly number[];
  readonly weight: number;
  /** The small output's element `n` takes input `n + over`; one that is not there is no product. */
  readonly over: readonly number[];
}

/** Outputs whose index leaves the same remainder by the stride along every axis, and all that makes them. */
export interface SubKernel {
  /** Counted in C order of the remainders. */
  readonly number: number;
  readonly residue: readonly number[];
  /** In the order in which they slide; none where no tap reaches these outputs. */
  readonly taps: readonly SubTap[];
  /** Taps along each axis. */
  readonly shape: readonly number[];
  /** `(1, 1, spatial…)`: outputs `residue + n·s`; an axis may be empty. */
  readonly small: Tensor;
  /** Sum of its taps: what an input of ones makes of these outputs, away from the border. */
  readonly sum: number;
}

/** One product of an output. */
export interface SubProduct extends SubTap {
  readonly input: readonly number[];
  readonly value: number;
}

export interface SubKernels {
  /** `Πs` of them. */
  readonly phases: readonly SubKernel[];
  /** How many blocks of `s×s` outputs there are along each axis; those at the end may be cut. */
  readonly blocks: readonly number[];
  readonly output: Tensor;
  /** Products of all phases, and of zero insertion: taps times outputs, those over the border among them. */
  readonly products: number;
  readonly zeroInsertion: number;
  phaseOf(output: readonly number[]): SubKernel;
  productsOf(output: readonly number[]): readonly SubProduct[];
}

/** More phases than this are not worked out one by one: each has outputs and taps of its own, or none. */
export const MOST_PHASES = 4096;

/** Whether a layer has few enough phases for `subKernels`. A stride may be as large as it likes over one input. */
export const hasFewPhases = ({ axes }: Pick<Plan, 'axes'>): boolean =>
  axes.reduce((all, { stride }) => all * stride, 1) <= MOST_PHASES;

const remainder = (value: number, by: number): number => ((value % by) + by) % by;

/**
 * A transposed convolution as dense convolutions of stride 1. Tap `t` reaches output `q` only if `s` divides
 * `q + p − t·d`: the outputs of one remainder share their taps and no others do, so that they are a small convolution
 * of their own. (Shi et al., "Is the deconvolution layer the same as a convolutional layer?", 2016, with padding and
 * dilation.)
 *
 * @param subject of a layer that `hasFewPhases`
 */
export function subKernels({ plan, input, weight }: Subject): SubKernels {
  const strides = plan.axes.map(({ stride }) => stride);
  const kernel = kernelSizes(plan);
  const outputs = outputSizes(plan);
  const inputs = inputSizes(plan);
  const inputStrides = stridesOf(inputs);
  const outputStrides = stridesOf(outputs);
  const phases: SubKernel[] = [];
  const output = zeros(input.dtype, plan.outputShape);

  forEachPosition(strides, (position, number) => {
    const residue = [...position];
    // Along each axis, the last tap first: a transposed convolution turns its kernel.
    const along = plan.axes.map(({ padBegin, dilation, stride, kernel: size }, axis) =>
      Array.from({ length: size }, (_, at) => size - 1 - at).filter(
        (tap) => remainder(residue[axis] + padBegin - tap * dilation, stride) === 0,
      ),
    );
    const shape = along.map(({ length }) => length);
    const taps: SubTap[] = [];
    forEachPosition(shape, (place) => {
      const tap = place.map((at, axis) => along[axis][at]);
      taps.push({
        tap,
        weight: weight.data[tap.reduce((flat, at, axis) => flat * kernel[axis] + at, 0)],
        over: plan.axes.map(({ padBegin, dilation, stride }, axis) => {
          return (residue[axis] + padBegin - tap[axis] * dilation) / stride;
        }),
      });
    });
    const sizes = outputs.map((size, axis) => Math.max(0, Math.ceil((size - residue[axis]) / strides[axis])));
    const values = new Array<number>(elementCount(sizes)).fill(0);
    forEachPosition(sizes, (place, flat) => {
      for (const { weight: tap, over } of taps) {
        let from = 0;
        const isThere = place.every((at, axis) => {
          const index = at + over[axis];
          from += index * inputStrides[axis];
          return index >= 0 && index < inputs[axis];
        });
        if (isThere) values[flat] += input.data[from] * tap;
      }
      const to = place.reduce((all, at, axis) => all + (residue[axis] + at * strides[axis]) * outputStrides[axis], 0);
      output.data[to] = values[flat];
    });
    phases.push({
      number,
      residue,
      taps,
      shape,
      small: tensorOf(input.dtype, [1, 1, ...sizes], values),
      sum: taps.reduce((all, tap) => all + tap.weight, 0),
    });
  });

  const phaseOf = (place: readonly number[]): SubKernel =>
    phases[place.reduce((flat, at, axis) => flat * strides[axis] + (at % strides[axis]), 0)];
  return {
    phases,
    blocks: outputs.map((size, axis) => Math.ceil(size / strides[axis])),
    output,
    products: phases.reduce((all, { taps, small }) => all + taps.length * small.data.length, 0),
    zeroInsertion: plan.outputArea * plan.kernelArea,
    phaseOf,
    productsOf: (place) =>
      phaseOf(place).taps.flatMap((tap): readonly SubProduct[] => {
        const from = place.map((at, axis) => Math.floor(at / strides[axis]) + tap.over[axis]);
        if (!from.every((at, axis) => at >= 0 && at < inputs[axis])) return [];
        const value = input.data[from.reduce((flat, at, axis) => flat * inputs[axis] + at, 0)];
        return [{ ...tap, input: from, value }];
      }),
  };
}

/** Whether the sums of all phases are one, up to the rounding of float32: then a constant stays constant inside. */
export function keepsConstants({ phases }: SubKernels): boolean {
  const sums = phases.map(({ sum }) => sum);
  const scale = Math.max(...phases.flatMap(({ taps }) => taps.map(({ weight }) => Math.abs(weight))), 0);
  return Math.max(...sums) - Math.min(...sums) <= scale * 1e-6;
}
