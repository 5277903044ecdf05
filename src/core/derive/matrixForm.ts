import { readAt } from '../kernels/meetings';
import { forEachPosition, inputSizes, kernelSizes, outputSizes, stridesOf } from '../kernels/positions';
import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { tensorOf } from '../tensor/tensor';
import type { Subject } from './subject';

/** An element of the matrix that is not zero whatever the weights. */
export interface MatrixElement {
  /** Flat index of the output, which is its row in the matrix that makes the output of the input. */
  readonly output: number;
  /** Flat index of the input: its column. */
  readonly input: number;
  /** The taps, as flat indices of the kernel, whose sum it is: several where padding has one input under many. */
  readonly taps: readonly number[];
  readonly value: number;
}

/**
 * The operation as a matrix times a vector (Dumoulin & Visin, "A guide to convolution arithmetic", 2016, chapter 4):
 * `y = C·x` for a convolution, `y = Cᵀ·x` for a transposed one, of which C is the matrix of the convolution with the
 * same kernel, stride, padding and dilation.
 */
export interface MatrixForm {
  /** The rows of C: the kernel laid on the places of one site, an output of a convolution or an input of the other. */
  readonly sites: readonly (readonly MatrixElement[])[];
  /** By output: the rows of the matrix that makes the output. Each by ascending input. */
  readonly rows: readonly (readonly MatrixElement[])[];
  /** By input: its columns. Each by ascending output. */
  readonly columns: readonly (readonly MatrixElement[])[];
  /** How many elements are not zero whatever the weights. */
  readonly entries: number;
  /** The input as a column, in C order. */
  readonly x: ArrayLike<number>;
  /** The output as a column, in C order. Sums are kept in float64. */
  readonly y: Float64Array;
  /** The column in the output's shape: `(1, 1, spatial…)`. */
  readonly output: Tensor;
}

/** What each tap of a site falls on, as flat indices in C order of the places; −1 where that is a zero, or cut away. */
export function placesOfSite(plan: Plan, site: readonly number[]): readonly number[] {
  const sizes = plan.kind === 'conv' ? inputSizes(plan) : outputSizes(plan);
  const strides = stridesOf(sizes);
  const mode = plan.kind === 'conv' ? plan.paddingMode : 'zeros';
  const places: number[] = [];
  forEachPosition(kernelSizes(plan), (tap) => {
    const along = plan.axes.map(({ stride, dilation, padBegin }, axis) =>
      readAt(mode, site[axis] * stride + tap[axis] * dilation - padBegin, sizes[axis]),
    );
    places.push(along.includes(-1) ? -1 : along.reduce((flat, at, axis) => flat + at * strides[axis], 0));
  });
  return places;
}

/** Of either operation. */
export function matrixForm({ plan, input, weight }: Subject): MatrixForm {
  const conv = plan.kind === 'conv';
  const rows: MatrixElement[][] = Array.from({ length: plan.outputArea }, () => []);
  const columns: MatrixElement[][] = Array.from({ length: plan.inputArea }, () => []);
  const sites: MatrixElement[][] = [];
  forEachPosition(conv ? outputSizes(plan) : inputSizes(plan), (site, flat) => {
    const tapsAt = new Map<number, number[]>();
    placesOfSite(plan, site).forEach((place, tap) => {
      if (place >= 0) tapsAt.set(place, [...(tapsAt.get(place) ?? []), tap]);
    });
    const elements = [...tapsAt]
      .sort(([one], [other]) => one - other)
      .map(([place, taps]) => ({
        output: conv ? flat : place,
        input: conv ? place : flat,
        taps,
        value: taps.slice(1).reduce((sum, tap) => sum + weight.data[tap], weight.data[taps[0]]),
      }));
    sites.push(elements);
    for (const element of elements) {
      rows[element.output].push(element);
      columns[element.input].push(element);
    }
  });
  const y = Float64Array.from(rows, (row) =>
    row.reduce((sum, element) => sum + element.value * input.data[element.input], 0),
  );
  return {
    sites,
    rows,
    columns,
    entries: sites.reduce((all, { length }) => all + length, 0),
    x: input.data,
    y,
    output: tensorOf(input.dtype, plan.outputShape, y),
  };
}
