import type { Problem } from '../../../core/problem';
import { BoundArguments } from '../../model/bound';
import { iterate } from '../../model/iterate';
import type { Bound, LayerApplied, LayerSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { builtin, isString, list, number, unknown } from '../../model/make';
import { bind, signature } from '../../model/signature';
import { sureShape, tensor } from '../../model/tensor';
import type { LayerValue, Value } from '../../model/value';
import { applyConvolution, convOutcomes, type ConvSetup, operationOf, perGroup } from '../../shapes/convolution';
import { refusals } from '../../shapes/legality';
import { type Refusal, refuse } from '../../shapes/problems';
import { type ConvAxis, paddedAxis, sizedAxis } from '../../sizes/axis';
import { isKnown, multiply, type Size } from '../../sizes/size';
import { torchAxis, torchProblem } from '../axes/torch';
import { textRefusal, torchConstructorProblems } from './checks';
import { keepWidth } from './lazy';
import { convolutionOf, notTensor } from './notTensor';
import { asGiven } from './poolingRules';
import { outputSizeRefusal, weightRefusal, wholeOutputSize } from './weightRules';

const CONV =
  "out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None";
const TRANSPOSED =
  "out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None";
const DIGITS = [1, 2, 3] as const;

/** `undefined` where an argument has the wrong number of entries: the call then raises. */
export function torchSetup(
  bound: Bound,
  kind: ConvSetup['kind'],
  rank: number,
  channels: {
    readonly in?: Size;
    readonly out: Size;
    readonly kernel?: readonly Size[];
    readonly bias: boolean | undefined;
    readonly biasShape?: readonly Size[] | undefined;
  },
): ConvSetup | undefined {
  const kernel = channels.kernel ?? bound.sizes('kernel_size', rank);
  const stride = bound.sizes('stride', rank);
  const dilation = bound.sizes('dilation', rank);
  const text = bound.text('padding');
  const padding = text === undefined ? bound.sizes('padding', rank) : new Array<Size>(rank).fill(0);
  const outputPadding = kind === 'convTranspose' ? bound.sizes('output_padding', rank) : new Array<Size>(rank).fill(0);
  if (!kernel || !stride || !dilation || !padding || !outputPadding) return undefined;
  const groups = bound.size('groups');
  const mode = bound.text('padding_mode');
  return {
    kind,
    rank,
    layout: 'first',
    groups,
    inChannels: channels.in,
    outChannels: channels.out,
    bias: channels.bias,
    biasShape: channels.biasShape,
    torchRules: true,
    paddingMode: mode === 'reflect' || mode === 'replicate' || mode === 'circular' ? mode : 'zeros',
    parameters: bound.values,
    ...(bound.isPlain ? { outcomes: convOutcomes() } : {}),
    weightShape: (inChannels) =>
      kind === 'conv'
        ? [channels.out, perGroup(inChannels, groups), ...kernel]
        : [inChannels, perGroup(channels.out, groups), ...kernel],
    axis: (input, index): ConvAxis => {
      const window = { input, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      return torchAxis(window, text === 'same' ? 'same' : padding[index], outputPadding[index]);
    },
  };
}

function setupOf(bound: Bound, kind: ConvSetup['kind'], rank: number, lazy: boolean): ConvSetup | undefined {
  if (bound.get('weight')) {
    // A weight that was assigned decides the channels and the kernel, whatever the layer was made with.
    const shape = bound.tensor('weight')?.cell.shape;
    if (shape?.length !== rank + 2) return undefined;
    const other = multiply(shape[1], bound.size('groups'));
    const [into, out] = kind === 'conv' ? [other, shape[0]] : [shape[0], other];
    // A bias that was not assigned as well is as long as the layer had output channels.
    const given = bound.get('bias');
    const bias = given?.kind === 'tensor' || bound.flag('bias');
    const biasShape =
      given?.kind === 'tensor' ? given.cell.shape : bound.flag('bias') ? [bound.size('out_channels')] : undefined;
    return torchSetup(bound, kind, rank, { in: into, out, kernel: shape.slice(2), bias, biasShape });
  }
  const bias = bound.get('bias');
  return torchSetup(bound, kind, rank, {
    in: lazy && !bound.get('in_channels') ? undefined : bound.size('in_channels'),
    out: bound.size('out_channels'),
    bias: bias?.kind === 'tensor' || bound.flag('bias'),
    biasShape: bias?.kind === 'tensor' ? bias.cell.shape : undefined,
  });
}

/** Elements along an axis of an input that every kernel fits. */
const LARGE = 1 << 20;

/** What the layer would refuse whatever its input's size: tried on one that is large enough for every kernel. */
function check(bound: Bound, kind: ConvSetup['kind'], rank: number, lazy: boolean): readonly Problem[] {
  const own = torchConstructorProblems(bound, kind, rank);
  if (own.length > 0) return own;
  const setup = setupOf(bound, kind, rank, lazy);
  if (!setup || lazy || !isKnown(setup.inChannels!) || !isKnown(setup.outChannels)) return [];
  const axes = new Array<Size>(rank).fill(LARGE).map(setup.axis);
  const operation = operationOf(setup, axes);
  const weight = setup.weightShape(setup.inChannels);
  if (!operation || !weight.every(isKnown)) return [];
  const refused = refusals(operation, [1, setup.inChannels, ...new Array<number>(rank).fill(LARGE)], weight);
  // Whether a dilation of 0 runs, and what is said of it, depends on the input that comes.
  return kind === 'conv' ? refused : refused.filter(({ code }) => code !== 'dilation-range');
}

/** `layer(x, output_size=…)` replaces the output padding; legal from the size without any to `stride − 1` more. */
function withOutputSize(machine: Machine, setup: ConvSetup, value: Value | undefined): ConvSetup {
  if (!value || value.kind === 'none') return setup;
  const given = iterate(value);
  const wanted =
    given?.slice(-setup.rank).map((each) => machine.sizeOf(each)) ?? machine.sizesOf(value, setup.rank, 'output_size');
  return {
    ...setup,
    ...(wanted && { refuse: (axes) => torchProblem(axes, wanted, asGiven(value, wanted)) }),
    outcomes: undefined,
    axis: (input, index) => {
      const axis = setup.axis(input, index);
      const output = wanted?.[index] ?? machine.freshSize();
      return { ...axis, outputPadding: machine.simple(() => sizedAxis(axis, output).outputPadding), output };
    },
  };
}

/** What is refused of a weight that was assigned, and of an output size, for an input whose axes are known. */
function refusalOf(
  { bound }: LayerApplied,
  kind: ConvSetup['kind'],
  rank: number,
  input: Value | undefined,
  asked: Value | undefined,
): Refusal | undefined {
  const shape = input?.kind === 'tensor' ? sureShape(input) : undefined;
  if (!shape) return undefined;
  const weight = bound.get('weight') && sureShape(bound.tensor('weight'));
  if (weight && bound.text('padding_mode') === 'zeros' && weight.length !== rank + 2)
    return weightRefusal(rank, shape, weight, bound.sizes('stride', rank));
  if (kind !== 'convTranspose' || !asked || asked.kind === 'none') return undefined;
  if (asked.kind === 'number') return wholeOutputSize(rank);
  const items = iterate(asked);
  return items && outputSizeRefusal(rank, shape, items.length);
}

function apply(call: LayerApplied, kind: ConvSetup['kind'], rank: number, lazy: boolean): Value {
  const setup = call.bound.once('setup', () => setupOf(call.bound, kind, rank, lazy));
  const [input, second] = call.args.positional;
  // A lazy layer, and one that pads by itself, stumble earlier, in other words.
  const isPlain = !lazy && call.bound.text('padding_mode') === 'zeros';
  const wrong =
    (isPlain ? notTensor(input, convolutionOf(kind, rank)) : undefined) ??
    refusalOf(call, kind, rank, input, call.args.keywords.get('output_size') ?? second);
  if (wrong) return refuse(call.machine, call.at, wrong);
  if (!setup || !input) return unknown();
  if (kind === 'convTranspose' && call.bound.text('padding') !== undefined)
    return refuse(call.machine, call.at, textRefusal(rank));
  const sized =
    kind === 'convTranspose'
      ? withOutputSize(call.machine, setup, call.args.keywords.get('output_size') ?? second)
      : setup;
  const output = applyConvolution(call.machine, call.layer.site, sized, input, call.at);
  if (lazy) keepWidth(call, 'in_channels', input, -rank - 1);
  return output;
}

/** Its parameters, as `nn.modules.conv._ConvTransposeNd` names them. */
const OUTPUT_PADDING = signature('input, output_size, stride, padding, kernel_size, num_spatial_dims, dilation=None');

/** `self._output_padding(…)`: what is missing of a wanted size, with which a subclass calls the functional itself. */
const outputPaddingMethod = (layer: LayerValue, rank: number): Value =>
  builtin('_output_padding', (machine, args) => {
    const values = bind(OUTPUT_PADDING, args, false);
    const bound = new BoundArguments(machine, values, values);
    if (values.misfit) return unknown();
    const own = machine.sizesOf(layer.parameters.get('output_padding'), rank, 'output_padding');
    if (bound.isNone('output_size')) return own ? list(own.map((size) => number(size))) : unknown();
    const shape = bound.tensor('input')?.cell.shape;
    const wanted = bound.items('output_size')?.map((each) => machine.sizeOf(each));
    const [stride, padding, kernel] = ['stride', 'padding', 'kernel_size'].map((each) => bound.sizes(each, rank));
    const dilation = bound.isNone('dilation') ? new Array<Size>(rank).fill(1) : bound.sizes('dilation', rank);
    if (!shape || !wanted || !stride || !padding || !kernel || !dilation || wanted.length < rank) return unknown();
    return list(
      wanted.slice(-rank).map((size, axis) => {
        const input = shape[shape.length - rank + axis];
        const window = { input, kernel: kernel[axis], stride: stride[axis], dilation: dilation[axis] };
        const plain = paddedAxis(window, [padding[axis], padding[axis]]);
        return number(machine.simple(() => sizedAxis(plain, size).outputPadding));
      }),
    );
  });

function attribute(
  layer: LayerValue,
  name: string,
  machine: Machine,
  kind: ConvSetup['kind'],
  rank: number,
): Value | undefined {
  if (name === '_output_padding' && kind === 'convTranspose') return outputPaddingMethod(layer, rank);
  if (name !== 'weight' && name !== 'bias') {
    // PyTorch stores these as tuples.
    if (!['kernel_size', 'stride', 'padding', 'dilation', 'output_padding'].includes(name)) return undefined;
    const value = layer.parameters.get(name);
    const sizes = isString(value) ? undefined : machine.sizesOf(value, rank, name);
    return (
      sizes && { kind: 'tuple', items: sizes.map((size) => ({ kind: 'number', size, float: false })), open: false }
    );
  }
  const sizes = ['in_channels', 'out_channels', 'groups'].map((each) => machine.knownSize(layer.parameters.get(each)));
  const kernel = machine.sizesOf(layer.parameters.get('kernel_size'), rank, 'kernel_size');
  const [inChannels, outChannels, groups] = sizes;
  if (name === 'bias') return outChannels === undefined ? undefined : tensor([outChannels], 'example');
  if (inChannels === undefined || outChannels === undefined || groups === undefined || !kernel) return undefined;
  const shape =
    kind === 'conv'
      ? [outChannels, perGroup(inChannels, groups), ...kernel]
      : [inChannels, perGroup(outChannels, groups), ...kernel];
  return tensor(shape, 'example');
}

function describe(kind: ConvSetup['kind'], rank: number, lazy: boolean): LayerSpec {
  const name = `${lazy ? 'Lazy' : ''}Conv${kind === 'conv' ? '' : 'Transpose'}${rank}d`;
  const form = kind === 'conv' ? CONV : TRANSPOSED;
  return {
    callee: `torch.nn.${name}`,
    framework: 'torch',
    family: kind,
    rank,
    signature: signature(lazy ? form : `in_channels, ${form}`),
    check: (bound) => check(bound, kind, rank, lazy),
    apply: (call) => apply(call, kind, rank, lazy),
    attribute: (layer, attributeName, machine) => attribute(layer, attributeName, machine, kind, rank),
  };
}

/** `nn.Conv{1,2,3}d`, `nn.ConvTranspose{1,2,3}d` and their lazy forms. */
export const torchConvolutions: readonly LayerSpec[] = DIGITS.flatMap((rank) => [
  describe('conv', rank, false),
  describe('convTranspose', rank, false),
  describe('conv', rank, true),
  describe('convTranspose', rank, true),
]);
