import { siteOf } from '../../findings/record';
import { times } from '../../model/arithmetic';
import type { Bound, FunctionSpec, LayerSpec } from '../../model/library';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Value } from '../../model/value';
import { constructorProblem, type Kind, lengthProblem, paddingProblem } from './checks';
import {
  addedProblem,
  biasLength,
  BOTH,
  layoutOf,
  RANKS,
  run,
  setupOf,
  sharedOut,
  sizesOf,
  statesPadding,
  wantedOf,
} from './setup';

const DEVICE = '~device=None, ~dtype=None';
/** By position the versions before 3 took what 3 takes by name only. */
const CONV = `kernel_size, stride=1, padding=0, dilation=1, groups=1, padding_mode='zeros', weight_attr=None, bias_attr=None, data_format='NCHW', bias=True, ${DEVICE}`;
/** In one dimension, and in the function of three, the groups stand before the dilation. */
const order = (groupsFirst: boolean): string => (groupsFirst ? 'groups=1, dilation=1' : 'dilation=1, groups=1');
const transposed = (rank: number): string =>
  `kernel_size, stride=1, padding=0, output_padding=0, ${order(rank === 1)}, weight_attr=None, bias_attr=None, data_format='NCHW'`;

const biasOf = (bound: Bound): boolean | undefined => {
  if (bound.flag('bias') === false) return false;
  return bound.isNone('bias_attr') ? true : bound.flag('bias_attr') === false ? false : undefined;
};

const inputOf = ({
  positional,
  keywords,
}: {
  positional: readonly Value[];
  keywords: ReadonlyMap<string, Value>;
}): Value => positional[0] ?? keywords.get('x') ?? keywords.get('input') ?? unknown();

function layer(kind: Kind, rank: number): LayerSpec {
  return {
    callee: `paddle.nn.Conv${rank}D${kind === 'conv' ? '' : 'Transpose'}`,
    framework: 'paddle',
    family: kind,
    rank,
    signature: signature(`in_channels, out_channels, ${kind === 'conv' ? CONV : transposed(rank)}`),
    check: (bound) => {
      const found = constructorProblem(bound, kind, rank, layoutOf(bound, rank) === 'last');
      return found ? [found] : [];
    },
    apply: ({ machine, bound, layer: made, args, at }) => {
      const wanted = wantedOf(machine, args.keywords.get('output_size') ?? args.positional[1], rank);
      const [input, output] = [bound.size('in_channels'), bound.size('out_channels')];
      const channels = { in: input, out: output, kernel: sizesOf(bound, 'kernel_size', rank), bias: biasOf(bound) };
      const groups = bound.size('groups');
      const setup = wanted && setupOf(machine, bound, kind, rank, channels, wanted.sizes);
      const early =
        (rank === 1 ? paddingProblem(bound, rank, layoutOf(bound, rank) === 'last') : undefined) ??
        sharedOut(kind, rank, groups, input, output, kind === 'convTranspose' || rank === 1) ??
        (rank === 1 && wanted?.sizes && statesPadding(bound) ? BOTH : undefined) ??
        wanted?.problem ??
        (wanted?.sizes ? undefined : addedProblem(bound, kind, rank));
      return run(machine, made.site, setup, early, inputOf(args), at);
    },
  };
}

function func(kind: Kind, rank: number): FunctionSpec {
  const form =
    kind === 'conv'
      ? "x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, data_format='NCHW', name=None"
      : `x, weight, bias=None, stride=1, padding=0, output_padding=0, ${order(rank !== 2)}, output_size=None, data_format='NCHW', name=None`;
  const spec: FunctionSpec = {
    callee: `paddle.nn.functional.conv${rank}d${kind === 'conv' ? '' : '_transpose'}`,
    framework: 'paddle',
    family: kind,
    rank,
    signature: signature(form),
    apply: ({ machine, bound, at }): Value => {
      const shape = bound.tensor('weight')?.cell.shape;
      if (shape?.length !== rank + 2) return unknown();
      const groups = bound.size('groups');
      const other = times(machine, shape[1], groups);
      const wanted = wantedOf(machine, kind === 'convTranspose' ? bound.get('output_size') : undefined, rank);
      const channels = {
        in: kind === 'conv' ? other : shape[0],
        out: kind === 'conv' ? shape[0] : other,
        kernel: shape.slice(2),
        bias: !bound.isNone('bias'),
      };
      const layout = layoutOf(bound, rank);
      const x = bound.tensor('x')?.cell.shape;
      const given = x?.length === rank + 2 && layout ? x[layout === 'last' ? rank + 1 : 1] : channels.in;
      const setup = wanted && setupOf(machine, bound, kind, rank, channels, wanted.sizes);
      const early =
        sharedOut(kind, rank, groups, given, shape[0], true) ??
        paddingProblem(bound, rank, layout === 'last') ??
        ['stride', 'dilation'].map((name) => lengthProblem(name, bound.get(name), rank)).find((each) => each) ??
        (wanted?.sizes && statesPadding(bound) ? BOTH : undefined) ??
        wanted?.problem ??
        (wanted?.sizes ? undefined : addedProblem(bound, kind, rank)) ??
        biasLength(bound, channels.out);
      return run(machine, siteOf(machine, spec, at), setup, early, bound.get('x') ?? unknown(), at);
    },
  };
  return spec;
}

export const paddleConvolutions: readonly LayerSpec[] = RANKS.flatMap((rank) => [
  layer('conv', rank),
  layer('convTranspose', rank),
]);

export const paddleConvolutionFunctions: readonly FunctionSpec[] = RANKS.flatMap((rank) => [
  func('conv', rank),
  func('convTranspose', rank),
]);
