import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Dtype, Operation, PaddingMode, Tensor } from '../../src/core/operation';
import { type Plan, resolve } from '../../src/core/plan';
import { real, reals } from './seeded';

/** What `generate.py` wrote: parameters as JSON, values as little-endian doubles. */
interface Header {
  readonly packages: Readonly<Record<string, string>>;
  readonly seed: number;
}

const file = (name: string): string => `test/oracle/goldens/${name}`;

export function readGolden<Content>(name: string): Content & { readonly header: Header } {
  return JSON.parse(gunzipSync(readFileSync(file(`${name}.json.gz`))).toString()) as Content & { header: Header };
}

export function readDoubles(name: string): Float64Array {
  const bytes = readFileSync(file(`${name}.f64`));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, index) => view.getFloat64(index * 8, true));
}

/** One configuration with the operands that both sides make from its seed. */
export interface GoldenCase {
  readonly title: string;
  readonly seed: number;
  readonly op: Operation;
  readonly plan: Plan;
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias?: Tensor;
}

const modes: readonly PaddingMode[] = ['zeros', 'reflect', 'replicate', 'circular'];

/** Reads back the number of spatial axes and `encode` of `generator/values.py`. */
export function decodeCase([rank, ...numbers]: readonly number[], seed: number, dtype: Dtype): GoldenCase {
  let at = 0;
  const take = (count: number): readonly number[] => numbers.slice(at, (at += count));
  const [transposed, mode, groups, biased, inputRank] = take(5);
  const inputShape = take(inputRank);
  const weightShape = take(rank + 2);
  const stride = take(rank);
  const begins = take(rank);
  const ends = take(rank);
  const op: Operation = {
    kind: transposed ? 'convTranspose' : 'conv',
    stride,
    padding: begins.map((begin, axis): [number, number] => [begin, ends[axis]]),
    dilation: take(rank),
    outputPadding: take(rank),
    groups,
    paddingMode: modes[mode],
  };
  const title = `${JSON.stringify(op)} on ${JSON.stringify(inputShape)} with ${JSON.stringify(weightShape)}`;
  const outputChannels = transposed ? weightShape[1] * groups : weightShape[0];
  const bias = biased ? reals(seed + 2, [outputChannels], dtype) : undefined;
  const resolution = resolve(op, inputShape, weightShape, bias?.shape);
  if (!resolution.ok)
    throw new Error(`PyTorch takes what is refused here: ${title}: ${resolution.problems[0].message}`);
  return {
    title,
    seed,
    op,
    plan: resolution.plan,
    input: reals(seed, inputShape, dtype),
    weight: reals(seed + 1, weightShape, dtype),
    bias,
  };
}

/** What is stored of a tensor: a dot product with a known random vector, and its first, middle and last element. */
export const SUMMARY_SIZE = 4;

/** Of each configuration: output, input gradient, weight gradient. */
export const summaryOf = (values: Float64Array, index: number, which: number): Float64Array =>
  values.subarray((index * 3 + which) * SUMMARY_SIZE, (index * 3 + which + 1) * SUMMARY_SIZE);

/**
 * What is wrong with a tensor by its stored summary, if anything. Each element may be off by `tolerance` times its own
 * `scales` entry, and the dot product by what such errors add up to at most.
 */
export function summaryAgrees(
  actual: Tensor,
  seed: number,
  summary: Float64Array,
  scales: ArrayLike<number>,
  tolerance: number,
): string | undefined {
  const { data } = actual;
  let dot = 0;
  let scale = 0;
  data.forEach((value, index) => {
    const factor = real(seed, index, 'float64');
    dot += value * factor;
    scale += Math.abs(factor) * scales[index];
  });
  if (!(Math.abs(dot - summary[0]) <= tolerance * scale)) return `projection ${dot}, PyTorch ${summary[0]}`;
  for (const [at, index] of [0, Math.floor(data.length / 2), data.length - 1].entries()) {
    if (data.length > 0 && !(Math.abs(data[index] - summary[at + 1]) <= tolerance * scales[index])) {
      return `element ${index} is ${data[index]}, PyTorch ${summary[at + 1]}`;
    }
  }
  return undefined;
}
