import { convOutput, transposedOutput } from '../../../core/formulas';
import { convField } from '../../findings/field';
import { siteOf } from '../../findings/record';
import { iterate } from '../../model/iterate';
import type { Bound, FunctionSpec, LayerSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { argumentsOf, FAILED, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Site } from '../../model/site';
import type { Arguments, CallPlace, Value } from '../../model/value';
import { Outcomes } from '../../shapes/outcomes';
import { applySpatial, inFormula, type SpatialSetup } from '../../shapes/spatial';
import { mismatch } from '../../shapes/problems';
import { extentOf, SIZES } from '../../sizes/axis';
import { extreme, isKnown, type Size } from '../../sizes/size';

const DIGITS = [1, 2, 3] as const;

interface Window {
  readonly kernel: readonly Size[];
  readonly stride: readonly Size[];
  readonly padding: readonly Size[];
  readonly dilation: readonly Size[];
}

function windowOf(bound: Bound, rank: number): Window | undefined {
  const kernel = bound.sizes('kernel_size', rank);
  const stride = bound.isNone('stride') ? kernel : bound.sizes('stride', rank);
  const ones = Array.from({ length: rank }, (): Size => 1);
  const padding = bound.get('padding') ? bound.sizes('padding', rank) : ones.map((): Size => 0);
  const dilation = bound.get('dilation') ? bound.sizes('dilation', rank) : ones;
  return kernel && stride && padding && dilation ? { kernel, stride, padding, dilation } : undefined;
}

/**
 * With ceil_mode the size is rounded up, less one where the last window would begin in the end padding
 * (torch/nn/functional, `pooling_output_shape`).
 */
function pooledSize(machine: Machine, input: Size, window: Window, index: number, ceil: boolean): Size {
  const [k, s, p, d] = [window.kernel[index], window.stride[index], window.padding[index], window.dilation[index]];
  return machine.simple(() => {
    const axis = { input, stride: s, padBegin: p, padEnd: p, extent: extentOf({ kernel: k, dilation: d }) };
    if (!ceil) return convOutput(SIZES, axis);
    const up = convOutput(SIZES, axis, 'up');
    // As many windows as begin within the input.
    if (!isKnown(up) || !isKnown(input) || !isKnown(s) || !isKnown(p))
      return p === 0 ? extreme('min', up, convOutput(SIZES, { ...axis, extent: 1 })) : machine.freshSize();
    return (up - 1) * s >= input + p ? up - 1 : up;
  });
}

function poolSetup(bound: Bound, rank: number): SpatialSetup | undefined {
  const window = windowOf(bound, rank);
  const ceil = bound.get('ceil_mode') ? bound.flag('ceil_mode') : false;
  if (!window || ceil === undefined) return undefined;
  return {
    rank,
    layout: 'first',
    parameters: bound.values,
    unbatched: true,
    ...(bound.isPlain ? { outcomes: new Outcomes() } : {}),
    field: (before) =>
      convField(
        'conv',
        window.kernel.map((kernel, index) => ({
          kernel,
          stride: window.stride[index],
          dilation: window.dilation[index],
        })),
        before,
        rank,
      ),
    axis: (input, index, machine) => ({
      output: pooledSize(machine, input, window, index, ceil),
      formula: ceil ? '⌈(i + 2·p − d·(k − 1) − 1) / s⌉ + 1' : '⌊(i + 2·p − d·(k − 1) − 1) / s⌋ + 1',
      substituted: `${ceil ? '⌈' : '⌊'}(${inFormula(input)} + 2·${inFormula(window.padding[index])} − ${inFormula(window.dilation[index])}·(${inFormula(window.kernel[index])} − 1) − 1) / ${inFormula(window.stride[index])}${ceil ? '⌉' : '⌋'} + 1`,
      extent: machine.simple(() => extentOf({ kernel: window.kernel[index], dilation: window.dilation[index] })),
    }),
  };
}

/** What PyTorch's pooling refuses of its window, in its words. */
function refusedWindow(bound: Bound, rank: number): string | undefined {
  const window = windowOf(bound, rank);
  if (!window) return undefined;
  const known = (sizes: readonly Size[]): readonly number[] => (sizes.every(isKnown) ? sizes : []);
  const [kernel, stride, padding, dilation] = [window.kernel, window.stride, window.padding, window.dilation].map(
    known,
  );
  if (kernel.some((each) => each <= 0)) return 'kernel size should be greater than zero';
  if (stride.some((each) => each === 0)) return 'stride should not be zero';
  if (dilation.some((each) => each <= 0)) return 'dilation should be greater than zero';
  const wide = padding.findIndex(
    (each, axis) => each > Math.floor((((kernel[axis] ?? Infinity) - 1) * (dilation[axis] ?? 1) + 1) / 2),
  );
  if (wide < 0) return undefined;
  return bound.get('dilation')
    ? `pad should be at most half of effective kernel size, but got pad=${padding[wide]}, kernel_size=${kernel[wide]} and dilation=${dilation[wide] ?? 1}`
    : 'pad should be smaller than or equal to half of kernel size';
}

function pool(
  machine: Machine,
  bound: Bound,
  rank: number,
  record: Site | undefined,
  input: Value,
  at: CallPlace,
): Value {
  const setup = bound.once('setup', () => poolSetup(bound, rank));
  if (!setup) return unknown();
  const wrong = bound.once('wrong', () => refusedWindow(bound, rank));
  if (wrong !== undefined) {
    mismatch(machine, at, {
      code: 'pooling',
      template: 'The framework refuses this call.',
      args: [],
      framework: wrong,
    });
    return FAILED;
  }
  const result = applySpatial(machine, record, setup, input, at);
  return bound.flag('return_indices') === true ? tuple([result, result]) : result;
}

function adaptive(
  machine: Machine,
  bound: Bound,
  rank: number,
  record: Site | undefined,
  input: Value,
  at: CallPlace,
): Value {
  const value = bound.get('output_size');
  const entries =
    value && (value.kind === 'list' || value.kind === 'tuple') && value.items.length === rank
      ? value.items
      : value && value.kind !== 'list' && value.kind !== 'tuple'
        ? Array.from({ length: rank }, () => value)
        : undefined;
  if (!entries) return unknown();
  const result = applySpatial(
    machine,
    record,
    {
      rank,
      layout: 'first',
      parameters: bound.values,
      unbatched: true,
      axis: (size, index) => {
        // None keeps the input's size.
        const output = entries[index].kind === 'none' ? size : machine.sizeOf(entries[index], 'output_size');
        return { output, formula: 'output_size', substituted: inFormula(output) };
      },
    },
    input,
    at,
  );
  return bound.flag('return_indices') === true ? tuple([result, result]) : result;
}

/** The size that a transposed convolution would give, or the size asked for. */
function unpool(
  machine: Machine,
  bound: Bound,
  rank: number,
  record: Site | undefined,
  args: Arguments,
  at: CallPlace,
): Value {
  const window = windowOf(bound, rank);
  const [input, , third] = args.positional;
  const wanted = args.keywords.get('output_size') ?? third ?? bound.get('output_size');
  const items = wanted && wanted.kind !== 'none' ? iterate(wanted)?.slice(-rank) : undefined;
  if (!window || !input || (wanted && wanted.kind !== 'none' && !items)) return unknown();
  return applySpatial(
    machine,
    record,
    {
      rank,
      layout: 'first',
      parameters: bound.values,
      unbatched: true,
      axis: (size, index) => {
        const [k, s, p] = [window.kernel[index], window.stride[index], window.padding[index]];
        const output = items
          ? machine.sizeOf(items[index])
          : machine.simple(() =>
              transposedOutput(SIZES, { input: size, stride: s, padBegin: p, padEnd: p, extent: k, outputPadding: 0 }),
            );
        return {
          output,
          formula: '(i − 1)·s − 2·p + k',
          substituted: `(${inFormula(size)} − 1)·${inFormula(s)} − 2·${inFormula(p)} + ${inFormula(k)}`,
        };
      },
    },
    input,
    at,
  );
}

const MAX = 'kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False';
const AVERAGE = 'kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None';
const LP = 'norm_type, kernel_size, stride=None, ceil_mode=False';

const windows: readonly (readonly [name: string, form: string])[] = [
  ['MaxPool', MAX],
  ['AvgPool', AVERAGE],
  ['LPPool', LP],
];

export const torchPooling: readonly LayerSpec[] = DIGITS.flatMap((rank): LayerSpec[] => [
  ...windows.map(([name, form]): LayerSpec => ({
    callee: `torch.nn.${name}${rank}d`,
    framework: 'torch',
    family: 'pool',
    rank,
    signature: signature(form),
    apply: ({ machine, bound, layer, args, at }) =>
      pool(machine, bound, rank, layer.site, args.positional[0] ?? unknown(), at),
  })),
  ...['Avg', 'Max'].map((name): LayerSpec => ({
    callee: `torch.nn.Adaptive${name}Pool${rank}d`,
    framework: 'torch',
    family: 'adaptivePool',
    rank,
    signature: signature('output_size, return_indices=False'),
    apply: ({ machine, bound, layer, args, at }) =>
      adaptive(machine, bound, rank, layer.site, args.positional[0] ?? unknown(), at),
  })),
  {
    callee: `torch.nn.MaxUnpool${rank}d`,
    framework: 'torch',
    family: 'unpool',
    rank,
    signature: signature('kernel_size, stride=None, padding=0'),
    apply: ({ machine, bound, layer, args, at }) => unpool(machine, bound, rank, layer.site, args, at),
  },
]);

const functional = (
  name: string,
  family: 'pool' | 'adaptivePool' | 'unpool',
  rank: number,
  form: string,
  run: typeof pool,
): FunctionSpec[] => {
  const make = (callee: string): FunctionSpec => {
    const spec: FunctionSpec = {
      callee,
      framework: 'torch',
      family,
      rank,
      signature: signature(`input, ${form}`),
      apply: ({ machine, bound, at }) =>
        run(machine, bound, rank, siteOf(machine, spec, at), bound.get('input') ?? unknown(), at),
    };
    return spec;
  };
  return [make(`torch.nn.functional.${name}`), make(`torch.${name}`)];
};

export const torchFunctionalPooling: readonly FunctionSpec[] = DIGITS.flatMap((rank) => [
  ...functional(
    `max_pool${rank}d`,
    'pool',
    rank,
    'kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False',
    pool,
  ),
  ...functional(
    `max_pool${rank}d_with_indices`,
    'pool',
    rank,
    'kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=True',
    pool,
  ),
  ...functional(`avg_pool${rank}d`, 'pool', rank, AVERAGE, pool),
  ...functional(`lp_pool${rank}d`, 'pool', rank, LP, pool),
  ...functional(`adaptive_avg_pool${rank}d`, 'adaptivePool', rank, 'output_size', adaptive),
  ...functional(`adaptive_max_pool${rank}d`, 'adaptivePool', rank, 'output_size, return_indices=False', adaptive),
  ...functional(
    `max_unpool${rank}d`,
    'unpool',
    rank,
    '~indices, kernel_size, stride=None, padding=0, output_size=None',
    (machine, bound, each, record, input, at) => unpool(machine, bound, each, record, argumentsOf(input), at),
  ),
]);
