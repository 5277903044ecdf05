import type { Operation } from '../operation';
import {
  type Crop,
  convOutput,
  kerasCrop,
  kernelExtent,
  neededPadding,
  NUMBERS,
  type Sides,
  samePadding,
  transposedOutput,
} from '../formulas';
import type { Candidate, SolveRequest } from './request';

/** One choice of the parameters that shape the kernel's window. */
interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** `K`, of the dilated kernel. */
  readonly extent: number;
}

type Size = SolveRequest['sizes'][number];

const DEFAULTS = { kernel: 9, stride: 8, dilation: 1 } as const;

function* windows({ limits, fixed, inverseOf }: SolveRequest): Generator<Window> {
  const span = (name: 'kernel' | 'stride' | 'dilation'): readonly [number, number] => {
    const value = inverseOf?.[name] ?? fixed?.[name];
    return value === undefined ? [1, limits?.[name] ?? DEFAULTS[name]] : [value, value];
  };
  const [minKernel, maxKernel] = span('kernel');
  const [minStride, maxStride] = span('stride');
  const [minDilation, maxDilation] = span('dilation');
  for (let kernel = minKernel; kernel <= maxKernel; kernel++) {
    for (let stride = minStride; stride <= maxStride; stride++) {
      for (let dilation = minDilation; dilation <= maxDilation; dilation++) {
        // A single tap has no distance to stretch: every dilation would be the same answer again.
        if (kernel === 1 && dilation > minDilation) continue;
        yield { kernel, stride, dilation, extent: kernelExtent(NUMBERS, kernel, dilation) };
      }
    }
  }
}

/** Paddings of either side that give the wanted size: from what it needs to what would make one more. */
function convPaddings({ input, output }: Size, { extent, stride }: Window): readonly [least: number, most: number] {
  const needed = neededPadding(NUMBERS, { input, extent, stride }, output);
  return [Math.max(0, Math.ceil(needed / 2)), Math.floor((needed + stride - 1) / 2)];
}

const evenCrop = (padding: number): Crop<number> => ({ padBegin: padding, padEnd: padding, outputPadding: 0 });

/** What an output cropped so lacks of the wanted one: the output padding that is left to state. */
function lacking({ input, output }: Size, { extent, stride }: Window, crop: Crop<number>): number {
  return output - transposedOutput(NUMBERS, { input, extent, stride, ...crop });
}

function* numbered(request: SolveRequest, window: Window): Generator<Candidate> {
  const { sizes, kind, inverseOf, fixed } = request;
  const stated = inverseOf?.padding ?? fixed?.padding;
  const ranges = sizes.map((size): readonly [number, number] => {
    if (kind === 'conv') return convPaddings(size, window);
    const limit = Math.max(window.stride, window.dilation);
    const without = lacking(size, window, evenCrop(0));
    return [Math.max(0, Math.ceil(-without / 2)), Math.floor((limit - 1 - without) / 2)];
  });
  const least = Math.max(stated ?? 0, ...ranges.map(([from]) => from));
  const most = Math.min(stated ?? Infinity, ...ranges.map(([, to]) => to));
  for (let padding = least; padding <= most; padding++) {
    const outputPadding = kind === 'conv' ? undefined : sizes.map((size) => lacking(size, window, evenCrop(padding)));
    yield {
      ...window,
      padding,
      outputPadding,
      operation: canonical(
        request,
        window,
        sizes.map(() => [padding, padding]),
        outputPadding,
      ),
    };
  }
}

function canonical(
  { kind, sizes }: SolveRequest,
  { stride, dilation }: Window,
  sides: readonly Sides<number>[],
  outputPadding?: readonly number[],
): Operation {
  return {
    kind,
    stride: sizes.map(() => stride),
    dilation: sizes.map(() => dilation),
    padding: sides,
    ...(kind === 'convTranspose' && { outputPadding: outputPadding ?? sizes.map(() => 0) }),
  };
}

const WORDS = ['valid', 'same'] as const;

/** Keras 3 knows `valid` and `same`; strides and dilation may not both exceed 1. */
function* named(request: SolveRequest, window: Window): Generator<Candidate> {
  if (window.stride > 1 && window.dilation > 1) return;
  yield* request.kind === 'conv' ? paddedByName(request, window) : croppedByName(request, window);
}

function* paddedByName(request: SolveRequest, window: Window): Generator<Candidate> {
  const { extent, stride } = window;
  const paddings: Readonly<Record<(typeof WORDS)[number], (input: number) => Sides<number>>> = {
    valid: () => [0, 0],
    same: (input) => samePadding(NUMBERS, { input, extent, stride }),
  };
  for (const padding of WORDS) {
    const sides = request.sizes.map(({ input }) => paddings[padding](input));
    const fits = request.sizes.every(({ input, output }, axis) => {
      const [padBegin, padEnd] = sides[axis];
      return convOutput(NUMBERS, { input, extent, stride, padBegin, padEnd }) === output;
    });
    if (fits) yield { ...window, padding, operation: canonical(request, window, sides) };
  }
}

function* croppedByName(request: SolveRequest, window: Window): Generator<Candidate> {
  const { sizes } = request;
  const { extent, stride } = window;
  const crop = (padding: (typeof WORDS)[number], added?: number): Crop<number> =>
    kerasCrop(NUMBERS, padding, extent, stride, added);
  const cropped = (padding: (typeof WORDS)[number], outputPadding?: readonly number[]): Candidate => {
    const crops = sizes.map((_, axis) => crop(padding, outputPadding?.[axis]));
    const sides = crops.map(({ padBegin, padEnd }): Sides<number> => [padBegin, padEnd]);
    const added = crops.map((each) => each.outputPadding);
    const operation = canonical(request, window, sides, added);
    return { ...window, padding, ...(outputPadding && { outputPadding }), operation };
  };
  const unaided = WORDS.filter((padding) => sizes.every((size) => lacking(size, window, crop(padding)) === 0));
  for (const padding of unaided) yield cropped(padding);
  for (const padding of WORDS.filter((each) => !unaided.includes(each))) {
    const added = sizes.map((size) => lacking(size, window, crop(padding, 0)));
    if (added.every((each) => each >= 0 && each < stride)) yield cropped(padding, added);
  }
}

/** Every set of parameters within the limits that gives the wanted sizes. */
export function* enumerate(request: SolveRequest): Generator<Candidate> {
  for (const window of windows(request))
    yield* request.framework === 'keras' ? named(request, window) : numbered(request, window);
}
