import type { AxisPlan } from '../axis';
import type { CsrMatrix, Dtype, Tensor } from '../operation';
import type { Plan } from '../plan';
import { problem, ProblemError } from '../problem';
import { bytesPerElement, elementCount, tensorOf } from '../tensor/tensor';
import { forEachInput, forEachOutput, type Meeting, meetingsOfInput, meetingsOfOutput } from './meetings';

/** What C will hold, known exactly before any of it exists. */
export interface MatrixExtent {
  /**
   * Elements on the side of the kernel's sites: a convolution's outputs, a transposed convolution's inputs (one batch
   * item).
   */
  readonly rows: number;
  /** Elements on the side of its places: a convolution's inputs, a transposed convolution's outputs. */
  readonly columns: number;
  readonly entries: number;
  readonly bytes: number;
}

const indexLimit = 2 ** 32;

/** Along one axis: what meets site `site`. The rows of C are sites whichever the operation. */
export function meetingsOfSite(plan: Plan, axis: AxisPlan, site: number): readonly Meeting[] {
  return plan.kind === 'conv' ? meetingsOfOutput(plan, axis, site) : meetingsOfInput(plan, axis, site);
}

/** Distinct places per site, added up over an axis: padding images of one input share its column. */
function placesAlong(plan: Plan, axis: AxisPlan): number {
  const sites = plan.kind === 'conv' ? axis.output : axis.input;
  let places = 0;
  for (let site = 0; site < sites; site++) {
    places += new Set(meetingsOfSite(plan, axis, site).map(({ partner }) => partner)).size;
  }
  return places;
}

/** The count is a product over axes and channels, so it costs the length of the axes, not of the matrix. */
export function matrixExtent(plan: Plan, dtype: Dtype): MatrixExtent {
  const [siteChannels, placesPerGroup] = plan.weightShape;
  const conv = plan.kind === 'conv';
  const rows = siteChannels * (conv ? plan.outputArea : plan.inputArea);
  const columns = placesPerGroup * plan.groups * (conv ? plan.inputArea : plan.outputArea);
  const entries = plan.axes.reduce((all, axis) => all * placesAlong(plan, axis), siteChannels * placesPerGroup);
  const pointerBytes = entries < indexLimit ? 4 : 8;
  return { rows, columns, entries, bytes: entries * (4 + bytesPerElement(dtype)) + (rows + 1) * pointerBytes };
}

/**
 * The sparse matrix C of the convolution that the plan is, or is the transpose of, per group block-diagonal; bias and
 * batch are not part of it. A tap that is zero keeps its entry: the structure depends on the geometry alone. Where
 * padding makes several taps read one input, their sum is the entry. Throws a ProblemError if columns would not fit
 * 32-bit indices.
 */
export function convolutionMatrix(plan: Plan, weight: Tensor): CsrMatrix {
  const { rows, columns, entries } = matrixExtent(plan, weight.dtype);
  if (columns > indexLimit) throw tooWide(columns);
  const rowPointers = entries < indexLimit ? new Uint32Array(rows + 1) : new Float64Array(rows + 1);
  const columnIndices = new Uint32Array(entries);
  const values = weight.dtype === 'float32' ? new Float32Array(entries) : new Float64Array(entries);

  const conv = plan.kind === 'conv';
  const [siteChannels, placesPerGroup] = plan.weightShape;
  const sites = conv ? plan.outputArea : plan.inputArea;
  const placeArea = conv ? plan.inputArea : plan.outputArea;
  const entriesPerChannel = entries / siteChannels;
  let before = 0;

  (conv ? forEachOutput : forEachInput)(plan, ({ partners, taps }, site) => {
    const order = partners.map((_, met) => met);
    // Places ascend with the taps, except for the images that padding makes.
    if (plan.paddingMode !== 'zeros') order.sort((a, b) => partners[a] - partners[b]);
    const places = order.reduce(
      (count, met, at) => (at > 0 && partners[met] === partners[order[at - 1]] ? count : count + 1),
      0,
    );
    for (let channel = 0; channel < siteChannels; channel++) {
      let entry = channel * entriesPerChannel + before * placesPerGroup;
      rowPointers[channel * sites + site] = entry;
      const firstPlace = Math.floor(channel / (siteChannels / plan.groups)) * placesPerGroup;
      for (let within = 0; within < placesPerGroup; within++) {
        const kernel = (channel * placesPerGroup + within) * plan.kernelArea;
        const base = (firstPlace + within) * placeArea;
        let last = -1;
        for (const met of order) {
          if (partners[met] !== last) columnIndices[entry++] = base + partners[met];
          last = partners[met];
          values[entry - 1] += weight.data[kernel + taps[met]];
        }
      }
    }
    before += places;
  });
  rowPointers[rows] = entries;
  return { rows, columns, rowPointers, columnIndices, values };
}

function tooWide(columns: number): ProblemError {
  return new ProblemError([
    problem({
      code: 'matrix-wide',
      field: 'input',
      template: 'The matrix would have {0} columns, more than 32-bit indices can name.',
      args: [columns],
    }),
  ]);
}

/** `C·x`, for a vector of `columns` elements. */
export function multiply(matrix: CsrMatrix, x: ArrayLike<number>): Float64Array {
  const { rows, rowPointers, columnIndices, values } = matrix;
  const y = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let entry = rowPointers[row]; entry < rowPointers[row + 1]; entry++)
      sum += values[entry] * x[columnIndices[entry]];
    y[row] = sum;
  }
  return y;
}

/** `Cᵀ·y`, for a vector of `rows` elements; the transpose is never built. */
export function multiplyTransposed(matrix: CsrMatrix, y: ArrayLike<number>): Float64Array {
  const { rows, columns, rowPointers, columnIndices, values } = matrix;
  const x = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let entry = rowPointers[row]; entry < rowPointers[row + 1]; entry++)
      x[columnIndices[entry]] += values[entry] * y[row];
  }
  return x;
}

/**
 * The operation as the matrix product that it is: `C·x` for a convolution, `Cᵀ·x` for a transposed one, per batch item.
 */
export function matrixProduct(plan: Plan, input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const matrix = convolutionMatrix(plan, weight);
  const { batch, inputChannels, inputArea, outputChannels, outputArea } = plan;
  const output = new Float64Array(elementCount(plan.outputShape));
  for (let n = 0; n < batch; n++) {
    const x = input.data.subarray(n * inputChannels * inputArea, (n + 1) * inputChannels * inputArea);
    const y = plan.kind === 'conv' ? multiply(matrix, x) : multiplyTransposed(matrix, x);
    for (let at = 0; at < y.length; at++) {
      output[n * outputChannels * outputArea + at] = y[at] + (bias ? bias.data[Math.floor(at / outputArea)] : 0);
    }
  }
  return tensorOf(input.dtype, plan.outputShape, output);
}
