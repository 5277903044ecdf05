import { NUMBERS, samePadding } from '../formulas';
import { brackets, type Cut, type Layer, type Lines, of, padded, some, torchPads, tuple } from './recipeParts';

const pairsOf = (cuts: readonly Cut[]): readonly (readonly [number, number])[] =>
  cuts.map(({ begin, end }) => [begin, end]);

const saysSame = (cuts: readonly Cut[]): boolean =>
  cuts.every((cut) => {
    const [begin, end] = samePadding(NUMBERS, cut);
    return begin === cut.begin && end === cut.end;
  });

const isNone = (cuts: readonly Cut[]): boolean => cuts.every(({ begin, end }) => begin === 0 && end === 0);

/** The call on `x`, or on `x` padded first, which says every padding. */
function around({ target }: Layer, cuts: readonly Cut[], alone: boolean): readonly string[] {
  return alone || isNone(cuts) ? [] : [`x = ${padded(target, 'x', pairsOf(cuts))}`];
}

function pytorch(layer: Layer): Lines {
  const { cuts, plan, paddingMode } = layer;
  const alone = cuts.every(({ begin, end }) => begin === end) && (paddingMode === 'zeros' || isNone(cuts));
  const mode = paddingMode === 'zeros' ? '' : `, mode="${paddingMode}"`;
  const call =
    `y = F.conv${plan.rank}d(${alone ? 'torch.tensor(x)' : 'x'}, torch.tensor(w)` +
    some('stride', of(cuts, 'stride'), 1) +
    (alone ? some('padding', of(cuts, 'begin'), 0) : '') +
    some('dilation', of(cuts, 'dilation'), 1) +
    `${plan.groups > 1 ? `, groups=${plan.groups}` : ''})`;
  return { alone, lines: [...(alone ? [] : [`x = F.pad(torch.tensor(x), ${torchPads(pairsOf(cuts))}${mode})`]), call] };
}

function keras(layer: Layer): Lines {
  const { cuts } = layer;
  const alone = saysSame(cuts);
  const dilation = cuts.every((cut) => cut.dilation === 1) ? '' : `, dilation_rate=${tuple(of(cuts, 'dilation'))}`;
  return {
    alone: alone || isNone(cuts),
    lines: [
      ...around(layer, cuts, alone),
      `y = keras.ops.conv(x, w, ${tuple(of(cuts, 'stride'))}, padding="${alone ? 'same' : 'valid'}"${dilation})`,
    ],
  };
}

function tensorflow(layer: Layer): Lines {
  const { cuts, plan } = layer;
  const alone = saysSame(cuts);
  return {
    alone: alone || isNone(cuts),
    lines: [
      ...around(layer, cuts, alone),
      `y = tf.nn.conv${plan.rank}d(x, w, ${strides(cuts, plan.rank)}, padding="${alone ? 'SAME' : 'VALID'}"` +
        `${dilations(cuts, plan.rank)})`,
    ],
  };
}

/** Of a volume TensorFlow wants all five. */
const five = (values: readonly number[]): string => brackets([1, ...values, 1]);
const strides = (cuts: readonly Cut[], rank: number): string =>
  rank === 3 ? five(of(cuts, 'stride')) : tuple(of(cuts, 'stride'));
const dilations = (cuts: readonly Cut[], rank: number): string => {
  if (cuts.every(({ dilation }) => dilation === 1)) return '';
  return `, dilations=${rank === 3 ? five(of(cuts, 'dilation')) : tuple(of(cuts, 'dilation'))}`;
};

const pairsText = (cuts: readonly Cut[]): string => brackets(pairsOf(cuts).map(([begin, end]) => `(${begin}, ${end})`));

function jax({ cuts, plan }: Layer): Lines {
  const letters = 'DHW'.slice(-plan.rank);
  const dilation = cuts.every((cut) => cut.dilation === 1) ? '' : `, rhs_dilation=${tuple(of(cuts, 'dilation'))}`;
  const groups = plan.groups > 1 ? `, feature_group_count=${plan.groups}` : '';
  return {
    alone: true,
    lines: [
      `y = jax.lax.conv_general_dilated(x, w, ${tuple(of(cuts, 'stride'))}, ${pairsText(cuts)}${dilation},`,
      `    dimension_numbers=("N${letters}C", "${letters}IO", "N${letters}C")${groups})`,
    ],
  };
}

function flax({ cuts, plan }: Layer): Lines {
  const dilation = cuts.every((cut) => cut.dilation === 1) ? '' : `, kernel_dilation=${tuple(of(cuts, 'dilation'))}`;
  const groups = plan.groups > 1 ? `, feature_group_count=${plan.groups}` : '';
  return {
    alone: true,
    lines: [
      `layer = nn.Conv(${plan.outputChannels}, ${tuple(of(cuts, 'kernel'))}, strides=${tuple(of(cuts, 'stride'))},`,
      `    padding=${pairsText(cuts)}${dilation}${groups}, use_bias=False)`,
      'y = layer.apply({"params": {"kernel": w}}, x)',
    ],
  };
}

function paddle({ cuts, plan }: Layer): Lines {
  const even = cuts.every(({ begin, end }) => begin === end);
  const padding = even ? some('padding', of(cuts, 'begin'), 0) : `, padding=${brackets(pairsOf(cuts).flat())}`;
  return {
    alone: true,
    lines: [
      `y = F.conv${plan.rank}d(paddle.to_tensor(x), paddle.to_tensor(w)${some('stride', of(cuts, 'stride'), 1)}${padding}` +
        `${some('dilation', of(cuts, 'dilation'), 1)}${plan.groups > 1 ? `, groups=${plan.groups}` : ''})`,
    ],
  };
}

function onnx({ cuts, plan }: Layer): Lines {
  const attributes = [
    `strides=${brackets(of(cuts, 'stride'))}`,
    `pads=${brackets([...of(cuts, 'begin'), ...cuts.map(({ end }) => end)])}`,
    ...(cuts.some(({ dilation }) => dilation > 1) ? [`dilations=${brackets(of(cuts, 'dilation'))}`] : []),
    ...(plan.groups > 1 ? [`group=${plan.groups}`] : []),
  ];
  return {
    alone: true,
    lines: [`node = helper.make_node("Conv", ["x", "w"], ["y"],`, `    ${attributes.join(', ')})`],
  };
}

const WRITERS: Readonly<Record<Layer['target'], (layer: Layer) => Lines>> = {
  PyTorch: pytorch,
  Keras: keras,
  TensorFlow: tensorflow,
  JAX: jax,
  Flax: flax,
  Paddle: paddle,
  ONNX: onnx,
};

export const convRecipe = (layer: Layer): Lines => WRITERS[layer.target](layer);
