// A model of one node in ONNX's protobuf form, as onnx/onnx.proto lays it down (ModelProto, GraphProto, NodeProto,
// TensorProto).
import type { Operation } from '../../src/core/operation';

const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;
const IR_VERSION = 8;
const OPSET = 13;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

const integer = (field: number, value: number): Buffer =>
  Buffer.from([...varint(field * 8 + WIRE_VARINT), ...varint(value)]);
const message = (field: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([...varint(field * 8 + WIRE_BYTES), ...varint(body.length)]), body]);
};
const text = (field: number, value: string): Buffer => message(field, Buffer.from(value));

const attribute = (name: string, value: number | readonly number[]): Buffer =>
  typeof value === 'number'
    ? message(5, text(1, name), integer(3, value), integer(20, ATTRIBUTE_INT))
    : message(5, text(1, name), ...value.map((each) => integer(8, each)), integer(20, ATTRIBUTE_INTS));

const valueInfo = (field: number, name: string, shape: readonly number[]): Buffer =>
  message(
    field,
    text(1, name),
    message(2, message(1, integer(1, FLOAT), message(2, ...shape.map((size) => message(1, integer(1, size)))))),
  );

const tensor = (name: string, shape: readonly number[], { buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  message(
    5,
    ...shape.map((size) => integer(1, size)),
    integer(2, FLOAT),
    text(8, name),
    message(9, Buffer.from(buffer, byteOffset, byteLength)),
  );

interface Layer {
  readonly op: Operation;
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
}

/** Input `x`, output `y`; weight and bias are initializers, so that a runtime may pack them once. */
export function onnxModel(
  { op, inputShape, weightShape }: Layer,
  outputShape: readonly number[],
  weight: Float32Array,
  bias?: Float32Array,
): Uint8Array {
  const sides = op.padding.map((pad) => (typeof pad === 'number' ? [pad, pad] : pad));
  const node = message(
    1,
    text(1, 'x'),
    text(1, 'w'),
    ...(bias ? [text(1, 'b')] : []),
    text(2, 'y'),
    text(4, op.kind === 'conv' ? 'Conv' : 'ConvTranspose'),
    attribute('kernel_shape', weightShape.slice(2)),
    attribute('strides', op.stride),
    attribute('dilations', op.dilation),
    attribute(
      'pads',
      [0, 1].flatMap((side) => sides.map((pads) => pads[side])),
    ),
    attribute('group', op.groups ?? 1),
    ...(op.kind === 'convTranspose' ? [attribute('output_padding', op.outputPadding ?? [])] : []),
  );
  const initializers = [tensor('w', weightShape, weight), ...(bias ? [tensor('b', [bias.length], bias)] : [])];
  const graph = message(
    7,
    node,
    text(2, 'layer'),
    ...initializers,
    valueInfo(11, 'x', inputShape),
    valueInfo(12, 'y', outputShape),
  );
  return Buffer.concat([integer(1, IR_VERSION), graph, message(8, text(1, ''), integer(2, OPSET))]);
}
