import { kerasCrop, NUMBERS, transposedOutput } from '../formulas';
import { cutBy, stamped } from './call';
import { allPairs, brackets, type Cut, type Layer, type Lines, of, padded, slice, some, tuple } from './recipeParts';
import { torchTwin, type TwinAxis } from './torchTwin';

/**
 * A cut as PyTorch's parameters say it where they can: at both ends alike, and what output padding gives back at the
 * end. Before the first stamp and far behind the last there is nothing that they could keep.
 */
function torchAxis(cut: Cut): {
  readonly twin: Parameters<typeof torchTwin>[0][number];
  readonly zeros: readonly [number, number];
} {
  const { begin, end, stride, dilation, output } = cut;
  const before = Math.max(0, -begin);
  const behind = Math.max(0, -end - (Math.max(stride, dilation) - 1));
  const [from, to] = [Math.max(begin, 0), end + behind];
  const back = from - to;
  const exact = back >= 0 && back < Math.max(stride, dilation);
  const axis = exact
    ? { padBegin: from, padEnd: from, outputPadding: back }
    : { padBegin: from, padEnd: Math.max(to, 0), outputPadding: Math.max(-to, 0) };
  return { twin: { ...axis, output: output - before - behind }, zeros: [before, behind] };
}

/** What PyTorch's layer, its slice, and zeros around it make of the cuts. */
export function torchParts(cuts: readonly Cut[]): {
  readonly axes: readonly TwinAxis[];
  readonly recipe: string | undefined;
  readonly zeros: readonly (readonly [number, number])[];
} {
  const parts = cuts.map(torchAxis);
  const twin = torchTwin(parts.map((part) => part.twin));
  return { axes: twin.axes, recipe: twin.recipe, zeros: parts.map((part) => part.zeros) };
}

const groupsOf = ({ plan }: Layer): string => (plan.groups > 1 ? `, groups=${plan.groups}` : '');

function pytorch(layer: Layer): Lines {
  const { axes, recipe, zeros } = torchParts(layer.cuts);
  const call =
    `y = F.conv_transpose${layer.plan.rank}d(torch.tensor(x), torch.tensor(w)` +
    some('stride', of(layer.cuts, 'stride'), 1) +
    some(
      'padding',
      axes.map(({ padding }) => padding),
      0,
    ) +
    some(
      'output_padding',
      axes.map(({ outputPadding }) => outputPadding),
      0,
    ) +
    groupsOf(layer) +
    some('dilation', of(layer.cuts, 'dilation'), 1);
  const more = zeros.some(([before, behind]) => before + behind > 0);
  return {
    alone: recipe === undefined && !more,
    lines: [
      `${call})`,
      ...(recipe === undefined ? [] : [`y = ${recipe}`]),
      ...(more ? [`y = ${padded('PyTorch', 'y', zeros)}  # nothing is stamped there`] : []),
    ],
  };
}

/** What is to be kept of an output that begins with the first stamp and has `sizes`, and the zeros that it lacks. */
function keep({ cuts, target, channelsLast }: Layer, sizes: readonly number[]): readonly string[] {
  const zeros = cuts.map(({ begin, output }, at): readonly [number, number] => [
    Math.max(0, -begin),
    Math.max(0, begin + output - sizes[at]),
  ]);
  const ranges = cuts.map(({ begin, output }, at) => {
    const from = Math.max(begin, 0);
    const to = Math.min(begin + output, sizes[at]);
    return from === 0 && to === sizes[at] ? ':' : `${from}:${to}`;
  });
  const cut = slice(ranges, channelsLast);
  return [
    ...(cut === '' ? [] : [`y = y${cut}`]),
    ...(zeros.flat().some((count) => count > 0)
      ? [`y = ${padded(target, 'y', zeros)}  # nothing is stamped there`]
      : []),
  ];
}

const saysSame = (cuts: readonly Cut[]): boolean =>
  cuts.every((cut) => {
    const same = cutBy(cut, kerasCrop(NUMBERS, 'same', cut.extent, cut.stride));
    return same.begin === cut.begin && same.end === cut.end;
  });

function keras(layer: Layer): Lines {
  const { cuts } = layer;
  const alone = saysSame(cuts);
  const call =
    `y = keras.ops.conv_transpose(x, w, ${tuple(of(cuts, 'stride'))}, padding="${alone ? 'same' : 'valid'}"` +
    `${some('dilation_rate', of(cuts, 'dilation'), 1).replace(/=(\d+)$/, (_, one: string) => `=${tuple(cuts.map(() => one))}`)})`;
  if (alone) return { alone, lines: [call] };
  const sizes = cuts.map((cut) =>
    transposedOutput(NUMBERS, { ...cut, ...kerasCrop(NUMBERS, 'valid', cut.extent, cut.stride) }),
  );
  const rest = keep(layer, sizes);
  return { alone: rest.length === 0, lines: [call, ...rest] };
}

function tensorflow(layer: Layer): Lines {
  const { cuts, plan } = layer;
  const name = `tf.nn.conv${plan.rank}d_transpose`;
  const dilations = some('dilations', of(cuts, 'dilation'), 1);
  const shape = (sizes: readonly number[]): string => brackets([plan.batch, ...sizes, plan.outputChannels]);
  const strides = tuple(of(cuts, 'stride'));
  if (saysSame(cuts))
    return {
      alone: true,
      lines: [`y = ${name}(x, w, ${shape(of(cuts, 'output'))}, ${strides}, padding="SAME"${dilations})`],
    };
  // Only images take a padding in numbers, and without a dilation.
  if (plan.rank === 2 && dilations === '' && cuts.every(({ begin, end }) => begin >= 0 && end >= 0)) {
    const pairs = brackets(['[0, 0]', ...cuts.map(({ begin, end }) => `[${begin}, ${end}]`), '[0, 0]']);
    return { alone: true, lines: [`y = ${name}(x, w, ${shape(of(cuts, 'output'))}, ${strides}, padding=${pairs})`] };
  }
  const sizes = cuts.map(stamped);
  const rest = keep(layer, sizes);
  return {
    alone: rest.length === 0,
    lines: [`y = ${name}(x, w, ${shape(sizes)}, ${strides}, padding="VALID"${dilations})`, ...rest],
  };
}

/** Padding in numbers is of the dilated input; it may be negative, so that it says every cut. */
const jaxPads = (cuts: readonly Cut[]): string =>
  brackets(cuts.map(({ begin, end, extent }) => `(${extent - 1 - begin}, ${extent - 1 - end})`));

function jax({ cuts, plan }: Layer): Lines {
  const letters = 'DHW'.slice(-plan.rank);
  const dilation = cuts.every((cut) => cut.dilation === 1) ? '' : `, rhs_dilation=${tuple(of(cuts, 'dilation'))}`;
  return {
    alone: true,
    lines: [
      `y = jax.lax.conv_transpose(x, w, ${tuple(of(cuts, 'stride'))}, ${jaxPads(cuts)}${dilation},`,
      `    dimension_numbers=("N${letters}C", "${letters}IO", "N${letters}C"))`,
    ],
  };
}

function flax({ cuts, plan }: Layer): Lines {
  const dilation = cuts.every((cut) => cut.dilation === 1) ? '' : `, kernel_dilation=${tuple(of(cuts, 'dilation'))}`;
  return {
    alone: true,
    lines: [
      `layer = nn.ConvTranspose(${plan.outputChannels}, ${tuple(of(cuts, 'kernel'))}, strides=${tuple(of(cuts, 'stride'))},`,
      `    padding=${jaxPads(cuts)}${dilation}, use_bias=False)`,
      'y = layer.apply({"params": {"kernel": w}}, x)',
    ],
  };
}

/** Cuts at either side and an output padding below the stride, which Paddle and ONNX Runtime have; zeros besides. */
function bothSides({ cuts }: Layer): {
  readonly pads: readonly (readonly [number, number])[];
  readonly added: readonly number[];
  readonly zeros: readonly (readonly [number, number])[];
} {
  const added = cuts.map(({ end, stride }) => Math.min(Math.max(0, -end), stride - 1));
  return {
    pads: cuts.map(({ begin, end }) => [Math.max(0, begin), Math.max(0, end)]),
    added,
    zeros: cuts.map(({ begin, end }, at) => [Math.max(0, -begin), Math.max(0, -end - added[at])]),
  };
}

function withZeros({ target }: Layer, zeros: readonly (readonly [number, number])[]): readonly string[] {
  if (zeros.flat().every((count) => count === 0)) return [];
  return target === 'ONNX'
    ? [`# then a node Pad, as nothing is stamped there: ${allPairs(zeros, false)}`]
    : [`y = ${padded(target, 'y.numpy()', zeros)}  # nothing is stamped there`];
}

function paddle(layer: Layer): Lines {
  const { cuts, plan } = layer;
  const { pads, added, zeros } = bothSides(layer);
  const padding = pads.every(([begin, end]) => begin === end)
    ? some(
        'padding',
        pads.map(([begin]) => begin),
        0,
      )
    : `, padding=${brackets(pads.flat())}`;
  const rest = withZeros(layer, zeros);
  return {
    alone: rest.length === 0,
    lines: [
      `y = F.conv${plan.rank}d_transpose(paddle.to_tensor(x), paddle.to_tensor(w)` +
        `${some('stride', of(cuts, 'stride'), 1)}${padding}${some('output_padding', added, 0)}${groupsOf(layer)}` +
        `${some('dilation', of(cuts, 'dilation'), 1)})`,
      ...rest,
    ],
  };
}

function onnx(layer: Layer): Lines {
  const { cuts, plan } = layer;
  const { pads, added, zeros } = bothSides(layer);
  const attributes = [
    `strides=${brackets(of(cuts, 'stride'))}`,
    `pads=${brackets([...pads.map(([begin]) => begin), ...pads.map(([, end]) => end)])}`,
    ...(added.some((op) => op > 0) ? [`output_padding=${brackets(added)}`] : []),
    ...(cuts.some(({ dilation }) => dilation > 1) ? [`dilations=${brackets(of(cuts, 'dilation'))}`] : []),
    ...(plan.groups > 1 ? [`group=${plan.groups}`] : []),
  ];
  const rest = withZeros(layer, zeros);
  return {
    alone: rest.length === 0,
    lines: [`node = helper.make_node("ConvTranspose", ["x", "w"], ["y"],`, `    ${attributes.join(', ')})`, ...rest],
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

export const transposedRecipe = (layer: Layer): Lines => WRITERS[layer.target](layer);
