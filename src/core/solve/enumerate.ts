import type { Operation } from '../operation';
import { kerasCrop } from '../frameworks/keras';
import { type Crop, extentOf, samePadding } from '../frameworks/translation';
import type { Candidate, SolveRequest } from './request';

/** One choice of the parameters that shape the kernel's window. */
interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** `K = d(k−1)+1`. */
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
        yield { kernel, stride, dilation, extent: extentOf(kernel, dilation) };
      }
    }
  }
}

/** Paddings with `⌊(i + 2p − K) / s⌋ + 1 = o`: `(o−1)s ≤ i + 2p − K < o·s`. */
function convPaddings({ input, output }: Size, { extent, stride }: Window): readonly [least: number, most: number] {
  const least = Math.max(0, Math.ceil(((output - 1) * stride - input + extent) / 2));
  const most = Math.floor((output * stride - 1 - input + extent) / 2);
  return [least, most];
}

/** Output padding with `(i−1)s − 2p + K + op = o`. */
function outputPaddingFor({ input, output }: Size, { extent, stride }: Window, padding: number): number {
  return output - (input - 1) * stride + 2 * padding - extent;
}

function* numbered(request: SolveRequest, window: Window): Generator<Candidate> {
  const { sizes, kind, inverseOf, fixed } = request;
  const stated = inverseOf?.padding ?? fixed?.padding;
  const ranges = sizes.map((size): readonly [number, number] => {
    if (kind === 'conv') return convPaddings(size, window);
    const limit = Math.max(window.stride, window.dilation);
    const without = outputPaddingFor(size, window, 0);
    return [Math.max(0, Math.ceil(-without / 2)), Math.floor((limit - 1 - without) / 2)];
  });
  const least = Math.max(stated ?? 0, ...ranges.map(([from]) => from));
  const most = Math.min(stated ?? Infinity, ...ranges.map(([, to]) => to));
  for (let padding = least; padding <= most; padding++) {
    const outputPadding = kind === 'conv' ? undefined : sizes.map((size) => outputPaddingFor(size, window, padding));
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
  sides: readonly (readonly [number, number])[],
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

/** Keras 3 knows `valid` and `same`; strides and dilation may not both exceed 1. */
function* named(request: SolveRequest, window: Window): Generator<Candidate> {
  const { kind, sizes } = request;
  const { stride, extent, dilation } = window;
  if (stride > 1 && dilation > 1) return;
  if (kind === 'conv') {
    if (sizes.every(({ input, output }) => input >= extent && Math.floor((input - extent) / stride) + 1 === output)) {
      yield {
        ...window,
        padding: 'valid',
        operation: canonical(
          request,
          window,
          sizes.map(() => [0, 0]),
        ),
      };
    }
    if (sizes.every(({ input, output }) => Math.ceil(input / stride) === output)) {
      yield {
        ...window,
        padding: 'same',
        operation: canonical(
          request,
          window,
          sizes.map(({ input }) => samePadding(input, extent, stride)),
        ),
      };
    }
    return;
  }
  const cropped = (padding: 'valid' | 'same', outputPadding?: readonly number[]): Candidate => {
    const crops = sizes.map((_, axis): Crop => kerasCrop(padding, extent, stride, outputPadding?.[axis]));
    const sides = crops.map(({ begin, end }): readonly [number, number] => [begin, end]);
    return {
      ...window,
      padding,
      ...(outputPadding && { outputPadding }),
      operation: canonical(
        request,
        window,
        sides,
        crops.map((crop) => crop.outputPadding),
      ),
    };
  };
  // Left to itself, `valid` gives (i−1)s + max(K, s) and `same` gives i·s.
  const valid = sizes.every(({ input, output }) => (input - 1) * stride + Math.max(extent, stride) === output);
  const same = sizes.every(({ input, output }) => input * stride === output);
  if (valid) yield cropped('valid');
  if (same) yield cropped('same');
  // With output padding: `valid` (i−1)s + K + op, `same` (i−1)s + (K mod 2) + op.
  const extra = sizes.map((size) => outputPaddingFor(size, window, 0));
  if (!valid && extra.every((op) => op >= 0 && op < stride)) yield cropped('valid', extra);
  const sameExtra = extra.map((op) => op + extent - (extent % 2));
  if (!same && sameExtra.every((op) => op >= 0 && op < stride)) yield cropped('same', sameExtra);
}

/** Every set of parameters within the limits that gives the wanted sizes. */
export function* enumerate(request: SolveRequest): Generator<Candidate> {
  for (const window of windows(request))
    yield* request.framework === 'keras' ? named(request, window) : numbered(request, window);
}
