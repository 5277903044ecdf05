import type { StoredAs } from '../../frameworks/weights';
import type { WrittenBy } from '../format';
import type { LayerOf } from '../layer';
import type { Flat } from './flatbuffer';

/** Of the fields of each table, the numbers of those that are wanted (schema.fbs of TensorFlow Lite). */
const GRAPH = { operators: 3 } as const;
const TENSOR = { shape: 0, name: 3, signature: 7 } as const;
const OPERATOR = { code: 0, inputs: 1, outputs: 2, options: 4 } as const;

/** What makes floats of 32 bits of a constant that is kept in fewer. */
const DEQUANTIZE = 6;

/** An operator whose second input is a kernel. */
interface Convolution {
  readonly writtenBy: WrittenBy;
  /** Of one with two axes. */
  readonly flat?: {
    readonly storedAs: StoredAs;
    /** Which of its inputs what enters it is. */
    readonly input: number;
    readonly bias: number;
    /** Fields of its options, the height's after the width's. */
    readonly dilation?: readonly [number, number];
  };
}

/** By number. */
const CONVOLUTIONS: Readonly<Record<number, Convolution>> = {
  3: { writtenBy: 'tflite', flat: { storedAs: 'tflite-conv', input: 0, bias: 2, dilation: [4, 5] } },
  4: { writtenBy: 'tflite-depthwise', flat: { storedAs: 'tflite-depthwise', input: 0, bias: 2, dilation: [5, 6] } },
  67: { writtenBy: 'tflite', flat: { storedAs: 'tflite-convtranspose', input: 2, bias: 3 } },
  132: { writtenBy: 'keras' },
  141: { writtenBy: 'keras' },
};
const OPTIONS = { padding: 0, stride: [1, 2] } as const;
const VALID = 1;

/** What is known of a tensor by the operator that it is the kernel of. */
export interface Used {
  /** The name of what the operator makes, where no layer has it. */
  readonly alias: string | undefined;
  readonly writtenBy: WrittenBy;
  readonly layer?: LayerOf;
}

/** Height and width, batch and channels of a tensor; undefined where the model leaves a size open. */
function sizesOf(flat: Flat, tensor: number | undefined): readonly number[] | undefined {
  if (tensor === undefined) return undefined;
  const sizes = flat.items(tensor, TENSOR.shape, 4).map(flat.i32);
  const signature = flat.items(tensor, TENSOR.signature, 4).map(flat.i32);
  return sizes.length === 4 && sizes.every((size) => size > 0) && !signature.slice(1).includes(-1) ? sizes : undefined;
}

/** So much is put before what enters a convolution, and behind it. */
const halves = (total: number): [number, number] => [Math.floor(total / 2), total - Math.floor(total / 2)];

interface Sizes {
  readonly input: readonly number[];
  readonly kernel: readonly number[];
  readonly output: readonly number[];
}

function layerIn(
  flat: Flat,
  operator: number,
  { storedAs, dilation: dilated }: NonNullable<Convolution['flat']>,
  { input, kernel, output }: Sizes,
): Pick<LayerOf, 'op' | 'storedAs' | 'inputShape'> | undefined {
  const options = flat.reference(operator, OPERATOR.options);
  if (options === undefined) return undefined;
  const field = (number: number, otherwise: number): number => {
    const place = flat.field(options, number);
    return place === undefined ? otherwise : flat.i32(place);
  };
  const place = flat.field(options, OPTIONS.padding);
  const valid = place !== undefined && flat.u8(place) === VALID;
  const [across, down] = OPTIONS.stride.map((number) => field(number, 0));
  const [dilationAcross, dilationDown] = dilated?.map((number) => field(number, 1)) ?? [1, 1];
  const [stride, dilation] = [
    [down, across],
    [dilationDown, dilationAcross],
  ];
  if ([...stride, ...dilation].some((each) => each < 1)) return undefined;
  const inputShape = [input[0], input[3], input[1], input[2]];
  const axes = [0, 1];
  if (storedAs === 'tflite-convtranspose') {
    // What is cut off of the whole output, or missing at its end.
    const beyond = axes.map((axis) => (input[axis + 1] - 1) * stride[axis] + kernel[axis + 1] - output[axis + 1]);
    const outputPadding = beyond.map((each) => Math.max(0, -each));
    const padding = beyond.map((each) => halves(Math.max(0, each)));
    return { op: { kind: 'convTranspose', stride, dilation, padding, outputPadding, groups: 1 }, storedAs, inputShape };
  }
  const padding = axes.map((axis): [number, number] => {
    if (valid) return [0, 0];
    const reach = (output[axis + 1] - 1) * stride[axis] + (kernel[axis + 1] - 1) * dilation[axis] + 1;
    return halves(Math.max(0, reach - input[axis + 1]));
  });
  const groups = storedAs === 'tflite-depthwise' ? input[3] : input[3] / kernel[3];
  if (!Number.isInteger(groups)) return undefined;
  return { op: { kind: 'conv', stride, dilation, padding, groups }, storedAs, inputShape };
}

/** Kernels of a graph’s operators, by their tensors’ places. */
export function kernelsIn(
  flat: Flat,
  graph: number,
  codes: readonly number[],
  tensors: readonly number[],
): ReadonlyMap<number, Used> {
  const kernels = new Map<number, Used>();
  const widened = new Map<number, number>();
  const constant = (at: number): number => widened.get(at) ?? at;
  const nameOf = (at: number): string => (tensors[at] === undefined ? '' : flat.text(tensors[at], TENSOR.name));
  for (const operator of flat.tables(graph, GRAPH.operators)) {
    const index = flat.field(operator, OPERATOR.code);
    const code = codes[index === undefined ? 0 : flat.u32(index)] ?? -1;
    if (code !== DEQUANTIZE && !(code in CONVOLUTIONS)) continue;
    const inputs = flat.items(operator, OPERATOR.inputs, 4).map(flat.i32);
    const [output] = flat.items(operator, OPERATOR.outputs, 4).map(flat.i32);
    if (code === DEQUANTIZE) {
      widened.set(output, inputs[0]);
      continue;
    }
    const { writtenBy, flat: own } = CONVOLUTIONS[code];
    const kernel = constant(inputs[1]);
    // Of operators that the converter has made one, the names stand one behind another.
    const [alias] = nameOf(output).split(';');
    const sizes = own && [inputs[own.input], kernel, output].map((at) => sizesOf(flat, tensors[at]));
    const [input, kernelSizes, outputSizes] = sizes ?? [];
    const layer =
      own && input && kernelSizes && outputSizes
        ? layerIn(flat, operator, own, { input, kernel: kernelSizes, output: outputSizes })
        : undefined;
    const bias = own && inputs[own.bias] >= 0 ? nameOf(constant(inputs[own.bias])) : '';
    kernels.set(kernel, {
      alias: layer ? undefined : alias,
      writtenBy,
      layer: layer && { name: alias, ...layer, ...(bias !== '' && { bias }) },
    });
  }
  return kernels;
}
