import { collect, type Contents, damaged, demandEntries, type ReadOptions, type TensorEntry } from '../format';
import type { LayerOf } from '../layer';
import type { ByteSource } from '../source';
import { onnxTensor, onnxTensorName } from './onnxTensor';
import { fieldsOf, signed, textOfField, varintsOf } from './protobuf';

interface Attribute {
  readonly integers: readonly number[];
  readonly text: string;
  readonly tensor: ByteSource | undefined;
}

interface Node {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

function attributeIn(source: ByteSource): readonly [name: string, attribute: Attribute] {
  let [name, text] = ['', ''];
  let tensor: ByteSource | undefined;
  const integers: number[] = [];
  for (const field of fieldsOf(source)) {
    if (field.number === 1) name = textOfField(field);
    else if (field.number === 3) integers.push(signed(field.value));
    else if (field.number === 4) text = textOfField(field);
    else if (field.number === 5) tensor = field.source;
    else if (field.number === 8)
      integers.push(...(field.source.size > 0 ? [...varintsOf(field.source)] : [field.value]).map(signed));
  }
  return [name, { integers, text, tensor }];
}

function nodeIn(source: ByteSource): Node {
  let [name, type] = ['', ''];
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const attributes = new Map<string, Attribute>();
  for (const field of fieldsOf(source)) {
    if (field.number === 1) inputs.push(textOfField(field));
    else if (field.number === 2) outputs.push(textOfField(field));
    else if (field.number === 3) name = textOfField(field);
    else if (field.number === 4) type = textOfField(field);
    else if (field.number === 5) attributes.set(...attributeIn(field.source));
  }
  return { name, type, inputs, outputs, attributes };
}

/**
 * What a node of type Conv or ConvTranspose does, by its attributes (ONNX operators, Conv and ConvTranspose). Undefined
 * where its padding follows from a size that the file does not state.
 */
function layerOf({ name, type, inputs, outputs, attributes }: Node, kernel: readonly number[]): LayerOf | undefined {
  const rank = kernel.length - 2;
  if (rank < 1 || rank > 3) return undefined;
  const list = (attribute: string, otherwise: number): readonly number[] | undefined => {
    const stated = attributes.get(attribute)?.integers ?? new Array<number>(rank).fill(otherwise);
    return stated.length === rank ? stated : undefined;
  };
  const [stride, dilation, outputPadding] = [list('strides', 1), list('dilations', 1), list('output_padding', 0)];
  const pads = attributes.get('pads')?.integers ?? new Array<number>(2 * rank).fill(0);
  const automatic = attributes.get('auto_pad')?.text ?? 'NOTSET';
  const follows = attributes.has('output_shape') || !['NOTSET', 'VALID', ''].includes(automatic);
  if (follows || !stride || !dilation || !outputPadding || pads.length !== 2 * rank) return undefined;
  const valid = automatic === 'VALID';
  return {
    name: name || (outputs[0] ?? type),
    op: {
      kind: type === 'Conv' ? 'conv' : 'convTranspose',
      stride,
      dilation,
      ...(type === 'ConvTranspose' && { outputPadding }),
      padding: Array.from({ length: rank }, (_, axis): [number, number] =>
        valid ? [0, 0] : [pads[axis], pads[rank + axis]],
      ),
      groups: attributes.get('group')?.integers[0] ?? 1,
    },
    ...(inputs[2] && { bias: inputs[2] }),
  };
}

/** Tensors of a graph, and its nodes: of those of other graphs within it nothing is read. */
function graphIn(model: ByteSource): ByteSource {
  for (const { number, source } of fieldsOf(model)) if (number === 7) return source;
  throw damaged('onnx', 'The file holds no graph of ONNX.');
}

/** What a model of ONNX holds: initialisers, constants, and which of them are kernels of which layers. */
export function readOnnx(source: ByteSource, options: ReadOptions): Contents {
  const nodes: Node[] = [];
  const tensors: { readonly proto: ByteSource; readonly name: string }[] = [];
  for (const field of fieldsOf(graphIn(source))) {
    if (field.number === 1) nodes.push(nodeIn(field.source));
    else if (field.number === 5) tensors.push({ proto: field.source, name: onnxTensorName(field.source) });
  }
  for (const { type, outputs, attributes } of nodes) {
    const proto = type === 'Constant' ? attributes.get('value')?.tensor : undefined;
    if (proto) tensors.push({ proto, name: outputs[0] ?? '' });
  }
  const users = new Map<string, Node>();
  for (const node of nodes) if (/^Conv(Transpose)?$/.test(node.type) && node.inputs[1]) users.set(node.inputs[1], node);
  const { entries, left } = collect(
    tensors,
    ({ name }) => name,
    ({ proto, name }): TensorEntry => {
      const entry = onnxTensor(proto, options, name);
      const node = users.get(name);
      return { ...entry, layer: node && layerOf(node, entry.shape) };
    },
  );
  return demandEntries({ entries, left }, () => damaged('no-tensors', 'The file holds no tensors.'));
}
