import { problem } from '../../../core/problem';
import type { Bound, LayerApplied, LayerSpec } from '../../model/library';
import { NONE, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, sureShape, type TensorValue } from '../../model/tensor';
import { truthOf } from '../../model/truth';
import type { Value } from '../../model/value';
import { type Refusal, refuse } from '../../shapes/problems';
import { listed } from '../../shapes/refusals/check';
import { equal, isKnown, type Size } from '../../sizes/size';
import { inputOf } from './input';

/** Queries of another rank (`_mha_shape_check`, 2.15). */
function rankRefusal(shape: readonly Size[]): Refusal | undefined {
  if (shape.length === 2 || shape.length === 3) return undefined;
  return {
    code: 'rank-mismatch',
    template: 'The input has {0} axes; attention takes 2 or 3.',
    args: [shape.length],
    framework: `query should be unbatched 2D or batched 3D tensor but received ${shape.length}-D query tensor`,
  };
}

/** Queries of another width (`multi_head_attention_forward`). */
function widthRefusal(shape: readonly Size[], width: Size): Refusal | undefined {
  const given = shape.at(-1)!;
  if (!isKnown(given) || !isKnown(width) || given === width) return undefined;
  return {
    code: 'channels-mismatch',
    template: 'The layer expects {0} features, the input has {1}.',
    args: [width, given],
    framework: `was expecting embedding dimension of ${width}, but got ${given}`,
  };
}

const queryRefusal = (shape: readonly Size[], width: Size): Refusal | undefined =>
  rankRefusal(shape) ?? widthRefusal(shape, width);

/** Keys and values of another rank than the queries. */
function ranksRefusal(query: readonly Size[], key: readonly Size[], value: readonly Size[]): Refusal | undefined {
  const rank = query.length;
  if (key.length === rank && value.length === rank) return undefined;
  const kind = rank === 3 ? 'batched (3-D)' : 'unbatched (2-D)';
  return {
    code: 'rank-mismatch',
    template: 'The input has {0} axes, another input of the call has {1}.',
    args: [rank, key.length === rank ? value.length : key.length],
    framework: `For ${kind} \`query\`, expected \`key\` and \`value\` to be ${rank}-D but found ${key.length}-D and ${value.length}-D tensors respectively`,
  };
}

/** Keys that are not shaped as the values are, of a layer that has no widths of its own for them. */
function pairRefusal(call: LayerApplied, key: readonly Size[], value: readonly Size[]): Refusal | undefined {
  const { bound } = call;
  if (!bound.isNone('kdim') || !bound.isNone('vdim') || key.every((size, axis) => equal(size, value[axis]) !== false))
    return undefined;
  const isFirst = bound.flag('batch_first');
  const placed = (shape: readonly Size[]): readonly Size[] => {
    const [first, second, ...rest] = shape;
    // PyTorch puts a batch of one in where there is none, behind the places.
    if (rest.length === 0) return [first, 1, second];
    return isFirst ? [second, first, ...rest] : shape;
  };
  const words = (shape: readonly Size[]): string => `torch.Size(${listed(placed(shape))})`;
  const isTold = isFirst !== undefined && [...key, ...value].every(isKnown);
  return {
    code: 'broadcast-mismatch',
    template: 'The keys have shape {0}, the values {1}.',
    args: [listed(key), listed(value)],
    ...(isTold ? { framework: `key shape ${words(key)} does not match value shape ${words(value)}` } : {}),
  };
}

/** In PyTorch's order: the ranks of all three, the width of the queries, the shapes of the others. */
function othersRefusal(call: LayerApplied, query: readonly Size[]): Refusal | undefined {
  const [key, value] = ['key', 'value'].map((name, at) => {
    const given = call.args.positional[at + 1] ?? call.args.keywords.get(name);
    return given?.kind === 'tensor' ? sureShape(given) : undefined;
  });
  const width = call.bound.size('embed_dim');
  if (!key || !value) return widthRefusal(query, width);
  return ranksRefusal(query, key, value) ?? widthRefusal(query, width) ?? pairRefusal(call, key, value);
}

/** `(output, weights)`: the output is shaped as the queries are. */
function attention(call: LayerApplied): Value {
  const query = call.args.positional[0] ?? call.args.keywords.get('query') ?? unknown();
  const x = call.machine.asTensor(query);
  const shape = sureShape(x);
  const wrong = shape && (rankRefusal(shape) ?? othersRefusal(call, shape));
  if (wrong) return refuse(call.machine, call.at, wrong);
  return tuple([x ? derived(x, x.cell.shape) : query, x && shape ? weightsOf(call, x, shape) : unknown()]);
}

/** How much each query looks at each key: (batch, queries, keys), where the heads are not averaged one for each. */
function weightsOf(call: LayerApplied, x: TensorValue, query: readonly Size[]): Value {
  const option = (name: string): boolean | undefined => {
    const value = call.args.keywords.get(name);
    return value ? truthOf(value) : true;
  };
  const [isWanted, isAveraged] = ['need_weights', 'average_attn_weights'].map(option);
  const given = call.args.positional[1] ?? call.args.keywords.get('key');
  const key = given?.kind === 'tensor' ? sureShape(given) : undefined;
  const isFirst = call.bound.flag('batch_first');
  const isPlain = call.args.positional.length <= 3 && !call.args.open && key?.length === query.length;
  // Keys that the layer itself adds are looked at, too.
  const adds = ['add_bias_kv', 'add_zero_attn'].some((name) => call.bound.flag(name) !== false);
  if (isWanted === false) return NONE;
  if (!isWanted || isAveraged === undefined || isFirst === undefined || !isPlain || adds) return unknown();
  const heads = isAveraged ? [] : [call.bound.size('num_heads')];
  if (query.length === 2) return derived(x, [...heads, query[0], key[0]], []);
  const [batch, places] = isFirst ? [0, 1] : [1, 0];
  return derived(x, [query[batch], ...heads, query[places], key[places]], []);
}

/** The shape of what is to be made: `nn.Transformer(…)(src, tgt)`. */
function transformer(call: LayerApplied): Value {
  const target = call.args.positional[1] ?? call.args.keywords.get('tgt');
  const x = target && call.machine.asTensor(target);
  return x ? derived(x, x.cell.shape) : unknown();
}

/** Attention of the input to itself, and what follows: the shape stays. */
function encoderLayer(call: LayerApplied): Value {
  const input = call.args.positional[0] ?? call.args.keywords.get('src') ?? inputOf(call);
  const shape = sureShape(call.machine.asTensor(input));
  const wrong = shape && queryRefusal(shape, call.bound.size('d_model'));
  if (!wrong) return input;
  // With the norm first, or on the quick way of an evaluation, PyTorch says it in other words.
  const isPlain = call.bound.flag('norm_first') === false && call.bound.flag('batch_first') === false;
  return refuse(call.machine, call.at, isPlain ? wrong : { ...wrong, framework: undefined });
}

/** Each head gets an equal share of the width. */
const heads =
  (width: string, number: string) =>
  (bound: Bound): ReturnType<NonNullable<LayerSpec['check']>> => {
    const [all, count] = [bound.int(width), bound.int(number)];
    if (all === undefined || count === undefined || count <= 0 || all % count === 0) return [];
    return [
      problem({
        code: 'arguments',
        field: 'weight',
        template: '{0} = {1} is not divisible by {2} = {3}.',
        args: [width, all, number, count],
        framework: 'embed_dim must be divisible by num_heads',
      }),
    ];
  };

const MADE_ON = 'device=None, dtype=None';

export const torchAttention: readonly LayerSpec[] = [
  {
    callee: 'torch.nn.MultiheadAttention',
    framework: 'torch',
    signature: signature(
      `embed_dim, num_heads, ~dropout=0.0, ~bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, ${MADE_ON}`,
    ),
    apply: attention,
    check: heads('embed_dim', 'num_heads'),
  },
  {
    callee: 'torch.nn.TransformerEncoderLayer',
    framework: 'torch',
    signature: signature(
      `d_model, nhead, ~dim_feedforward=2048, ~dropout=0.1, ~activation=None, ~layer_norm_eps=1e-05, batch_first=False, norm_first=False, ~bias=True, ${MADE_ON}`,
    ),
    apply: encoderLayer,
    check: heads('d_model', 'nhead'),
  },
  {
    callee: 'torch.nn.Transformer',
    framework: 'torch',
    signature: signature(`d_model=512, nhead=8, *~rest, **~`),
    apply: transformer,
    check: heads('d_model', 'nhead'),
  },
];
