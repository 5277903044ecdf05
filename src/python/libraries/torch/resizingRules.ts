import type { Bound } from '../../model/library';
import { textOf } from '../../model/text';
import type { Value } from '../../model/value';
import type { Refusal } from '../../shapes/problems';
import { indivisible, listed } from '../../shapes/refusals/check';
import { print } from '../../sizes/print';
import { isKnown, type Size } from '../../sizes/size';

/** What PyTorch refuses of `PixelShuffle`, and with `up` false of `PixelUnshuffle`. */
export function shuffleRefusal(up: boolean, factor: Size, shape: readonly Size[]): Refusal | undefined {
  const name = up ? 'pixel_shuffle' : 'pixel_unshuffle';
  const word = up ? 'upscale_factor' : 'downscale_factor';
  if (shape.length < 3) {
    return {
      code: 'input-rank',
      template: 'The input has shape {0}; this layer needs {1} axes.',
      args: [`(${shape.map(print).join(', ')})`, 4],
      framework: `${name} expects input to have at least 3 dimensions, but got input with ${shape.length} dimension(s)`,
    };
  }
  if (!isKnown(factor)) return undefined;
  if (factor < 1) {
    return {
      code: 'resize',
      template: 'The {0} is {1}; it must be at least {2}.',
      args: [word, factor, 1],
      framework: `${name} expects a positive ${word}, but got ${factor}`,
    };
  }
  const [channels, ...sides] = shape.slice(-3);
  if (up) {
    const area = factor * factor;
    if (!isKnown(channels) || channels % area === 0) return undefined;
    const words = `pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=${channels} is not divisible by ${area}`;
    return indivisible(channels, area, words);
  }
  const wrong = sides.findIndex((size) => isKnown(size) && size % factor !== 0);
  if (wrong < 0) return undefined;
  const size = Number(sides[wrong]);
  const words = `pixel_unshuffle expects ${['height', 'width'][wrong]} to be divisible by downscale_factor, but input.size(${wrong - 2})=${size} is not divisible by ${factor}`;
  return indivisible(size, factor, words);
}

const MODES = ['nearest', 'linear', 'bilinear', 'bicubic', 'trilinear', 'lanczos', 'area', 'nearest-exact'];
/** Spatial axes of the modes that are for one number of them. */
const RANKS: Readonly<Record<string, number>> = { linear: 1, bilinear: 2, trilinear: 3, bicubic: 2, lanczos: 2 };

/** A list of numbers as Python shows it. */
function shown(value: Value): string | undefined {
  if (value.kind !== 'list' && value.kind !== 'tuple') return undefined;
  const items = value.open ? [undefined] : value.items.map(textOf);
  if (items.includes(undefined)) return undefined;
  const inner = items.join(', ');
  if (value.kind === 'list') return `[${inner}]`;
  return value.sizesOf ? `torch.Size([${inner}])` : items.length === 1 ? `(${inner},)` : `(${inner})`;
}

/** What PyTorch refuses of `F.interpolate` whatever its input's sizes, in the order in which it looks. */
export function resizeRefusal(
  bound: Bound,
  shape: readonly Size[],
  layer: boolean,
  mode: string | undefined,
): Refusal | undefined {
  const [size, scale] = ['size', 'scale_factor'].map((name) => bound.get(name));
  const [sized, scaled] = [size, scale].map((each) => each !== undefined && each.kind !== 'none');
  const spatial = shape.slice(2);
  if (sized && scaled) {
    return {
      code: 'resize',
      template: 'Both size and scale_factor are given; only one of them can be.',
      args: [],
      framework: 'only one of size or scale_factor should be defined',
    };
  }
  const given = sized ? size : scale;
  if ((given?.kind === 'list' || given?.kind === 'tuple') && !given.open && given.items.length !== spatial.length) {
    const form = shown(given);
    const name = sized ? 'output' : 'scale_factor';
    const words = sized
      ? `output size of ${form}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format.`
      : `scale_factor of shape ${form}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and scale_factor in (s1, s2, ...,sK) format.`;
    return {
      code: 'resize',
      template: '{0} numbers are given for {1} spatial axes.',
      args: [given.items.length, spatial.length],
      // `nn.Upsample` makes its factors floats.
      framework:
        form === undefined || (layer && scaled)
          ? undefined
          : `Input and ${name} must have the same number of spatial dimensions, but got input with spatial dimensions of ${listed(spatial)} and ${words}`,
    };
  }
  if (!sized && !scaled) {
    return {
      code: 'resize',
      template: 'Neither size nor scale_factor is given.',
      args: [],
      framework: 'either size or scale_factor should be defined',
    };
  }
  return mode === undefined ? undefined : modeRefusal(mode, shape.length);
}

function modeRefusal(mode: string, axes: number): Refusal | undefined {
  const wanted = RANKS[mode];
  const rank = axes - 2;
  if (MODES.includes(mode) && rank >= 1 && rank <= 3 && (wanted === undefined || wanted === rank)) return undefined;
  const named = rank >= 1 && rank <= 3 && (mode === 'linear' || mode === 'bilinear' || mode === 'trilinear');
  return {
    code: 'resize',
    template: 'The mode {0} is not for an input of {1} axes.',
    args: [mode, axes],
    framework: named
      ? `Got ${axes}D input, but ${mode} mode needs ${wanted + 2}D input`
      : `Input Error: Only 3D, 4D and 5D input Tensors supported (got ${axes}D) for the modes: ${MODES.join(' | ')} (got ${mode})`,
  };
}

/** Only averaging over areas gives what has no elements. */
export function emptyRefusal(
  mode: string | undefined,
  shape: readonly Size[],
  outputs: readonly Size[],
): Refusal | undefined {
  const inputs = shape.slice(2);
  if (mode === 'area' || ![...inputs, ...outputs].every(isKnown)) return undefined;
  if ([...inputs, ...outputs].every((size) => Number(size) > 0)) return undefined;
  const axes = ['D', 'H', 'W'].slice(-inputs.length);
  const form = (sizes: readonly Size[]): string =>
    `(${sizes.map((size, axis) => `${axes[axis]}: ${print(size)}`).join(', ')})`;
  return {
    code: 'output-empty',
    template: 'The output would have the size ({0}).',
    args: [outputs.map(print).join(' x ')],
    framework: `Input and output sizes should be greater than 0, but got input ${form(inputs)}${inputs.length === 1 ? ' and' : ''} output ${form(outputs)}`,
  };
}

/** Corners mean something only where values between pixels are worked out. */
export function cornersRefusal(bound: Bound): Refusal | undefined {
  const mode = bound.text('mode');
  const corners = bound.get('align_corners');
  if (corners?.kind !== 'bool' || !['nearest', 'area', 'nearest-exact'].includes(mode ?? '')) return undefined;
  return {
    code: 'resize',
    template: 'align_corners is not for the mode {0}.',
    args: [mode!],
    framework:
      'align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear',
  };
}
