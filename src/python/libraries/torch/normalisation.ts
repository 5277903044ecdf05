import { type Problem, problem } from '../../../core/problem';
import type { Bound, LayerApplied, LayerSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { LEFT_TRAINING } from '../../model/machine';
import { FAILED } from '../../model/make';
import { iterate } from '../../model/iterate';
import { signature } from '../../model/signature';
import { fitsUnbatched, sureShape } from '../../model/tensor';
import type { CallPlace, Value } from '../../model/value';
import { groupRefusal, oneValuePerChannel, oneValuePerInstance } from '../../shapes/refusals/normalised';
import { mismatch, refuse } from '../../shapes/problems';
import { print } from '../../sizes/print';
import { isKnown, type Size } from '../../sizes/size';
import { inputOf } from './input';

const MADE_ON = 'device=None, dtype=None';

function refused(machine: Machine, at: CallPlace, wanted: Size, found: Size, framework: string): Value {
  mismatch(machine, at, {
    code: 'channels-mismatch',
    template: 'The layer expects {0} channels, the input has {1}.',
    args: [print(wanted), print(found)],
    framework,
  });
  return FAILED;
}

function wrongRank(call: LayerApplied, rank: number, wanted: string): Value {
  mismatch(call.machine, call.at, {
    code: 'rank-mismatch',
    template: 'The input has {0} axes; this layer needs {1}.',
    args: [rank, wanted],
    framework: `expected ${wanted} input (got ${rank}D input)`,
  });
  return FAILED;
}

/** Which of the layer's tensors has one element per channel, and so refuses another number of them. */
function perChannel(bound: Bound): string | undefined {
  if (bound.flag('track_running_stats') === true) return 'running_mean';
  return bound.flag('track_running_stats') === false && bound.flag('affine') === true ? 'weight' : undefined;
}

/**
 * Whether it surely takes mean and variance of what it is given: in training, which a layer is in until something puts
 * it out of it, or where it keeps none.
 */
function ofBatch({ machine, bound }: LayerApplied): boolean {
  if (bound.flag('track_running_stats') === false) return true;
  return !machine.mode.synthetic && !machine.trace.isCovered(LEFT_TRAINING);
}

/** `nn.BatchNorm{1,2,3}d`: the number of axes and, where something is stored for each, of channels is checked. */
function batchNorm(rank: number) {
  return (call: LayerApplied): Value => {
    const { machine, bound } = call;
    const input = inputOf(call);
    const x = machine.asTensor(input);
    if (!x) return input;
    const stored = perChannel(bound);
    const channels = stored === undefined ? undefined : machine.knownSize(bound.get('num_features'));
    const shape = x.cell.shape ?? (rank > 1 ? machine.withRank(x, rank + 2, 'first', channels) : undefined);
    if (!shape) return x;
    const fits = (axes: number): boolean => axes === rank + 2 || (rank === 1 && axes === 2);
    if (!fits(shape.length) && fitsUnbatched(x, fits)) return FAILED;
    if (!fits(shape.length)) return wrongRank(call, shape.length, rank === 1 ? '2D or 3D' : `${rank + 2}D`);
    const single = sureShape(x) && ofBatch(call) ? oneValuePerChannel(shape) : undefined;
    if (single) return refuse(machine, call.at, single);
    if (channels === undefined || machine.names.unify(shape[1], channels) !== false) return x;
    const framework = `${stored} should contain ${print(shape[1])} elements not ${print(channels)}`;
    return refused(machine, call.at, channels, shape[1], framework);
  };
}

/** `nn.InstanceNorm{1,2,3}d`: takes an input without a batch too; only one with weights minds the channels. */
function instanceNorm(rank: number) {
  return (call: LayerApplied): Value => {
    const { machine, bound } = call;
    const input = inputOf(call);
    const x = machine.asTensor(input);
    const shape = x?.cell.shape;
    if (!x || !shape) return input;
    const fits = (axes: number): boolean => axes === rank + 2 || axes === rank + 1;
    if (!fits(shape.length) && fitsUnbatched(x, fits)) return FAILED;
    if (!fits(shape.length)) return wrongRank(call, shape.length, `${rank + 1}D or ${rank + 2}D`);
    const at = shape.length - rank - 1;
    const batched = at === 0 ? [1, ...shape] : shape;
    const single =
      sureShape(x) && bound.flag('track_running_stats') === false ? oneValuePerInstance(batched) : undefined;
    if (single) return refuse(machine, call.at, single);
    const channels = bound.flag('affine') === true ? machine.knownSize(bound.get('num_features')) : undefined;
    if (channels === undefined || machine.names.unify(shape[at], channels) !== false) return x;
    const framework = `expected input's size at dim=${at} to match num_features (${print(channels)}), but got: ${print(shape[at])}.`;
    return refused(machine, call.at, channels, shape[at], framework);
  };
}

function groupNorm(call: LayerApplied): Value {
  const { machine, bound } = call;
  const input = inputOf(call);
  const x = machine.asTensor(input);
  const shape = x?.cell.shape;
  if (!x || !shape || shape.length < 2) return input;
  const groups = bound.int('num_groups');
  const found = shape[1];
  const listed = `[${shape.map(print).join(', ')}]`;
  const sure = sureShape(x);
  const wrong = sure && groups !== undefined ? groupRefusal(groups, sure) : undefined;
  if (wrong) return refuse(machine, call.at, wrong);
  if (groups !== undefined && groups > 0 && isKnown(found) && found % groups !== 0) {
    mismatch(machine, call.at, {
      code: 'groups-divide',
      template: '{0} groups do not divide {1} = {2}.',
      args: [groups, 'C', found],
      framework: `Expected number of channels in input to be divisible by num_groups, but got input of shape ${listed} and num_groups=${groups}`,
    });
    return FAILED;
  }
  // Without weights only the number of groups counts.
  const channels = bound.flag('affine') === true ? machine.knownSize(bound.get('num_channels')) : undefined;
  if (channels === undefined || machine.names.unify(found, channels) !== false) return x;
  const framework = `Expected weight to be a vector of size equal to the number of channels in input, but got weight of shape [${print(channels)}] and input of shape ${listed}`;
  return refused(machine, call.at, channels, found, framework);
}

/** What the constructor of `nn.GroupNorm` refuses. */
function groupProblems(bound: Bound): readonly Problem[] {
  const [groups, channels] = [bound.int('num_groups'), bound.int('num_channels')];
  if (groups === undefined || channels === undefined || groups <= 0 || channels % groups === 0) return [];
  return [
    problem({
      code: 'groups-divide',
      field: 'groups',
      template: '{0} groups do not divide {1} = {2}.',
      args: [groups, 'num_channels', channels],
      framework: `num_channels (${channels}) must be divisible by num_groups (${groups})`,
    }),
  ];
}

/** `nn.LayerNorm`, `nn.RMSNorm`: the input's last axes are those of the layer, whether it has weights or not. */
function lastAxes(call: LayerApplied): Value {
  const { machine, bound } = call;
  const input = inputOf(call);
  const shape = machine.asTensor(input)?.cell.shape;
  const form = bound.get('normalized_shape');
  const wanted = (form && iterate(form)?.map((each) => machine.knownSize(each))) ?? [machine.knownSize(form)];
  if (!shape || !wanted.every((each): each is Size => each !== undefined)) return input;
  const last = shape.slice(-wanted.length);
  const fits =
    shape.length >= wanted.length && wanted.every((each, at) => machine.names.unify(last[at], each) !== false);
  if (fits) return input;
  const listed = wanted.map(print).join(', ');
  const any = call.layer.spec.callee.endsWith('RMSNorm') ? '*' : '*, ';
  mismatch(machine, call.at, {
    code: 'channels-mismatch',
    template: 'The layer expects {0} features, the input has {1}.',
    args: [wanted.map(print).join(' × '), last.map(print).join(' × ')],
    framework: `Given normalized_shape=[${listed}], expected input with shape [${any}${listed}], but got input of size[${shape.map(print).join(', ')}]`,
  });
  return FAILED;
}

const layer = (name: string, form: string, apply: LayerSpec['apply'], check?: LayerSpec['check']): LayerSpec => ({
  callee: `torch.nn.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply,
  check,
});

const batch = (on: boolean): string =>
  `num_features, ~eps=0.00001, ~momentum=0.1, affine=${on ? 'True' : 'False'}, track_running_stats=${on ? 'True' : 'False'}, ${MADE_ON}, *, ~bias=True`;

/** The layers that keep a shape and check it (torch/nn/modules, 2.15). */
export const torchNormalisation: readonly LayerSpec[] = [
  ...[1, 2, 3].flatMap((rank) => [
    layer(`BatchNorm${rank}d`, batch(true), batchNorm(rank)),
    layer(`InstanceNorm${rank}d`, batch(false), instanceNorm(rank)),
  ]),
  ...[1, 2, 3].flatMap((rank) =>
    ['Batch', 'Instance'].map((kind) => layer(`Lazy${kind}Norm${rank}d`, '*~rest, **~', inputOf)),
  ),
  layer('SyncBatchNorm', '~num_features, *~rest, **~', inputOf),
  layer(
    'GroupNorm',
    `num_groups, num_channels, ~eps=0.00001, affine=True, ${MADE_ON}, *, ~bias=True`,
    groupNorm,
    groupProblems,
  ),
  layer('LayerNorm', `normalized_shape, ~eps=0.00001, ~elementwise_affine=True, ~bias=True, ${MADE_ON}`, lastAxes),
  layer('RMSNorm', `normalized_shape, ~eps=None, ~elementwise_affine=True, ${MADE_ON}`, lastAxes),
];
