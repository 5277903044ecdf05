import { reach, siteOf } from '../findings/record';
import { times } from '../model/arithmetic';
import type { Applied, Bound, FunctionSpec } from '../model/library';
import type { Machine } from '../model/machine';
import { dict, list, NONE, string, unknown } from '../model/make';
import { signature } from '../model/signature';
import { tensor } from '../model/tensor';
import type { CallPlace, DictValue, Value } from '../model/value';
import { applyConvolution, type ConvSetup } from '../shapes/convolution';
import { tensorOfShape } from '../shapes/sizesGiven';
import type { ConvAxis } from '../sizes/axis';
import type { Size } from '../sizes/size';
import { nodeProblem } from './onnxChecks';
import { onnxAxis, onnxProblem, onnxTransposedAxis } from './axes/onnx';

/** Attributes of ONNX's Conv and ConvTranspose, with the defaults of the operator's specification (opset 22). */
const FORM = signature(
  "op_type, inputs, outputs, name=None, kernel_shape=None, strides=None, pads=None, dilations=None, group=1, auto_pad='NOTSET', output_padding=None, output_shape=None, **",
);

const FAMILIES: Readonly<Record<string, 'conv' | 'convTranspose'>> = { Conv: 'conv', ConvTranspose: 'convTranspose' };

/** A node waits for its graph, where its inputs have shapes; it is the call that made it that the results belong to. */
interface PendingNode {
  readonly bound: Bound;
  readonly at: CallPlace;
}

const pending = new WeakMap<Value, PendingNode>();

function makeNode({ machine, bound, at }: Applied): Value {
  const node = dict([...bound.values].map(([name, value]) => [string(name), value] as const));
  const family = FAMILIES[bound.text('op_type') ?? ''];
  if (!family) {
    pending.set(node, { bound, at });
    return node;
  }
  const rank = rankOf(bound);
  reach(machine, { ...nodeSpec, family, rank }, at, { parameters: bound.values });
  pending.set(node, { bound, at });
  return node;
}

const rankOf = (bound: Bound): number => {
  const lengths = [
    bound.items('kernel_shape')?.length,
    bound.items('strides')?.length,
    bound.items('dilations')?.length,
    (bound.items('pads')?.length ?? 0) / 2 || undefined,
  ];
  return lengths.find((length) => length !== undefined) ?? 2;
};

function field(value: Value, name: string): Value | undefined {
  return value.kind === 'dict' ? value.entries.get(`s:${name}`)?.[1] : undefined;
}

/** `make_graph(nodes, name, inputs, outputs, initializer)`: shapes flow through the nodes in order. */
function makeGraph({ machine, bound }: Applied): Value {
  const shapes = new Map<string, Value>();
  for (const group of ['inputs', 'initializer']) {
    for (const info of bound.items(group) ?? []) {
      const name = field(info, 'name');
      const value = field(info, 'tensor');
      if (name?.kind === 'string' && value) shapes.set(name.value, value);
    }
  }
  for (const node of bound.items('nodes') ?? []) runNode(machine, node, shapes);
  return unknown();
}

const KEEPING = new Set([
  'Relu',
  'LeakyRelu',
  'Sigmoid',
  'Tanh',
  'Elu',
  'Selu',
  'Softplus',
  'BatchNormalization',
  'InstanceNormalization',
  'Identity',
  'Dropout',
  'Clip',
  'PRelu',
  'Softmax',
]);

function runNode(machine: Machine, node: Value, shapes: Map<string, Value>): void {
  const made = pending.get(node);
  const inputs = made?.bound
    .items('inputs')
    ?.map((each) => (each.kind === 'string' ? shapes.get(each.value) : undefined));
  const [output] = made?.bound.items('outputs') ?? [];
  if (!made || !inputs || output?.kind !== 'string') return;
  const operator = made.bound.text('op_type') ?? '';
  if (FAMILIES[operator])
    shapes.set(output.value, convolve(machine, made, FAMILIES[operator], inputs[0], inputs[1], inputs.length > 2));
  else if (KEEPING.has(operator) && inputs[0]) shapes.set(output.value, inputs[0]);
}

function convolve(
  machine: Machine,
  { bound, at }: PendingNode,
  family: 'conv' | 'convTranspose',
  input: Value | undefined,
  weight: Value | undefined,
  bias: boolean,
): Value {
  const shape = weight?.kind === 'tensor' ? weight.cell.shape : undefined;
  if (!input || !shape || shape.length < 3) return unknown();
  const rank = shape.length - 2;
  const ones = Array.from({ length: rank }, (): Size => 1);
  const read = (name: string, fallback: readonly Size[]): readonly Size[] =>
    bound.isNone(name) ? fallback : (bound.sizes(name, fallback.length) ?? fallback);
  const [kernel, stride, dilation] = [
    read('kernel_shape', shape.slice(2)),
    read('strides', ones),
    read('dilations', ones),
  ];
  const pads = read(
    'pads',
    Array.from({ length: 2 * rank }, (): Size => 0),
  );
  const extra = read(
    'output_padding',
    ones.map((): Size => 0),
  );
  const wanted = bound.isNone('output_shape') ? undefined : bound.sizes('output_shape', rank);
  const auto = bound.text('auto_pad') ?? 'NOTSET';
  const groups = bound.size('group');
  const channels = input.kind === 'tensor' ? (input.cell.shape?.[1] ?? shape[0]) : shape[0];
  const early = nodeProblem(bound, family, shape, channels, dilation);
  const setup: ConvSetup = {
    kind: family,
    rank,
    layout: 'first',
    inChannels: family === 'conv' ? times(machine, shape[1], groups) : shape[0],
    outChannels: family === 'conv' ? shape[0] : times(machine, shape[1], groups),
    groups,
    bias,
    torchRules: false,
    parameters: bound.values,
    weightShape: () => shape,
    axis: (input, index): ConvAxis => {
      const window = { input, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      const padding = { auto, pads: [pads[index], pads[index + rank]] as const };
      return family === 'conv'
        ? onnxAxis(window, padding)
        : onnxTransposedAxis(window, { ...padding, outputPadding: extra[index], outputShape: wanted?.[index] });
    },
    refuse: (axes) => early ?? (family === 'convTranspose' ? onnxProblem(extra, wanted, axes) : undefined),
  };
  return applyConvolution(machine, siteOf(machine, { ...nodeSpec, family, rank }, at), setup, input, at);
}

const info = (name: Value | undefined, value: Value): DictValue =>
  dict([
    [string('name'), name ?? NONE],
    [string('tensor'), value],
  ]);

const nodeSpec: FunctionSpec = { callee: 'onnx.helper.make_node', framework: 'onnx', signature: FORM, apply: makeNode };

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee,
  framework: 'onnx',
  signature: signature(form),
  apply,
});

export const onnxFunctions: readonly FunctionSpec[] = [
  nodeSpec,
  func('onnx.helper.make_tensor_value_info', 'name, ~elem_type, shape, ~doc_string=None, **', ({ machine, bound }) => {
    const sizes = bound
      .items('shape')
      ?.map((each) =>
        each.kind === 'string' ? machine.symbolOf({ kind: 'unknown', name: each.value }).size : machine.sizeOf(each),
      );
    return info(bound.get('name'), sizes ? tensor(sizes, 'declared') : unknown());
  }),
  func('onnx.helper.make_tensor', 'name, ~data_type, dims, ~vals=None, ~raw=False, **', ({ machine, bound }) =>
    info(bound.get('name'), tensorOfShape(machine, bound.get('dims'))),
  ),
  func('onnx.numpy_helper.from_array', 'array, name=None, **', ({ bound }) =>
    info(bound.get('name'), bound.tensor('array') ?? unknown()),
  ),
  func('onnx.helper.make_graph', 'nodes, ~name, inputs, ~outputs, initializer=None, **~', makeGraph),
  func('onnx.helper.make_model', '~graph, **~', () => list([], true)),
];
