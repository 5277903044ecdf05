import type { Bound } from '../../model/library';
import type { Value } from '../../model/value';
import type { Refusal } from '../../shapes/problems';
import { listed } from '../../shapes/refusals/check';
import { print } from '../../sizes/print';
import { isKnown, type Size } from '../../sizes/size';

/** The window of a pooling layer, one entry an axis. */
export interface Window {
  readonly kernel: readonly Size[];
  readonly stride: readonly Size[];
  readonly padding: readonly Size[];
  readonly dilation: readonly Size[];
}

export type PoolKind = 'max' | 'avg' | 'lp';

const AXES = ['T', 'H', 'W'];

/** `kH: 3 kW: 2` */
const named = (prefix: string, sizes: readonly Size[], separator = ': '): string =>
  sizes.map((size, axis) => `${prefix}${AXES[axis + 3 - sizes.length]}${separator}${print(size)}`).join(' ');

export const below =
  (least: number) =>
  (size: Size): boolean =>
    isKnown(size) && size < least;

export function rangeRefusal(code: string, name: string, value: Size, least: number, framework: string): Refusal {
  return {
    code,
    template: 'The {0} is {1}; it must be at least {2}.',
    args: [name, print(value), least],
    framework,
  };
}

const paddingRefusal = (padding: Size, kernel: Size, framework: string): Refusal => ({
  code: 'pooling',
  template: 'Padding {0} is more than half of the window of {1}.',
  args: [print(padding), print(kernel)],
  framework,
});

/** What PyTorch refuses of a window, whatever it is laid over, in the order in which it looks. */
function windowRefusal({ kernel, stride, padding, dilation }: Window, kind: PoolKind): Refusal | undefined {
  for (let axis = 0; axis < kernel.length; axis++) {
    const [k, s, p, d] = [kernel[axis], stride[axis], padding[axis], dilation[axis]];
    if (s === 0) return rangeRefusal('stride-range', 'stride', s, 1, 'stride should not be zero');
    if (below(0)(p))
      return rangeRefusal('padding-range', 'padding', p, 0, `pad must be non-negative, but got pad: ${print(p)}`);
    if (!isKnown(k) || !isKnown(p) || !isKnown(d) || p <= Math.floor(((k - 1) * d + 1) / 2)) continue;
    const words = `pad should be at most half of effective kernel size, but got pad=${p}, kernel_size=${k} and dilation=${d}`;
    return paddingRefusal(p, k, words);
  }
  const [empty, back, still] = [kernel.find(below(1)), stride.find(below(1)), dilation.find(below(1))];
  const plane = kernel.length === 1 ? { kernel: [1, ...kernel], stride: [1, ...stride] } : { kernel, stride };
  if (empty !== undefined) {
    const words = `kernel size should be greater than zero, but got ${named('k', plane.kernel)}`;
    return rangeRefusal('kernel-empty', 'kernel_size', empty, 1, words);
  }
  if (back !== undefined) {
    const words = `stride should be greater than zero, but got ${named('d', plane.stride)}`;
    return rangeRefusal('stride-range', 'stride', back, 1, words);
  }
  if (still !== undefined) {
    const words = `dilation should be greater than zero, but got ${named('dilation', dilation)}`;
    return rangeRefusal('dilation-range', 'dilation', still, 1, words);
  }
  const wide = kernel.findIndex((k, axis) => {
    const p = padding[axis];
    return isKnown(k) && isKnown(p) && p > Math.floor(k / 2);
  });
  if (wide < 0 || kind !== 'max') return undefined;
  return paddingRefusal(padding[wide], kernel[wide], halfWords(kernel, padding));
}

function halfWords(kernel: readonly Size[], padding: readonly Size[]): string {
  const [k, p] = [kernel.map(print), padding.map(print)];
  const words = 'pad should be smaller than or equal to half of kernel size, but got';
  if (k.length === 2) return `${words} padW = ${p[1]}, padH = ${p[0]}, kW = ${k[1]}, kH = ${k[0]}`;
  return `${words} kT: ${k[0]} kW: ${k[2]} kH: ${k[1]} padT: ${p[0]} padW: ${p[2]} padH: ${p[1]}`;
}

/** A maximum along a line is asked for, and refused, by itself. */
function lineRefusal(window: Window): Refusal | undefined {
  const [kernel, stride, padding, dilation] = [
    window.kernel[0],
    window.stride[0],
    window.padding[0],
    window.dilation[0],
  ];
  const positive = (code: string, name: string, value: Size): Refusal | undefined =>
    below(1)(value)
      ? rangeRefusal(code, name, value, 1, `max_pool1d() ${name} must be greater than zero, but got ${print(value)}`)
      : undefined;
  const wrong = positive('kernel-empty', 'kernel_size', kernel) ?? positive('stride-range', 'stride', stride);
  if (wrong) return wrong;
  if (below(0)(padding)) {
    const words = `max_pool1d() padding must be non-negative, but got ${print(padding)}`;
    return rangeRefusal('padding-range', 'padding', padding, 0, words);
  }
  if (isKnown(padding) && isKnown(kernel) && padding > Math.floor(kernel / 2)) {
    const words = `max_pool1d() padding should be at most half of kernel size, but got padding=${padding} and kernel_size=${kernel}`;
    return paddingRefusal(padding, kernel, words);
  }
  return positive('dilation-range', 'dilation', dilation);
}

function rankRefusal(shape: readonly Size[], kind: PoolKind, rank: number): Refusal | undefined {
  if (shape.length === rank + 1 || shape.length === rank + 2) return undefined;
  return {
    code: 'input-rank',
    template: 'The input has shape {0}; this layer needs {1} axes.',
    args: [`(${shape.map(print).join(', ')})`, rank + 2],
    framework: rankWords(shape, kind, rank),
  };
}

function rankWords(shape: readonly Size[], kind: PoolKind, rank: number): string | undefined {
  const given = shape.length;
  if (rank === 1) {
    if (kind === 'max')
      return `max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:${listed(shape)}`;
    return `Expected 2 to 3 dimensions, but got ${given}-dimensional tensor for argument #1 'self' (while checking arguments for avg_pool1d)`;
  }
  if (rank === 2 && kind !== 'max') {
    if (given > 4)
      return `Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:${listed(shape)}`;
    return given < 3 && given > 0
      ? `Dimension out of range (expected to be in range of [${-given}, ${given - 1}], but got -3)`
      : undefined;
  }
  return `non-empty ${rank + 1}D or ${rank + 2}D (batch mode) tensor expected for input`;
}

/** What PyTorch refuses of a pooling; `outputs`: the sizes that it would give. */
export function poolRefusal(
  kind: PoolKind,
  window: Window,
  shape: readonly Size[],
  outputs: readonly Size[],
): Refusal | undefined {
  const rank = window.kernel.length;
  const line = kind === 'max' && rank === 1;
  const wrong = rankRefusal(shape, kind, rank) ?? (line ? lineRefusal(window) : windowRefusal(window, kind));
  if (wrong) return wrong;
  const inputs = shape.slice(-rank);
  const pairs = inputs.map((size, axis) => [size, window.kernel[axis]] as const);
  const smaller = kind !== 'max' && rank === 3 && pairs.some(([size, k]) => isKnown(size) && isKnown(k) && size < k);
  if (!smaller && !outputs.some(below(1))) return undefined;
  const channels = shape.at(-rank - 1)!;
  const crossed = (sizes: readonly Size[]): string =>
    [channels, ...(rank === 1 ? [1] : []), ...sizes].map(print).join('x');
  return {
    code: 'output-empty',
    template: 'The output would have the size ({0}).',
    args: [outputs.map(print).join(' x ')],
    framework: smaller
      ? `input image (${named('', inputs)}) smaller than kernel size (${named('k', window.kernel)})`
      : line
        ? `max_pool1d() Invalid computed output size: ${print(outputs[0])}`
        : `Given input size: (${crossed(inputs)}). Calculated output size: (${crossed(outputs)}). Output size is too small`,
  };
}

/** An adapting pooling takes any input of the right number of axes. */
export function adaptiveRefusal(name: string, shape: readonly Size[], rank: number): Refusal | undefined {
  if (shape.length === rank + 1 || shape.length === rank + 2) return undefined;
  const words =
    rank === 1
      ? `Expected 2 to 3 dimensions, but got ${shape.length}-dimensional tensor for argument #1 'self' (while checking arguments for ${name})`
      : `${name}(): Expected ${rank + 1}D or ${rank + 2}D tensor, but got${name.includes('max') ? ':' : ''} ${listed(shape)}`;
  return {
    code: 'input-rank',
    template: 'The input has shape {0}; this layer needs {1} axes.',
    args: [`(${shape.map(print).join(', ')})`, rank + 2],
    framework: words,
  };
}

/** What is refused of the sizes that an adapting pooling is asked for. */
export function sizesRefusal(name: string, value: Value | undefined, rank: number): Refusal | undefined {
  const items = value?.kind === 'list' || value?.kind === 'tuple' ? (value.open ? undefined : value.items) : undefined;
  const mean = name.includes('avg');
  if (items && items.length !== rank) {
    return {
      code: 'pooling',
      template: '{0} has {1} entries; the layer has {2} spatial axes.',
      args: ['output_size', items.length, rank],
      framework:
        rank === 1
          ? `${name}() argument 'output_size' should contain one int (got ${items.length})`
          : mean
            ? `${name}: output_size must be ${rank}`
            : `${name}(): internal error: output_size.size() must be ${rank}`,
    };
  }
  return undefined;
}

/** Sizes below nothing, in the words of the averages of an image. */
export function negativeRefusal(name: string, sizes: readonly Size[]): Refusal | undefined {
  const wrong = sizes.find(below(0));
  if (wrong === undefined) return undefined;
  const words = `${name}: elements of output_size must be greater than or equal to 0 but received {${sizes.map(print).join(', ')}}`;
  return {
    ...rangeRefusal('output-size-range', 'output_size', wrong, 0, words),
    framework: name === 'adaptive_avg_pool2d' ? words : undefined,
  };
}

/** A size that was asked for, as Python shows what was given. */
export function asGiven(value: Value, sizes: readonly Size[]): string {
  const inner = sizes.map(print).join(', ');
  if (value.kind === 'list') return `[${inner}]`;
  if (value.kind === 'tuple' && value.sizesOf) return `torch.Size([${inner}])`;
  return sizes.length === 1 ? `(${inner},)` : `(${inner})`;
}

/** A size to unpool to is one from which the window would have made the input, or a little off. */
export function unpoolRefusal(
  value: Value,
  asked: readonly Size[],
  { kernel, stride }: Window,
  defaults: readonly Size[],
): Refusal | undefined {
  const rank = kernel.length;
  if (asked.length !== rank && asked.length !== rank + 2) {
    return {
      code: 'output-size-rank',
      template: 'The output size has {0} entries; it needs {1} or {2}.',
      args: [asked.length, rank, rank + 2],
      framework: `output_size should be a sequence containing ${rank} or ${rank + 2} elements, but it has a length of '${asked.length}'`,
    };
  }
  const wanted = asked.slice(-rank);
  for (const [axis, size] of wanted.entries()) {
    const [middle, step] = [defaults[axis], stride[axis]];
    if (!isKnown(size) || !isKnown(middle) || !isKnown(step)) return undefined;
    const [least, most] = [middle - step, middle + step];
    if (size > least && size < most) continue;
    return {
      code: 'output-size-range',
      template: 'The output size {0} cannot be had; sizes from {1} to {2} can.',
      args: [size, least + 1, most - 1],
      framework: `invalid output_size "${asGiven(value, wanted)}" (dim ${axis} must be between ${least} and ${most})`,
    };
  }
  return undefined;
}

/** Windows given as lists of the wrong length. */
export function entriesRefusal(name: string, bound: Bound, rank: number): Refusal | undefined {
  if (rank === 1) return undefined;
  const count = rank === 2 ? 'two' : 'three';
  const forms: readonly (readonly [argument: string, words: string])[] = [
    ['kernel_size', `must either be a single int, or a tuple of ${count} ints`],
    ['stride', `must either be omitted, a single int, or a tuple of ${count} ints`],
    ['padding', `must either be a single int, or a tuple of ${count} ints`],
    ['dilation', `must be either a single int, or a tuple of ${count} ints`],
  ];
  for (const [argument, words] of forms) {
    const value = bound.get(argument);
    if ((value?.kind !== 'list' && value?.kind !== 'tuple') || value.open) continue;
    const given = value.items.length;
    if (given === 1 || given === rank || (argument === 'stride' && given === 0)) continue;
    return {
      code: 'pooling',
      template: '{0} has {1} entries; the layer has {2} spatial axes.',
      args: [argument, given, rank],
      framework: `${name}: ${argument} ${words}`,
    };
  }
  return undefined;
}
