import { convOutput, sameOutput } from '../../../core/formulas';
import { convField } from '../../findings/field';
import { siteOf } from '../../findings/record';
import type { Bound, FunctionSpec, LayerSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf } from '../../model/tensor';
import type { Value } from '../../model/value';
import { applySpatial, inFormula, type SpatialSetup } from '../../shapes/spatial';
import { SIZES } from '../../sizes/axis';
import { add } from '../../sizes/size';
import { layoutOf, paddings, RANKS, sizesOf } from './setup';

type Setup = (machine: Machine, bound: Bound, rank: number) => SpatialSetup | undefined;

/**
 * `⌊(i + p₀ + p₁ − k)/s⌋ + 1`, rounded up in `ceil_mode`: a window counts even where it begins in the padding at the
 * end, which PyTorch leaves out. SAME gives `⌈i/s⌉`.
 */
const pooled: Setup = (machine, bound, rank) => {
  const layout = layoutOf(bound, rank);
  const kernel = sizesOf(bound, 'kernel_size', rank);
  const stride = bound.isNone('stride') ? kernel : sizesOf(bound, 'stride', rank);
  const padding = layout && paddings(machine, bound, rank, layout);
  const ceil = bound.flag('ceil_mode');
  if (!layout || !kernel || !stride || !padding || ceil === undefined) return undefined;
  const axes = kernel.map((each, index) => ({ kernel: each, stride: stride[index], dilation: 1 }));
  return {
    rank,
    layout,
    parameters: bound.values,
    unbatched: false,
    field: (before) => convField('conv', axes, before, rank),
    axis: (input, index) => {
      const [k, s] = [kernel[index], stride[index]];
      if (padding === 'same')
        return {
          output: machine.simple(() => sameOutput(SIZES, input, s)),
          formula: '⌈i / s⌉',
          substituted: `⌈${inFormula(input)} / ${inFormula(s)}⌉`,
        };
      const [padBegin, padEnd] = padding[index];
      const window = { input, stride: s, padBegin, padEnd, extent: k };
      const [left, right] = ceil ? ['⌈', '⌉'] : ['⌊', '⌋'];
      const padded = machine.simple(() => add(padBegin, padEnd));
      return {
        output: machine.simple(() => convOutput(SIZES, window, ceil ? 'up' : 'down')),
        formula: `${left}(i + p₀ + p₁ − k) / s${right} + 1`,
        substituted: `${left}(${inFormula(input)} + ${inFormula(padded)} − ${inFormula(k)}) / ${inFormula(s)}${right} + 1`,
        extent: k,
      };
    },
  };
};

const adaptive: Setup = (machine, bound, rank) => {
  const layout = layoutOf(bound, rank);
  const value = bound.get('output_size');
  const entries: readonly Value[] | undefined =
    value?.kind === 'list' || value?.kind === 'tuple'
      ? value.open || value.items.length !== rank
        ? undefined
        : value.items
      : value && Array.from({ length: rank }, () => value);
  if (!layout || !entries) return undefined;
  return {
    rank,
    layout,
    parameters: bound.values,
    unbatched: false,
    axis: (size, index) => {
      // None keeps the input's size.
      const output = entries[index].kind === 'none' ? size : machine.sizeOf(entries[index], 'output_size');
      return { output, formula: 'output_size', substituted: inFormula(output) };
    },
  };
};

/** Whether the places of the maxima come along. */
const withMask = (bound: Bound, result: Value): Value => {
  const mask = bound.get('return_mask') ? bound.flag('return_mask') : false;
  return mask === undefined ? unknown() : asArrayOf('paddle', mask ? tuple([result, result]) : result);
};

type Family = 'pool' | 'adaptivePool';

const layer = (name: string, family: Family, rank: number, form: string, setup: Setup): LayerSpec => ({
  callee: `paddle.nn.${name}${rank}D`,
  framework: 'paddle',
  family,
  rank,
  signature: signature(form),
  apply: ({ machine, bound, layer: made, args, at }) => {
    const found = setup(machine, bound, rank);
    return found
      ? withMask(bound, applySpatial(machine, made.site, found, args.positional[0] ?? unknown(), at))
      : unknown();
  },
});

function func(name: string, family: Family, rank: number, form: string, setup: Setup): FunctionSpec {
  const spec: FunctionSpec = {
    callee: `paddle.nn.functional.${name}${rank}d`,
    framework: 'paddle',
    family,
    rank,
    signature: signature(`x, ${form}`),
    apply: ({ machine, bound, at }) => {
      const found = setup(machine, bound, rank);
      const input = bound.get('x') ?? unknown();
      return found ? withMask(bound, applySpatial(machine, siteOf(machine, spec, at), found, input, at)) : unknown();
    },
  };
  return spec;
}

const WINDOW = 'kernel_size, stride=None, padding=0';
const END = "data_format='NCHW', name=None";
const MAX = `${WINDOW}, return_mask=False, ceil_mode=False, ${END}`;
const average = (rank: number): string =>
  rank === 1
    ? `${WINDOW}, ~exclusive=True, ceil_mode=False, name=None`
    : `${WINDOW}, ceil_mode=False, ~exclusive=True, divisor_override=None, ${END}`;

export const paddlePooling: readonly LayerSpec[] = RANKS.flatMap((rank) => [
  layer('MaxPool', 'pool', rank, MAX, pooled),
  layer('AvgPool', 'pool', rank, average(rank), pooled),
  layer('AdaptiveAvgPool', 'adaptivePool', rank, `output_size, ${END}`, adaptive),
  layer('AdaptiveMaxPool', 'adaptivePool', rank, 'output_size, return_mask=False, name=None', adaptive),
]);

export const paddlePoolingFunctions: readonly FunctionSpec[] = RANKS.flatMap((rank) => [
  func('max_pool', 'pool', rank, MAX, pooled),
  func('avg_pool', 'pool', rank, average(rank), pooled),
  func('adaptive_avg_pool', 'adaptivePool', rank, `output_size, ${END}`, adaptive),
  func('adaptive_max_pool', 'adaptivePool', rank, 'output_size, return_mask=False, name=None', adaptive),
]);
