import { elementCount } from '../tensor/tensor';
import { type Grid, forEachRow, gridOf } from './grid';

/** What is left of a grid when its axes are cut to a multiple of the factors. */
export const wholeBlocks = (shape: readonly number[], factors: readonly number[]): readonly number[] =>
  shape.map((size, axis) => size - (size % factors[axis]));

const blocksOf = (shape: readonly number[], factors: readonly number[]): readonly number[] =>
  shape.map((size, axis) => Math.floor(size / factors[axis]));

/** For the flat index of a row's beginning: where the block row that it lies in begins among the blocks. */
function blockRow(place: readonly number[], factors: readonly number[], blocks: readonly number[]): number {
  let flat = 0;
  place.forEach((at, axis) => (flat = flat * blocks[axis] + Math.floor(at / factors[axis])));
  return flat * blocks[blocks.length - 1];
}

/** Means of blocks: `F.avg_pool(x, factors)`. Sizes are multiples of the factors. */
export function blockMeans({ shape, data }: Grid, factors: readonly number[]): Grid {
  const blocks = blocksOf(shape, factors);
  const made = gridOf(blocks);
  const last = factors[factors.length - 1];
  forEachRow(shape, (begin, place) => {
    const to = blockRow(place, factors, blocks);
    for (let at = 0; at < shape[shape.length - 1]; at++) made.data[to + Math.floor(at / last)] += data[begin + at];
  });
  const area = elementCount(factors);
  for (let each = 0; each < made.data.length; each++) made.data[each] /= area;
  return made;
}

export interface Pooled {
  readonly values: Grid;
  /** Where each maximum stood, as a flat index: the first of several. */
  readonly indices: Float64Array;
}

/** `F.max_pool(x, factors, return_indices=True)`. Sizes are multiples of the factors; a NaN is larger than all. */
export function maxPool({ shape, data }: Grid, factors: readonly number[]): Pooled {
  const blocks = blocksOf(shape, factors);
  const values = gridOf(blocks, -Infinity);
  const indices = new Float64Array(values.data.length).fill(-1);
  const last = factors[factors.length - 1];
  forEachRow(shape, (begin, place) => {
    const to = blockRow(place, factors, blocks);
    for (let at = 0; at < shape[shape.length - 1]; at++) {
      const block = to + Math.floor(at / last);
      const value = data[begin + at];
      if (indices[block] >= 0 && !(value > values.data[block]) && !Number.isNaN(value)) continue;
      values.data[block] = value;
      indices[block] = begin + at;
    }
  });
  return { values, indices };
}

/** `F.max_unpool`: each value where its maximum stood, 0 everywhere else. */
export function maxUnpool({ values, indices }: Pooled, shape: readonly number[]): Grid {
  const made = gridOf(shape);
  values.data.forEach((value, at) => (made.data[indices[at]] = value));
  return made;
}

/** Indices that unpool into the first cell of each block: where nothing was pooled, there is nothing to remember. */
export function firstOfBlocks(sizes: readonly number[], factors: readonly number[]): Float64Array {
  const shape = sizes.map((size, axis) => size * factors[axis]);
  const indices = new Float64Array(elementCount(sizes));
  let at = 0;
  forEachRow(sizes, (_, place) => {
    let row = 0;
    place.forEach((each, axis) => (row = row * shape[axis] + each * factors[axis]));
    for (let column = 0; column < sizes[sizes.length - 1]; column++)
      indices[at++] = row * shape[shape.length - 1] + column * factors[factors.length - 1];
  });
  return indices;
}
