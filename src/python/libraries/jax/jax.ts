import { siteOf } from '../../findings/record';
import { times } from '../../model/arithmetic';
import { iterate } from '../../model/iterate';
import type { Applied, Bound, FunctionSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Value } from '../../model/value';
import { applyConvolution, type ConvSetup } from '../../shapes/convolution';
import { broadcast, matrixProduct } from '../../shapes/elementwise';
import { tensorOfShape } from '../../shapes/sizesGiven';
import { tensorOps } from '../../shapes/tensorOps';
import type { Layout } from '../../sizes/axis';
import type { Size } from '../../sizes/size';
import { inputDilationProblem, jaxAxis, jaxTransposedAxis, padOf, type Pads } from '../axes/jax';

export function readPads(machine: Machine, bound: Bound, rank: number): Pads | undefined {
  const text = bound.text('padding')?.toUpperCase();
  if (text === 'SAME' || text === 'VALID') return text;
  const items = bound.items('padding');
  if (items?.length !== rank) return undefined;
  const pairs = items.map(
    (item) => iterate(item)?.map((size) => machine.sizeOf(size)) ?? [machine.sizeOf(item), machine.sizeOf(item)],
  );
  return pairs.every((pair) => pair.length === 2) ? pairs.map(([a, b]) => [a, b] as const) : undefined;
}

const FIRST = /^NC/;

/** `dimension_numbers=('NHWC', 'HWIO', 'NHWC')`; without it lax takes NCHW and OIHW, conv_transpose NHWC and HWIO. */
function layouts(
  bound: Bound,
  fallback: Layout,
  weight: readonly Size[],
): { readonly layout: Layout; readonly kernel: readonly Size[]; readonly in: Size; readonly out: Size } | undefined {
  const given = bound.isNone('dimension_numbers') ? undefined : bound.items('dimension_numbers');
  const texts = given?.map((each) => (each.kind === 'string' ? each.value : ''));
  if (!bound.isNone('dimension_numbers') && texts?.length !== 3) return undefined;
  const layout: Layout = texts ? (FIRST.test(texts[0]) ? 'first' : 'last') : fallback;
  const order =
    texts?.[1] ??
    (fallback === 'first' ? `OI${'DHW'.slice(5 - weight.length)}` : `${'DHW'.slice(5 - weight.length)}IO`);
  if (order.length !== weight.length || !order.includes('O') || !order.includes('I')) return undefined;
  return {
    layout,
    kernel: weight.filter((_, axis) => !'IO'.includes(order[axis])),
    in: weight[order.indexOf('I')],
    out: weight[order.indexOf('O')],
  };
}

function convolve(call: Applied, spec: FunctionSpec, transposed: boolean): Value {
  const { machine, bound, at } = call;
  const weight = bound.tensor('rhs')?.cell.shape;
  const rank = (weight?.length ?? 0) - 2;
  if (!weight || rank < 1 || rank > 3) return unknown();
  const read = layouts(bound, transposed ? 'last' : 'first', weight);
  const stride = bound.sizes(bound.get('strides') ? 'strides' : 'window_strides', rank);
  const ones = Array.from({ length: rank }, (): Size => 1);
  const dilation = bound.isNone('rhs_dilation') ? ones : bound.sizes('rhs_dilation', rank);
  const inputDilation = bound.isNone('lhs_dilation') ? ones : bound.sizes('lhs_dilation', rank);
  const pads = readPads(machine, bound, rank);
  const groups: Size = bound.get('feature_group_count') ? bound.size('feature_group_count') : 1;
  if (!read || !stride || !dilation || !inputDilation || !pads) return unknown();
  const swapped = transposed && bound.flag('transpose_kernel') === true;
  const [inPer, out] = swapped ? [read.out, read.in] : [read.in, read.out];
  const setup: ConvSetup = {
    kind: transposed ? 'convTranspose' : 'conv',
    rank,
    layout: read.layout,
    inChannels: times(machine, inPer, groups),
    outChannels: out,
    groups,
    bias: false,
    torchRules: false,
    parameters: bound.values,
    weightShape: () => weight,
    axis: (input, index) => {
      const window = { input, kernel: read.kernel[index], stride: stride[index], dilation: dilation[index] };
      const pad = padOf(pads, index);
      return transposed
        ? jaxTransposedAxis(window, pad, bound.flag('use_consistent_padding') === true)
        : jaxAxis(window, pad, inputDilation[index]);
    },
    refuse: () => inputDilationProblem(pads, inputDilation),
  };
  return applyConvolution(machine, siteOf(machine, { ...spec, rank }, at), setup, bound.get('lhs') ?? unknown(), at);
}

function convolution(name: string, form: string, transposed: boolean): FunctionSpec {
  const spec: FunctionSpec = {
    callee: `jax.lax.${name}`,
    framework: 'jax',
    family: transposed ? 'convTranspose' : 'conv',
    rank: 2,
    signature: signature(form),
    apply: (call) => convolve(call, spec, transposed),
  };
  return spec;
}

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee,
  framework: 'jax',
  signature: signature(form),
  apply,
});
const created = ({ machine, bound }: Applied): Value => tensorOfShape(machine, bound.get('shape'));
const same = ({ bound }: Applied): Value => bound.get('x') ?? unknown();

/** `jax.lax` convolutions, and what of `jax.numpy` and `jax.nn` models use. */
export const jaxFunctions: readonly FunctionSpec[] = [
  convolution(
    'conv_transpose',
    'lhs, rhs, strides, padding, rhs_dilation=None, dimension_numbers=None, transpose_kernel=False, precision=None, preferred_element_type=None, use_consistent_padding=False',
    true,
  ),
  convolution(
    'conv_general_dilated',
    'lhs, rhs, window_strides, padding, lhs_dilation=None, rhs_dilation=None, dimension_numbers=None, feature_group_count=1, batch_group_count=1, precision=None, preferred_element_type=None',
    false,
  ),
  convolution('conv', 'lhs, rhs, window_strides, padding, precision=None, preferred_element_type=None', false),
  convolution(
    'conv_with_general_padding',
    'lhs, rhs, window_strides, padding, lhs_dilation=None, rhs_dilation=None, precision=None, preferred_element_type=None',
    false,
  ),
  ...['zeros', 'ones', 'empty', 'full'].map((name) => func(`jax.numpy.${name}`, 'shape, *rest, **', created)),
  ...['normal', 'uniform', 'truncated_normal'].map((name) => func(`jax.random.${name}`, 'key, shape, **', created)),
  ...['relu', 'sigmoid', 'gelu', 'silu', 'swish', 'tanh', 'elu', 'leaky_relu', 'softplus', 'softmax'].flatMap((name) =>
    ['jax.nn', 'flax.linen', 'jax.numpy'].map((prefix) => func(`${prefix}.${name}`, 'x, *~rest, **~', same)),
  ),
  func('jax.jit', 'x, **~', same),
  func('jax.numpy.concatenate', 'tensors, axis=0, **', (call) => tensorOps.get('concatenate')!.apply(call)),
  func('jax.numpy.reshape', 'input, *shape', (call) => tensorOps.get('reshape')!.apply(call)),
  ...['add', 'multiply', 'subtract', 'maximum', 'minimum'].map((name) =>
    func(`jax.numpy.${name}`, 'x, y', ({ machine, bound, at }) => {
      const [a, b] = [bound.tensor('x'), bound.tensor('y')];
      return a && b ? broadcast(machine, [a, b], at) : unknown();
    }),
  ),
  ...['matmul', 'dot'].map((name) =>
    func(`jax.numpy.${name}`, 'a, b, **', ({ machine, bound, at }) => {
      const [a, b] = [bound.tensor('a'), bound.tensor('b')];
      return a && b ? matrixProduct(machine, a, b, at) : unknown();
    }),
  ),
];
