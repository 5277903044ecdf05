import type { AxisPlan } from '../axis';
import { interleaved, pixelParts, type PixelVariant, PLACES } from '../kernels/pixelTransposed';
import { forEachPosition } from '../kernels/positions';
import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import type { PixelKernels } from '../state/document';
import { elementCount, tensorOf } from '../tensor/tensor';

/** Taps of the kernels to begin with along an axis. The one in the middle lies on the cell itself. */
const FIRST_TAPS = 3;
/** How many taps kernels may have along an axis: odd, so that one lies on the cell; more are not drawn. */
export const PIXEL_TAPS = [1, 3, 5, 7, 9] as const;
const MOST_TAPS = PIXEL_TAPS[PIXEL_TAPS.length - 1];

/** What a map reads: the input, or one of the maps before it, by its number. */
export type PixelSource = 'F' | number;

/** One map of a pixel transposed convolution of one plane. Its kernel has a plane of taps for each source. */
export interface PixelMap {
  readonly number: number;
  /** Where in a block of the output its cells go. */
  readonly corner: readonly number[];
  readonly sources: readonly PixelSource[];
  /** By source, `3` or `3×3` weights in C order. */
  readonly weights: readonly (readonly number[])[];
  /** `(1, 1, spatial…)` of the input's sizes. */
  readonly values: Tensor;
}

export interface PixelMaps {
  readonly variant: PixelVariant;
  /** Taps of its kernels along an axis. */
  readonly side: number;
  readonly input: Tensor;
  readonly maps: readonly PixelMap[];
  /** `(1, 1, spatial…)` of twice the input's sizes. */
  readonly output: Tensor;
}

/** A weight times a value: what a cell of a map is the sum of. */
export interface PixelProduct {
  readonly source: PixelSource;
  readonly place: readonly number[];
  readonly tap: readonly number[];
  readonly weight: number;
  readonly value: number;
}

export const isPixelRank = (rank: number): boolean => rank in PLACES;

/** Taps along an axis: the first map has one plane of them. */
export const pixelTaps = (rank: number, kernels: PixelKernels): number => Math.round(kernels[0].length ** (1 / rank));

function weightsAt(
  rank: number,
  taps: readonly (readonly [tap: readonly number[], weight: number])[],
  side = FIRST_TAPS,
): readonly number[] {
  const plane = new Array<number>(side ** rank).fill(0);
  for (const [tap, weight] of taps) plane[tap.reduce((flat, at) => flat * side + at, 0)] = weight;
  return plane;
}

/** Output `2n + corner` reads by a tap `n + (corner + p_begin − t·d) / 2`; nothing where that is half a cell. */
function overOf({ dilation, padBegin }: AxisPlan, corner: number, tap: number): number | undefined {
  const twice = corner + padBegin - tap * dilation;
  return twice % 2 === 0 ? twice / 2 : undefined;
}

/**
 * The kernels by which the maps are the phases of a transposed convolution of stride 2: each reads the input by the
 * taps that its phase has, and no map before. Nothing for other layers, or where they would have too many taps.
 *
 * @param plane the weights of one input channel for one output channel, in C order
 */
export function phasePixelKernels({ kind, rank, axes }: Plan, plane: ArrayLike<number>): PixelKernels | undefined {
  if (kind !== 'convTranspose' || !isPixelRank(rank) || axes.some(({ stride }) => stride !== 2)) return undefined;
  const reach = Math.max(
    ...axes.flatMap((axis) =>
      [0, 1].flatMap((corner) =>
        Array.from({ length: axis.kernel }, (_, tap) => Math.abs(overOf(axis, corner, tap) ?? 0)),
      ),
    ),
  );
  const side = Math.max(FIRST_TAPS, 2 * reach + 1);
  if (side > MOST_TAPS) return undefined;
  const kernel = axes.map((axis) => axis.kernel);
  return PLACES[rank].map((corner, map) => {
    const taps: (readonly [tap: readonly number[], weight: number])[] = [];
    forEachPosition(kernel, (position, flat) => {
      const overs = position.map((tap, axis) => overOf(axes[axis], corner[axis], tap));
      if (overs.every((over) => over !== undefined))
        taps.push([overs.map((over) => over + (side - 1) / 2), plane[flat]]);
    });
    return [...weightsAt(rank, taps, side), ...new Array<number>(map * side ** rank).fill(0)];
  });
}

/**
 * The kernels to begin with: the first map copies the input, and each later one is the mean of the cells of earlier
 * maps that are its neighbours in the output. So the output is smooth, and each source's weights can be seen to matter.
 */
export function firstPixelKernels(rank: number): PixelKernels {
  if (rank === 1) {
    const half = weightsAt(1, [
      [[1], 1 / 2],
      [[2], 1 / 2],
    ]);
    return [weightsAt(1, [[[1], 1]]), [...weightsAt(1, []), ...half]];
  }
  const none = weightsAt(2, []);
  const quarter = (...taps: readonly (readonly number[])[]): readonly number[] =>
    weightsAt(
      2,
      taps.map((tap) => [tap, 1 / 4]),
    );
  return [
    weightsAt(2, [[[1, 1], 1]]),
    // F2 lies between four of F1; F3 between two of F1 and two of F2, as F4 does, turned.
    [...none, ...quarter([1, 1], [1, 2], [2, 1], [2, 2])],
    [...none, ...quarter([1, 1], [1, 2]), ...quarter([0, 1], [1, 1])],
    [...none, ...quarter([1, 1], [2, 1]), ...quarter([1, 0], [1, 1]), ...none],
  ];
}

/** The kernels of a document, or those to begin with: a document of another rank was edited before. */
export function pixelKernelsOf(rank: number, kernels: PixelKernels | undefined): PixelKernels {
  if (kernels?.length !== PLACES[rank].length) return firstPixelKernels(rank);
  const side = pixelTaps(rank, kernels);
  const fits = kernels.every(({ length }, map) => length === (map + 1) * side ** rank);
  return fits && side % 2 === 1 && side <= MOST_TAPS ? kernels : firstPixelKernels(rank);
}

/** The same kernels with so many taps along an axis: those that are added, all around, are 0; else outer ones go. */
export function withPixelTaps(rank: number, kernels: PixelKernels, side: number): PixelKernels {
  const had = pixelTaps(rank, kernels);
  const area = had ** rank;
  const added = (side - had) / 2;
  const taps = new Array<number>(rank).fill(had);
  const resized = (plane: readonly number[]): readonly number[] => {
    const kept: (readonly [tap: readonly number[], weight: number])[] = [];
    forEachPosition(taps, (position, flat) => {
      const tap = position.map((at) => at + added);
      if (tap.every((at) => at >= 0 && at < side)) kept.push([tap, plane[flat]]);
    });
    return weightsAt(rank, kept, side);
  };
  return kernels.map((weights) =>
    Array.from({ length: weights.length / area }, (_, plane) =>
      resized(weights.slice(plane * area, (plane + 1) * area)),
    ).flat(),
  );
}

const sourcesOf = (map: number, variant: PixelVariant): readonly PixelSource[] => [
  ...(map === 0 || variant === 'inputPixel' ? ['F' as const] : []),
  ...Array.from({ length: map }, (_, at) => at),
];

/** Where each map's cells go in a block of the output, and what it reads. */
export const pixelReads = (rank: number, variant: PixelVariant): readonly Pick<PixelMap, 'corner' | 'sources'>[] =>
  PLACES[rank].map((corner, map) => ({ corner, sources: sourcesOf(map, variant) }));

/** Which plane of a map's weights a source has: the input's stands first, whether it is read or not. */
export const planeOfSource = (source: PixelSource): number => (source === 'F' ? 0 : source + 1);

/** A plane made twice as large; `input` is `(1, 1, spatial…)` of one or two axes. */
export function pixelMaps(input: Tensor, kernels: PixelKernels, variant: PixelVariant): PixelMaps {
  const sizes = input.shape.slice(2);
  const rank = sizes.length;
  const side = pixelTaps(rank, kernels);
  const area = side ** rank;
  const taps = sizes.map(() => side);
  const read = PLACES[rank].map((_, map) => sourcesOf(map, variant));
  const weights = read.map((sources, map) =>
    sources.map((source) => {
      const from = planeOfSource(source) * area;
      return kernels[map].slice(from, from + area);
    }),
  );
  const tensors = weights.map((planes) => tensorOf(input.dtype, [1, planes.length, ...taps], planes.flat()));
  const parts = pixelParts(input, tensors, variant);
  return {
    variant,
    side,
    input,
    maps: parts.map((values, number) => ({
      number,
      corner: PLACES[rank][number],
      sources: read[number],
      weights: weights[number],
      values,
    })),
    output: interleaved(parts),
  };
}

const valuesOf = ({ input, maps }: PixelMaps, source: PixelSource): Tensor =>
  source === 'F' ? input : maps[source].values;

const flatOf = (shape: readonly number[], place: readonly number[]): number =>
  place.reduce((flat, at, axis) => flat * shape[axis] + at, 0);

/** The value of a cell of the input or of a map. */
export const pixelValue = (pixels: PixelMaps, source: PixelSource, place: readonly number[]): number =>
  valuesOf(pixels, source).data[flatOf(pixels.input.shape.slice(2), place)];

/** Everything that a cell of a map is the sum of: taps that lie on a cell, those with the weight 0 left out. */
export function pixelProducts(pixels: PixelMaps, map: PixelMap, place: readonly number[]): readonly PixelProduct[] {
  const sizes = pixels.input.shape.slice(2);
  const products: PixelProduct[] = [];
  map.sources.forEach((source, at) => {
    forEachPosition(
      sizes.map(() => pixels.side),
      (position, flat) => {
        const weight = map.weights[at][flat];
        const from = place.map((each, axis) => each + position[axis] - (pixels.side - 1) / 2);
        if (weight === 0 || from.some((each, axis) => each < 0 || each >= sizes[axis])) return;
        products.push({ source, place: from, tap: [...position], weight, value: pixelValue(pixels, source, from) });
      },
    );
  });
  return products;
}

/** Whether any weight of a map for a source is other than 0. */
export const readsAny = ({ sources, weights }: PixelMap, source: PixelSource): boolean =>
  weights[sources.indexOf(source)]?.some((weight) => weight !== 0) ?? false;

/** Where in the output a cell of a map goes, and the other way. */
export const placeInOutput = ({ corner }: PixelMap, place: readonly number[]): readonly number[] =>
  place.map((at, axis) => 2 * at + corner[axis]);

export function cellOfOutput(
  { maps }: PixelMaps,
  output: readonly number[],
): { readonly map: PixelMap; readonly place: readonly number[] } {
  const corner = output.map((at) => at % 2).join();
  const map = maps.find((each) => each.corner.join() === corner) ?? maps[0];
  return { map, place: output.map((at) => Math.floor(at / 2)) };
}

/** What a cell of a map is of the input alone: the weight of each element, by its flat index. */
export function weightsOfInput(
  pixels: PixelMaps,
): (map: PixelMap, place: readonly number[]) => ReadonlyMap<number, number> {
  const sizes = pixels.input.shape.slice(2);
  const known = new Map<string, ReadonlyMap<number, number>>();
  const expand = (map: PixelMap, place: readonly number[]): ReadonlyMap<number, number> => {
    const key = `${map.number} ${place.join()}`;
    const before = known.get(key);
    if (before) return before;
    const sums = new Map<number, number>();
    const add = (flat: number, weight: number): void => void sums.set(flat, (sums.get(flat) ?? 0) + weight);
    for (const { source, place: from, weight } of pixelProducts(pixels, map, place)) {
      if (source === 'F') add(flatOf(sizes, from), weight);
      else for (const [flat, share] of expand(pixels.maps[source], from)) add(flat, weight * share);
    }
    known.set(key, sums);
    return sums;
  };
  return expand;
}

/** Neighbours in the output, along an axis, of which one is made from the other; and how many neighbours there are. */
export interface Adjacency {
  readonly tied: number;
  readonly pairs: number;
}

/** The neighbours of an output that it is made from. */
export function neighboursRead(pixels: PixelMaps, output: readonly number[]): readonly (readonly number[])[] {
  const { map, place } = cellOfOutput(pixels, output);
  return pixelProducts(pixels, map, place).flatMap(({ source, place: from }) => {
    if (source === 'F') return [];
    const there = placeInOutput(pixels.maps[source], from);
    const distance = there.reduce((sum, at, axis) => sum + Math.abs(at - output[axis]), 0);
    return distance === 1 ? [there] : [];
  });
}

export function adjacencyOf(pixels: PixelMaps): Adjacency {
  const sizes = pixels.output.shape.slice(2);
  let tied = 0;
  forEachPosition(sizes, (output) => (tied += neighboursRead(pixels, output).length));
  const all = elementCount(sizes);
  const pairs = sizes.reduce((sum, size) => sum + (all / size) * (size - 1), 0);
  return { tied, pairs };
}
