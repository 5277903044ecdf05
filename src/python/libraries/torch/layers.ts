import { halved } from '../../model/arithmetic';
import { iterate } from '../../model/iterate';
import type { LayerApplied, LayerSpec } from '../../model/library';
import { FAILED, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, tensor } from '../../model/tensor';
import type { Value } from '../../model/value';
import { flatten } from '../../shapes/flatten';
import { axisAmong, refuseSaying, refusing } from '../../shapes/onTensor';
import { padShape } from '../../shapes/padding';
import { mismatch } from '../../shapes/problems';
import { reshapeTo } from '../../shapes/reshape';
import { print } from '../../sizes/print';
import { isKnown, multiply, type Size } from '../../sizes/size';

const layer = (
  name: string,
  form: string,
  apply: (call: LayerApplied) => Value,
  attribute?: LayerSpec['attribute'],
): LayerSpec => ({
  callee: `torch.nn.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply: refusing(apply),
  attribute,
});

const inputOf = (call: LayerApplied): Value => call.args.positional[0] ?? call.args.keywords.get('input') ?? unknown();

const same = (call: LayerApplied): Value => inputOf(call);

/** `(…, in) → (…, out)` */
function linear(call: LayerApplied): Value {
  const input = inputOf(call);
  const x = call.machine.asTensor(input);
  if (!x) return input.kind === 'unknown' && input.failed ? FAILED : unknown();
  const [wanted, out] = [
    call.layer.spec.callee.includes('Lazy') ? undefined : call.bound.size('in_features'),
    call.bound.size('out_features'),
  ];
  const shape = x.cell.shape;
  if (!shape || shape.length === 0) return tensor(undefined, 'symbolic', { stem: 't', soft: true });
  if (wanted !== undefined && call.machine.names.unify(shape.at(-1)!, wanted) === false) {
    const rows = call.machine.simple(() => shape.slice(0, -1).reduce<Size>(multiply, 1));
    mismatch(call.machine, call.at, {
      code: 'channels-mismatch',
      template: 'The layer expects {0} features, the input has {1}.',
      args: [print(wanted), print(shape.at(-1)!)],
      framework: `mat1 and mat2 shapes cannot be multiplied (${print(rows)}x${print(shape.at(-1)!)} and ${print(wanted)}x${print(out)})`,
    });
    return FAILED;
  }
  return derived(x, [...shape.slice(0, -1), out], []);
}

/** Batch and instance normalisation: the number of axes and channels is checked, the shape stays. */
function normalise(rank: number, checksChannels: boolean) {
  return (call: LayerApplied): Value => {
    const input = inputOf(call);
    const x = call.machine.asTensor(input);
    if (!x) return input;
    const channels = checksChannels ? call.machine.knownSize(call.bound.get('num_features')) : undefined;
    const shape = x.cell.shape ?? (rank > 1 ? call.machine.withRank(x, rank + 2, 'first', channels) : undefined);
    if (!shape) return x;
    const fits =
      shape.length === rank + 2 || (rank === 1 && shape.length === 2) || (!checksChannels && shape.length === rank + 1);
    if (!fits) {
      const wanted = rank === 1 ? '2D or 3D' : `${rank + 2}D`;
      mismatch(call.machine, call.at, {
        code: 'rank-mismatch',
        template: 'The input has {0} axes; this layer needs {1}.',
        args: [shape.length, wanted],
        framework: `expected ${wanted} input (got ${shape.length}D input)`,
      });
      return FAILED;
    }
    if (channels !== undefined && call.machine.names.unify(shape[1], channels) === false) {
      mismatch(call.machine, call.at, {
        code: 'channels-mismatch',
        template: 'The layer expects {0} channels, the input has {1}.',
        args: [print(channels), print(shape[1])],
        framework: `running_mean should contain ${print(shape[1])} elements not ${print(channels)}`,
      });
      return FAILED;
    }
    return x;
  };
}

function groupNorm(call: LayerApplied): Value {
  const input = inputOf(call);
  const x = call.machine.asTensor(input);
  const channels = call.machine.knownSize(call.bound.get('num_channels'));
  const shape = x?.cell.shape;
  if (
    x &&
    shape &&
    shape.length > 1 &&
    channels !== undefined &&
    call.machine.names.unify(shape[1], channels) === false
  ) {
    mismatch(call.machine, call.at, {
      code: 'channels-mismatch',
      template: 'The layer expects {0} channels, the input has {1}.',
      args: [print(channels), print(shape[1])],
      framework: 'Expected weight to be a vector of size equal to the number of channels in input',
    });
    return FAILED;
  }
  return x ?? input;
}

function padded(rank: number) {
  return (call: LayerApplied): Value => {
    const sizes = call.bound.get('padding');
    const x = call.machine.asTensor(inputOf(call));
    if (!x || !sizes) return inputOf(call);
    const items =
      iterate(sizes)?.map((each) => call.machine.sizeOf(each)) ??
      Array.from({ length: 2 * rank }, () => call.machine.sizeOf(sizes, 'padding'));
    const name = call.layer.spec.callee;
    const mode = name.includes('Reflection')
      ? 'reflect'
      : name.includes('Circular')
        ? 'circular'
        : name.includes('Replication')
          ? 'replicate'
          : 'constant';
    return padShape(call.machine, x, items, rank, mode, call.at);
  };
}

/** The last axes must be those that are normalised. */
function checkNormalized(call: LayerApplied, shape: readonly Size[], wanted: readonly Size[]): void {
  const own = shape.slice(-wanted.length);
  const fits =
    own.length === wanted.length && own.every((size, axis) => call.machine.names.unify(size, wanted[axis]) !== false);
  if (fits) return;
  refuseSaying(
    call,
    'channels-mismatch',
    `Given normalized_shape=[${wanted.map(print).join(', ')}], expected input with shape [*, ${wanted.map(print).join(', ')}], but got input of size[${shape.map(print).join(', ')}]`,
  );
}

/** `nn.LSTM` and its like: `(output, state)`, the output as wide as the hidden state. */
function recurrent(call: LayerApplied): Value {
  const x = call.machine.asTensor(inputOf(call));
  const shape = x?.cell.shape;
  const hidden = call.bound.size('hidden_size');
  const twice = call.bound.flag('bidirectional');
  if (!x || !shape || twice === undefined) return tuple([unknown(), unknown()]);
  return tuple([derived(x, [...shape.slice(0, -1), twice ? multiply(hidden, 2) : hidden], []), unknown()]);
}

/** `(output, weights)`: the output is shaped as the queries are. */
function attention(call: LayerApplied): Value {
  const query = call.args.positional[0] ?? call.args.keywords.get('query') ?? unknown();
  const x = call.machine.asTensor(query);
  return tuple([x ? derived(x, x.cell.shape) : query, unknown()]);
}

const CELL = 'input_size, hidden_size, ~bias=True, device=None, dtype=None';

/** One step of a recurrent layer: the state for each row of the batch. */
function cell(call: LayerApplied): Value | undefined {
  const x = call.machine.asTensor(inputOf(call));
  const shape = x?.cell.shape;
  return x && shape ? derived(x, [...shape.slice(0, -1), call.bound.size('hidden_size')], []) : undefined;
}

function embedding(call: LayerApplied): Value {
  const x = call.machine.asTensor(inputOf(call));
  return x?.cell.shape
    ? derived(x, [...x.cell.shape, call.bound.size('embedding_dim')], [])
    : tensor(undefined, 'symbolic', { stem: 't', soft: true });
}

const embeddingWeight: LayerSpec['attribute'] = (made, name, machine) =>
  name === 'weight'
    ? tensor(
        [machine.sizeOf(made.parameters.get('num_embeddings')), machine.sizeOf(made.parameters.get('embedding_dim'))],
        'example',
      )
    : undefined;

const ACTIVATIONS =
  'ReLU ReLU6 LeakyReLU PReLU RReLU ELU SELU CELU GELU SiLU Mish Sigmoid LogSigmoid Hardsigmoid Hardswish Hardtanh Hardshrink Softplus Softshrink Softsign Tanh Tanhshrink Threshold Softmin Softmax2d ' +
  'Identity Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout LocalResponseNorm CrossMapLRN2d RMSNorm ChannelShuffle TransformerEncoder TransformerEncoderLayer';

const RECURRENT =
  'input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, **';

export const torchLayers: readonly LayerSpec[] = [
  ...ACTIVATIONS.split(' ').map((name) => layer(name, '*~rest, **~', same)),
  layer('LayerNorm', 'normalized_shape, *~rest, **~', (call) => {
    const given = call.bound.get('normalized_shape');
    const sizes = (given && iterate(given)) ?? (given ? [given] : []);
    const wanted = sizes.map((each) => call.machine.knownSize(each));
    const shape = call.machine.asTensor(inputOf(call))?.cell.shape;
    if (shape && wanted.every((each) => each !== undefined)) checkNormalized(call, shape, wanted);
    return inputOf(call);
  }),
  ...['Softmax', 'LogSoftmax'].map((name) =>
    layer(name, 'dim=None', (call) => {
      const shape = call.machine.asTensor(inputOf(call))?.cell.shape;
      const at = call.bound.int('dim');
      if (shape && at !== undefined) axisAmong(call, at, shape.length);
      return inputOf(call);
    }),
  ),
  layer('GroupNorm', 'num_groups, num_channels, eps=0.00001, affine=True, **', groupNorm),
  ...[1, 2, 3].flatMap((rank) => [
    layer(
      `BatchNorm${rank}d`,
      'num_features, eps=0.00001, momentum=0.1, affine=True, track_running_stats=True, **',
      normalise(rank, true),
    ),
    layer(
      `InstanceNorm${rank}d`,
      'num_features, eps=0.00001, momentum=0.1, affine=False, track_running_stats=False, **',
      normalise(rank, false),
    ),
    ...['ZeroPad', 'ReflectionPad', 'ReplicationPad', 'CircularPad'].map((name) =>
      layer(`${name}${rank}d`, 'padding', padded(rank)),
    ),
    layer(`ConstantPad${rank}d`, 'padding, value', padded(rank)),
  ]),
  layer('SyncBatchNorm', '~num_features, **~', same),
  layer('Linear', 'in_features, out_features, bias=True, device=None, dtype=None', linear),
  layer('LazyLinear', 'out_features, bias=True, device=None, dtype=None', linear),
  layer('Flatten', 'start_dim=1, end_dim=-1', (call) =>
    flatten(call.machine, inputOf(call), call.bound.int('start_dim'), call.bound.int('end_dim')),
  ),
  layer('Unflatten', 'dim, unflattened_size', (call) => {
    const x = call.machine.asTensor(inputOf(call));
    const dim = call.bound.int('dim');
    const sizes = call.bound.items('unflattened_size')?.map((each) => call.machine.sizeOf(each));
    const shape = x?.cell.shape;
    if (!x || dim === undefined || !sizes) return unknown();
    if (!shape)
      return dim === 1 && sizes.every(isKnown)
        ? tensor([call.machine.freshSize('N'), ...sizes], 'symbolic')
        : unknown();
    const at = dim < 0 ? dim + shape.length : dim;
    return reshapeTo(x, shape, [...shape.slice(0, at), ...sizes, ...shape.slice(at + 1)], call);
  }),
  layer('Embedding', 'num_embeddings, embedding_dim, **', embedding, embeddingWeight),
  layer('LSTM', RECURRENT, recurrent),
  layer('GRU', RECURRENT, recurrent),
  layer('RNN', RECURRENT, recurrent),
  layer(
    'MultiheadAttention',
    'embed_dim, num_heads, ~dropout=0.0, ~bias=True, ~batch_first=False, ~add_bias_kv=False, ~add_zero_attn=False, ~kdim=None, ~vdim=None, **',
    attention,
  ),
  ...['GRUCell', 'RNNCell'].map((name) =>
    layer(name, `${CELL}, ~nonlinearity='tanh'`, (call) => cell(call) ?? unknown()),
  ),
  layer('LSTMCell', CELL, (call) => {
    const state = cell(call);
    return state ? tuple([state, state]) : unknown();
  }),
  layer('GLU', 'dim=-1', (call) => {
    const x = call.machine.asTensor(inputOf(call));
    const dim = call.bound.int('dim');
    const shape = x?.cell.shape;
    if (!x || !shape || dim === undefined) return unknown();
    const at = dim < 0 ? dim + shape.length : dim;
    return derived(x, shape.with(at, halved(call.machine, shape[at])));
  }),
];
