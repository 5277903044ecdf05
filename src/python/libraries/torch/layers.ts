import { halved } from '../../model/arithmetic';
import { iterate } from '../../model/iterate';
import type { LayerApplied, LayerSpec } from '../../model/library';
import { FAILED, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, sureShape, tensor, type TensorValue } from '../../model/tensor';
import type { Value } from '../../model/value';
import { flatten } from '../../shapes/flatten';
import { compareAlong } from '../../shapes/matrixOps';
import { axisAmong, refusing } from '../../shapes/onTensor';
import { padShape } from '../../shapes/padding';
import { mismatch, refuse } from '../../shapes/problems';
import { flattenRefusal } from '../../shapes/refusals/axes';
import { unflattenRefusal } from '../../shapes/refusals/sizes';
import { reshapeTo } from '../../shapes/reshape';
import { print } from '../../sizes/print';
import { isKnown, multiply, type Size } from '../../sizes/size';
import { torchAttention } from './attention';
import { inputOf } from './input';
import { keepWidth } from './lazy';
import { notTensor } from './notTensor';
import { circularRankRefusal, padRefusal } from './paddingRules';
import { torchNormalisation } from './normalisation';
import { weightNotWhole } from './whole';

const layer = (
  name: string,
  form: string,
  apply: (call: LayerApplied) => Value,
  attribute?: LayerSpec['attribute'],
  check?: LayerSpec['check'],
): LayerSpec => ({
  callee: `torch.nn.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply: refusing(apply),
  attribute,
  check,
});

const same = (call: LayerApplied): Value => inputOf(call);

/** `(…, in) → (…, out)` */
function linear(call: LayerApplied): Value {
  const input = inputOf(call);
  const other = notTensor(input, (kind) => `linear(): argument 'input' (position 1) must be Tensor, not ${kind}`);
  const isLazy = call.layer.spec.callee.includes('Lazy');
  if (other && !isLazy) return refuse(call.machine, call.at, other);
  const x = call.machine.asTensor(input);
  if (!x) return input.kind === 'unknown' && input.failed ? FAILED : unknown();
  const [wanted, out] = [
    isLazy && !call.bound.get('in_features') ? undefined : call.bound.size('in_features'),
    call.bound.size('out_features'),
  ];
  const shape = x.cell.shape;
  if (!shape || shape.length === 0) return tensor(undefined, 'symbolic', { stem: 't' });
  if (wanted !== undefined && call.machine.names.unify(shape.at(-1)!, wanted) === false) {
    const rows = call.machine.simple(() => shape.slice(0, -1).reduce<Size>(multiply, 1));
    mismatch(call.machine, call.at, {
      code: 'channels-mismatch',
      template: 'The layer expects {0} features, the input has {1}.',
      args: [print(wanted), print(shape.at(-1)!)],
      framework: `${call.bound.flag('bias') === false ? 'mm' : 'addmm'}: mat1 and mat2 shapes cannot be multiplied (${print(rows)}x${print(shape.at(-1)!)} and ${print(wanted)}x${print(out)})`,
    });
    return FAILED;
  }
  if (isLazy) keepWidth(call, 'in_features', x, -1);
  return derived(x, [...shape.slice(0, -1), out], []);
}

/** Layers that pad, by the mode of `F.pad` that each of them is. */
const PADDING: Readonly<Record<string, string>> = {
  ZeroPad: 'constant',
  ConstantPad: 'constant',
  ReflectionPad: 'reflect',
  ReplicationPad: 'replicate',
  CircularPad: 'circular',
};

function padded(rank: number, mode: string) {
  return (call: LayerApplied): Value => {
    const sizes = call.bound.get('padding');
    const x = call.machine.asTensor(inputOf(call));
    if (!x || !sizes) return inputOf(call);
    const items =
      iterate(sizes)?.map((each) => call.machine.sizeOf(each)) ??
      Array.from({ length: 2 * rank }, () => call.machine.sizeOf(sizes, 'padding'));
    const shape = sureShape(x);
    const refusal =
      shape && ((mode === 'circular' ? circularRankRefusal(shape, rank) : undefined) ?? padRefusal(shape, items, mode));
    return refusal ? refuse(call.machine, call.at, refusal) : padShape(call.machine, x, items, rank);
  };
}

/** `nn.LSTM` and its like: `(output, state)`, the output as wide as the hidden state, or as what it is projected to. */
function recurrent(call: LayerApplied): Value {
  const x = call.machine.asTensor(inputOf(call));
  const shape = x?.cell.shape;
  const projected = call.bound.get('proj_size') ? call.bound.size('proj_size') : 0;
  const twice = call.bound.flag('bidirectional');
  if (!x || !shape || shape.length === 0 || twice === undefined || !isKnown(projected))
    return tuple([unknown(), unknown()]);
  const wanted = call.bound.size('input_size');
  if (call.machine.names.unify(shape.at(-1)!, wanted) === false) {
    mismatch(call.machine, call.at, {
      code: 'channels-mismatch',
      template: 'The layer expects {0} features, the input has {1}.',
      args: [print(wanted), print(shape.at(-1)!)],
      framework: `input.size(-1) must be equal to input_size. Expected ${print(wanted)}, got ${print(shape.at(-1)!)}`,
    });
    return FAILED;
  }
  const hidden = call.bound.size('hidden_size');
  const width = projected > 0 ? projected : hidden;
  const output = derived(x, [...shape.slice(0, -1), twice ? multiply(width, 2) : width], []);
  const first = stateShape(call, shape, twice);
  const state = (wide: Size): Value => (first ? derived(x, [...first, wide], []) : unknown());
  // Only an LSTM has cells, and only it may be projected.
  return tuple([output, call.bound.get('proj_size') ? tuple([state(width), state(hidden)]) : state(width)]);
}

/** All but the width of a state: (layers and directions, batch), whichever axis of the input is the batch. */
function stateShape({ bound, machine }: LayerApplied, shape: readonly Size[], twice: boolean): Size[] | undefined {
  const batchFirst = bound.flag('batch_first');
  const layers = machine.simple(() => multiply(bound.size('num_layers'), twice ? 2 : 1));
  if (shape.length === 2) return [layers];
  if (shape.length !== 3 || batchFirst === undefined) return undefined;
  return [layers, shape[batchFirst ? 0 : 1]];
}

/** Numbers for bags of words: one vector a row, or a bag that begins at each offset. */
function embeddingBag(call: LayerApplied): Value {
  const x = call.machine.asTensor(inputOf(call));
  const shape = sureShape(x);
  const isPlain = call.args.positional.length === 1 && call.args.keywords.size === 0 && shape?.length === 2;
  return x && isPlain ? derived(x, [shape[0], call.bound.size('embedding_dim')], []) : unknown();
}

/** The two inputs of a layer that compares them. */
const pairOf = ({ machine, args: { positional } }: LayerApplied): readonly (TensorValue | undefined)[] =>
  positional.length === 2 ? positional.map((each) => machine.asTensor(each)) : [];

/** `(…, in1) × (…, in2) → (…, out)` (`F.bilinear`, 2.15). */
function bilinear(call: LayerApplied): Value {
  const { machine, bound } = call;
  const [one, two] = ['input1', 'input2'].map((name, index) =>
    machine.asTensor(call.args.positional[index] ?? call.args.keywords.get(name) ?? unknown()),
  );
  const [a, b] = [sureShape(one), sureShape(two)];
  if (!one || !a || !b || a.length === 0 || a.length !== b.length) return unknown();
  for (const [name, shape, wanted] of [
    ['input1', a, bound.size('in1_features')],
    ['input2', b, bound.size('in2_features')],
  ] as const) {
    const given = shape.at(-1)!;
    if (isKnown(given) && isKnown(wanted) && given !== wanted)
      return refuse(machine, call.at, {
        code: 'channels-mismatch',
        template: 'The layer expects {0} features, the input has {1}.',
        args: [wanted, given],
        framework: `bilinear(): ${name} size does not match weight size: got ${given} but expected ${wanted}`,
      });
  }
  return derived(one, [...a.slice(0, -1), bound.size('out_features')], []);
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
    : tensor(undefined, 'symbolic', { stem: 't' });
}

const linearTensors: LayerSpec['attribute'] = ({ parameters }, name, machine) => {
  const [into, out] = ['in_features', 'out_features'].map((each) => machine.knownSize(parameters.get(each)));
  if (into === undefined || out === undefined) return undefined;
  return name === 'weight' ? tensor([out, into], 'example') : name === 'bias' ? tensor([out], 'example') : undefined;
};

const embeddingWeight: LayerSpec['attribute'] = (made, name, machine) =>
  name === 'weight'
    ? tensor(
        [machine.sizeOf(made.parameters.get('num_embeddings')), machine.sizeOf(made.parameters.get('embedding_dim'))],
        'example',
      )
    : undefined;

const ACTIVATIONS =
  'ReLU ReLU6 LeakyReLU PReLU RReLU ELU SELU CELU GELU SiLU Mish Sigmoid LogSigmoid Hardsigmoid Hardswish Hardtanh Hardshrink Softplus Softshrink Softsign Tanh Tanhshrink Threshold Softmin Softmax2d ' +
  'Identity Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout LocalResponseNorm CrossMapLRN2d ChannelShuffle TransformerEncoder';

const MADE_ON = ', device=None, dtype=None';
const RECURRENT = '~bias=True, batch_first=False, ~dropout=0.0, bidirectional=False';
const EMBEDDING =
  'num_embeddings, embedding_dim, ~padding_idx=None, ~max_norm=None, ~norm_type=2.0, ~scale_grad_by_freq=False, ~sparse=False, _weight=None, ~_freeze=False, device=None, dtype=None';
export const torchLayers: readonly LayerSpec[] = [
  ...ACTIVATIONS.split(' ').map((name) => layer(name, '*~rest, **~', same)),
  ...torchNormalisation,
  ...['Softmax', 'LogSoftmax'].map((name) =>
    layer(name, 'dim=None', (call) => {
      const shape = call.machine.asTensor(inputOf(call))?.cell.shape;
      const at = call.bound.int('dim');
      if (shape && at !== undefined) axisAmong(call, at, shape.length);
      return inputOf(call);
    }),
  ),
  ...[1, 2, 3].flatMap((rank) => [
    ...Object.entries(PADDING).map(([name, mode]) =>
      layer(`${name}${rank}d`, name === 'ConstantPad' ? 'padding, value' : 'padding', padded(rank, mode)),
    ),
  ]),
  layer('Linear', 'in_features, out_features, bias=True, device=None, dtype=None', linear, linearTensors, (bound) =>
    weightNotWhole(bound, [['out_features'], ['in_features']]),
  ),
  layer('LazyLinear', 'out_features, bias=True, device=None, dtype=None', linear),
  layer('Flatten', 'start_dim=1, end_dim=-1', (call) => {
    const [input, from, to] = [inputOf(call), call.bound.int('start_dim'), call.bound.int('end_dim')];
    const shape = input.kind === 'tensor' ? sureShape(input) : undefined;
    const refusal = shape && flattenRefusal(shape, from, to);
    return refusal ? refuse(call.machine, call.at, refusal) : flatten(call.machine, input, from, to);
  }),
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
    const refusal = sureShape(x) && unflattenRefusal(shape, dim, sizes);
    if (refusal) return refuse(call.machine, call.at, refusal);
    const at = dim < 0 ? dim + shape.length : dim;
    return reshapeTo(x, shape, [...shape.slice(0, at), ...sizes, ...shape.slice(at + 1)], call);
  }),
  layer('Embedding', EMBEDDING, embedding, embeddingWeight),
  layer('LSTM', `input_size, hidden_size, num_layers=1, ${RECURRENT}, proj_size=0${MADE_ON}`, recurrent),
  layer('GRU', `input_size, hidden_size, num_layers=1, ${RECURRENT}${MADE_ON}`, recurrent),
  layer('RNN', `input_size, hidden_size, num_layers=1, ~nonlinearity='tanh', ${RECURRENT}${MADE_ON}`, recurrent),
  ...torchAttention,
  layer('CosineSimilarity', 'dim=1, ~eps=1e-8', (call) =>
    compareAlong(call, pairOf(call), call.bound.int('dim'), false),
  ),
  layer('PairwiseDistance', '~p=2.0, ~eps=1e-6, keepdim=False', (call) =>
    compareAlong(call, pairOf(call), -1, call.bound.flag('keepdim')),
  ),
  layer('EmbeddingBag', 'num_embeddings, embedding_dim, *~rest, **~', embeddingBag),
  layer('Bilinear', 'in1_features, in2_features, out_features, ~bias=True, device=None, dtype=None', bilinear),
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
