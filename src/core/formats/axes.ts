import type { Kind, Tensor } from '../operation';
import { SPATIAL_LETTERS, WEIGHT_LAYOUTS, arrange, canonicalAxes, spelled } from '../tensor/layouts';
import { flip } from '../tensor/permute';
import { damaged, type WrittenBy } from './format';

/** One way to read the axes of a tensor from a file. */
export interface Interpretation {
  /** One letter for each axis of the source, in its order: `NHWC`, `HWIO`; `1` for one of size 1 that is left out. */
  readonly axes: string;
  /** Whose layout it is, for a weight; a proper name. */
  readonly framework?: string;
  readonly flipped: boolean;
  /** Of the tensor that `interpret` makes. */
  readonly shape: readonly number[];
}

export interface Target {
  readonly role: 'input' | 'weight' | 'bias';
  readonly kind: Kind;
  /** Spatial axes of the document: 1, 2 or 3. */
  readonly rank: number;
}

/** Channels of pictures: an axis that is this short and stands beside longer ones is likely one of channels. */
const looksLikeChannels = (size: number): boolean => size <= 4;
/** Kernels are rarely longer; channels of real layers rarely shorter. */
const looksLikeKernel = (size: number): boolean => size <= 11;

function inputAxes(shape: readonly number[], rank: number): readonly string[] {
  const spatial = SPATIAL_LETTERS[rank - 1];
  const axes = shape.length;
  const last = shape[axes - 1];
  if (axes === rank + 2) {
    const channelsLast = looksLikeChannels(last) && !looksLikeChannels(shape[1]);
    return channelsLast ? [`N${spatial}C`, `NC${spatial}`] : [`NC${spatial}`, `N${spatial}C`];
  }
  if (axes === rank + 1) {
    const channelsLast = looksLikeChannels(last) && !looksLikeChannels(shape[0]);
    return channelsLast ? [`${spatial}C`, `C${spatial}`, `N${spatial}`] : [`C${spatial}`, `${spatial}C`, `N${spatial}`];
  }
  if (axes === rank) return axes === 1 ? [spatial, 'C'] : [spatial];
  // Fewer axes than the document has: a row of a picture, or a vector of channels such as a generator's noise.
  if (axes < rank) return axes === 1 ? ['W', 'C'] : [spatial.slice(rank - axes)];
  return [];
}

function weightAxes(shape: readonly number[], { kind, rank }: Target): readonly Omit<Interpretation, 'shape'>[] {
  const spatial = SPATIAL_LETTERS[rank - 1];
  if (shape.length === rank + 2) {
    const kernelFirst = shape.slice(0, rank).every(looksLikeKernel) && !shape.slice(2).every(looksLikeKernel);
    const possible = WEIGHT_LAYOUTS.filter(({ id }) => id !== 'tflite-depthwise' || shape[0] === 1);
    const layouts = possible.map(({ axes, framework, flipped, kind: own }) => ({
      axes: spelled(axes, rank),
      framework,
      flipped,
      likely: (own === kind ? 2 : 0) + (axes.startsWith('S') === kernelFirst ? 4 : 0) + (flipped ? 0 : 1),
    }));
    return layouts.toSorted((one, other) => other.likely - one.likely);
  }
  const letters =
    { [rank + 1]: [`O${spatial}`, `I${spatial}`, `${spatial}O`, `${spatial}I`], [rank]: [spatial] }[shape.length] ??
    (shape.length < rank ? [spatial.slice(spatial.length - shape.length)] : []);
  return letters.map((axes) => ({ axes, flipped: false }));
}

/** The order of axes that the document wants. */
function wantedAxes({ role, kind, rank }: Target): string {
  if (role === 'bias') return 'O';
  return role === 'input' ? `NC${SPATIAL_LETTERS[rank - 1]}` : spelled(canonicalAxes(kind), rank);
}

/**
 * Every way in which a tensor of this shape can be the input, weight or bias, the likeliest first. One entry: there is
 * nothing to ask. None: it has too many axes. For a bias, axes of size 1 are looked through.
 */
export function interpretations(shape: readonly number[], target: Target): readonly Interpretation[] {
  if (target.role === 'bias') {
    const long = shape.filter((size) => size !== 1);
    return long.length <= 1 ? [{ axes: 'O', flipped: false, shape: [long[0] ?? 1] }] : [];
  }
  const excess = shape.length - target.rank - 2;
  // Leading axes of size 1 beyond those that are needed hold nothing: they are marked with `1` and left out.
  if (excess > 0 && shape.slice(0, excess).every((size) => size === 1)) {
    return interpretations(shape.slice(excess), target).map((way) => ({ ...way, axes: '1'.repeat(excess) + way.axes }));
  }
  const ways =
    target.role === 'input'
      ? inputAxes(shape, target.rank).map((axes) => ({ axes, flipped: false }))
      : weightAxes(shape, target);
  const wanted = [...wantedAxes(target)];
  return ways.map(({ axes, ...rest }) => ({
    axes,
    flipped: rest.flipped,
    framework: 'framework' in rest ? rest.framework : undefined,
    shape: wanted.map((letter) => (axes.includes(letter) ? shape[axes.indexOf(letter)] : 1)),
  }));
}

/** A way that is only there in a document of another rank. */
export type OtherRank = Interpretation & { readonly rank: number };

/**
 * How documents of other ranks than the target's would read a tensor, one way each: the likeliest of those in which it
 * has exactly the axes of its role there, or, as an input, those without the batch or without batch and channel.
 */
export function otherRanks(shape: readonly number[], target: Target): readonly OtherRank[] {
  if (target.role === 'bias') return [];
  const fewest = target.role === 'input' ? 0 : 2;
  return SPATIAL_LETTERS.map((_, at) => at + 1)
    .filter((rank) => rank !== target.rank && shape.length >= rank + fewest && shape.length <= rank + 2)
    .flatMap((rank) =>
      interpretations(shape, { ...target, rank })
        .slice(0, 1)
        .map((way) => ({ ...way, rank })),
    );
}

/** Whose convolution and whose transposed convolution have their kernels in which layouts. */
const LAYOUTS: Readonly<Record<WrittenBy, Readonly<Record<Kind, string>>>> = {
  torch: { conv: 'torch-conv', convTranspose: 'torch-convtranspose' },
  keras: { conv: 'keras-conv', convTranspose: 'keras-convtranspose' },
  jax: { conv: 'keras-conv', convTranspose: 'jax-convtranspose' },
  tflite: { conv: 'tflite-conv', convTranspose: 'tflite-convtranspose' },
  'tflite-depthwise': { conv: 'tflite-depthwise', convTranspose: 'tflite-depthwise' },
};

/** The one of these ways that the file tells: by its format, or by the framework that wrote it. */
export function toldBy(
  { axes, writtenBy }: { readonly axes?: string; readonly writtenBy?: WrittenBy },
  ways: readonly Interpretation[],
  { role, kind }: Target,
): Interpretation | undefined {
  if (axes !== undefined) return ways.find((way) => way.axes.endsWith(axes));
  const layout =
    role === 'weight' && writtenBy ? WEIGHT_LAYOUTS.find(({ id }) => id === LAYOUTS[writtenBy][kind]) : undefined;
  return layout && ways.find(({ framework }) => framework === layout.framework);
}

/** The tensor as the document wants it. Throws a ProblemError when the interpretation is not one of this tensor's. */
export function interpret(tensor: Tensor, interpretation: Interpretation, target: Target): Tensor {
  if (target.role === 'bias') return { ...tensor, shape: interpretation.shape };
  const { axes, flipped } = interpretation;
  const wanted = wantedAxes(target);
  if (axes.length !== tensor.shape.length || ![...axes].every((letter) => letter === '1' || wanted.includes(letter))) {
    throw damaged('axes', 'A tensor of shape {0} cannot be read as {1}.', `(${tensor.shape.join(', ')})`, axes);
  }
  const isInOrder =
    !flipped && [...wanted].filter((letter) => axes.includes(letter)).join('') === axes.replaceAll('1', '');
  if (isInOrder)
    return {
      ...tensor,
      shape: [...wanted].map((letter) => (axes.includes(letter) ? tensor.shape[axes.indexOf(letter)] : 1)),
    };
  const arranged = arrange(tensor, axes, wanted);
  return flipped
    ? flip(
        arranged,
        Array.from({ length: target.rank }, (_, axis) => axis + 2),
      )
    : arranged;
}

/**
 * What `interpret` made a document's of, laid out again as it was: the inverse, for a tensor of the shape that the
 * interpretation gives. The caller restores axes of size 1 that were left out.
 */
export function restore(tensor: Tensor, { axes, flipped }: Interpretation, target: Target): Tensor {
  if (target.role === 'bias') return tensor;
  const spatial = Array.from({ length: target.rank }, (_, axis) => axis + 2);
  return arrange(flipped ? flip(tensor, spatial) : tensor, wantedAxes(target), axes.replaceAll('1', ''));
}
