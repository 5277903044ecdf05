import { problem } from '../../../core/problem';
import type { Bound, LayerApplied, LayerSpec } from '../../model/library';
import { tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, sureShape } from '../../model/tensor';
import type { Value } from '../../model/value';
import { type Refusal, refuse } from '../../shapes/problems';
import { isKnown, type Size } from '../../sizes/size';
import { inputOf } from './input';

/** Queries of another rank or width (`multi_head_attention_forward` and `_mha_shape_check`, 2.15). */
function queryRefusal(shape: readonly Size[], width: Size): Refusal | undefined {
  if (shape.length !== 2 && shape.length !== 3)
    return {
      code: 'rank-mismatch',
      template: 'The input has {0} axes; attention takes 2 or 3.',
      args: [shape.length],
      framework: `query should be unbatched 2D or batched 3D tensor but received ${shape.length}-D query tensor`,
    };
  const given = shape.at(-1)!;
  if (!isKnown(given) || !isKnown(width) || given === width) return undefined;
  return {
    code: 'channels-mismatch',
    template: 'The layer expects {0} features, the input has {1}.',
    args: [width, given],
    framework: `was expecting embedding dimension of ${width}, but got ${given}`,
  };
}

/** `(output, weights)`: the output is shaped as the queries are. */
function attention(call: LayerApplied): Value {
  const query = call.args.positional[0] ?? call.args.keywords.get('query') ?? unknown();
  const x = call.machine.asTensor(query);
  const shape = sureShape(x);
  const wrong = shape && queryRefusal(shape, call.bound.size('embed_dim'));
  if (wrong) return refuse(call.machine, call.at, wrong);
  return tuple([x ? derived(x, x.cell.shape) : query, unknown()]);
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
      `embed_dim, num_heads, ~dropout=0.0, ~bias=True, ~add_bias_kv=False, ~add_zero_attn=False, ~kdim=None, ~vdim=None, ~batch_first=False, ${MADE_ON}`,
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
];
