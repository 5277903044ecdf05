import { convOutput, transposedOutput } from '../../../core/formulas';
import { convField } from '../../findings/field';
import { siteOf } from '../../findings/record';
import { iterate } from '../../model/iterate';
import type { Bound, FunctionSpec, LayerSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { argumentsOf, knownInt, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Site } from '../../model/site';
import { sureShape } from '../../model/tensor';
import type { Arguments, CallPlace, Value } from '../../model/value';
import { Outcomes } from '../../shapes/outcomes';
import { refuse } from '../../shapes/problems';
import { applySpatial, inFormula, type SpatialSetup } from '../../shapes/spatial';
import { extentOf, SIZES } from '../../sizes/axis';
import { extreme, isKnown, type Size } from '../../sizes/size';
import {
  adaptiveRefusal,
  entriesRefusal,
  negativeRefusal,
  type PoolKind,
  poolRefusal,
  sizesRefusal,
  unpoolRefusal,
  type Window,
} from './poolingRules';

const DIGITS = [1, 2, 3] as const;

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

function poolSetup(bound: Bound, rank: number, kind: PoolKind): SpatialSetup | undefined {
  const window = windowOf(bound, rank);
  const ceil = bound.get('ceil_mode') ? bound.flag('ceil_mode') : false;
  if (!window || ceil === undefined) return undefined;
  return {
    rank,
    layout: 'first',
    parameters: bound.values,
    unbatched: true,
    refuse: (shape, outputs) => poolRefusal(kind, window, shape, outputs),
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

type Run = (
  machine: Machine,
  bound: Bound,
  rank: number,
  record: Site | undefined,
  input: Value,
  at: CallPlace,
) => Value;

const pool =
  (kind: PoolKind): Run =>
  (machine, bound, rank, record, input, at) => {
    const setup = bound.once('setup', () => poolSetup(bound, rank, kind));
    const entries = setup ? undefined : entriesRefusal(`${kind}_pool${rank}d`, bound, rank);
    if (entries && input.kind === 'tensor' && sureShape(input)) return refuse(machine, at, entries);
    if (!setup) return unknown();
    const result = applySpatial(machine, record, setup, input, at);
    return bound.flag('return_indices') === true ? tuple([result, result]) : result;
  };

const adaptive =
  (kind: 'avg' | 'max'): Run =>
  (machine, bound, rank, record, input, at) => {
    const value = bound.get('output_size');
    const entries =
      value && (value.kind === 'list' || value.kind === 'tuple') && value.items.length === rank
        ? value.items
        : value && value.kind !== 'list' && value.kind !== 'tuple'
          ? Array.from({ length: rank }, () => value)
          : undefined;
    const wrong = sizesRefusal(`adaptive_${kind}_pool${rank}d`, value, rank);
    if (wrong && input.kind === 'tensor' && sureShape(input)) return refuse(machine, at, wrong);
    if (!entries) return unknown();
    // The mean over two whole axes is taken as such, of a tensor of any number of them.
    const whole = kind === 'avg' && rank === 2 && entries.every((entry) => knownInt(entry) === 1);
    const result = applySpatial(
      machine,
      record,
      {
        rank,
        layout: 'first',
        parameters: bound.values,
        unbatched: true,
        leading: whole,
        mayBeEmpty: true,
        refuse: (shape, outputs) =>
          negativeRefusal(`adaptive_${kind}_pool${rank}d`, outputs) ??
          (whole && shape.length >= 2 ? undefined : adaptiveRefusal(`adaptive_${kind}_pool${rank}d`, shape, rank)),
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
  };

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
  const asked = wanted && wanted.kind !== 'none' ? iterate(wanted) : undefined;
  const items = asked?.slice(-rank);
  if (!window || !input || (wanted && wanted.kind !== 'none' && !items)) return unknown();
  const plain = (size: Size, index: number): Size => {
    const [k, s, p] = [window.kernel[index], window.stride[index], window.padding[index]];
    const axis = { input: size, stride: s, padBegin: p, padEnd: p, extent: k, outputPadding: 0 };
    return machine.simple(() => transposedOutput(SIZES, axis));
  };
  const sizes = asked?.map((each) => machine.sizeOf(each));
  return applySpatial(
    machine,
    record,
    {
      rank,
      layout: 'first',
      parameters: bound.values,
      unbatched: true,
      refuse: (shape) =>
        wanted && sizes && shape.length > rank
          ? unpoolRefusal(wanted, sizes, window, shape.slice(-rank).map(plain))
          : undefined,
      axis: (size, index) => {
        const [k, s, p] = [window.kernel[index], window.stride[index], window.padding[index]];
        const output = items ? machine.sizeOf(items[index]) : plain(size, index);
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

/** They inherit their `__init__`, and Python's words name the class that has it. */
const inherited =
  (owner: string) =>
  (words: string): string =>
    `${owner}.__init__() ${words}`;

const windows: readonly (readonly [name: string, form: string, kind: PoolKind])[] = [
  ['MaxPool', MAX, 'max'],
  ['AvgPool', AVERAGE, 'avg'],
  ['LPPool', LP, 'lp'],
];

export const torchPooling: readonly LayerSpec[] = DIGITS.flatMap((rank): LayerSpec[] => [
  ...windows.map(([name, form, kind]): LayerSpec => ({
    callee: `torch.nn.${name}${rank}d`,
    framework: 'torch',
    family: 'pool',
    rank,
    signature: signature(kind === 'avg' && rank === 1 ? form.replace(/, divisor_override=None$/, '') : form),
    ...(kind === 'avg' ? {} : { misfit: inherited(`_${name}Nd`) }),
    apply: ({ machine, bound, layer, args, at }) =>
      pool(kind)(machine, bound, rank, layer.site, args.positional[0] ?? unknown(), at),
  })),
  ...(['Avg', 'Max'] as const).map((name): LayerSpec => ({
    callee: `torch.nn.Adaptive${name}Pool${rank}d`,
    framework: 'torch',
    family: 'adaptivePool',
    rank,
    signature: signature('output_size, return_indices=False'),
    misfit: inherited(`_Adaptive${name}PoolNd`),
    apply: ({ machine, bound, layer, args, at }) =>
      adaptive(name === 'Avg' ? 'avg' : 'max')(machine, bound, rank, layer.site, args.positional[0] ?? unknown(), at),
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
  run: Run,
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
    pool('max'),
  ),
  ...functional(
    `max_pool${rank}d_with_indices`,
    'pool',
    rank,
    'kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=True',
    pool('max'),
  ),
  ...functional(`avg_pool${rank}d`, 'pool', rank, AVERAGE, pool('avg')),
  ...functional(`lp_pool${rank}d`, 'pool', rank, LP, pool('lp')),
  ...functional(`adaptive_avg_pool${rank}d`, 'adaptivePool', rank, 'output_size', adaptive('avg')),
  ...functional(
    `adaptive_max_pool${rank}d`,
    'adaptivePool',
    rank,
    'output_size, return_indices=False',
    adaptive('max'),
  ),
  ...functional(
    `max_unpool${rank}d`,
    'unpool',
    rank,
    '~indices, kernel_size, stride=None, padding=0, output_size=None',
    (machine, bound, each, record, input, at) => unpool(machine, bound, each, record, argumentsOf(input), at),
  ),
]);
