import { elementCount } from '../tensor/tensor';
import { type Grid, forEachRow, gridOf } from './grid';
import { LeastSquares } from './leastSquares';

/** Taps along an axis of the convolution before the shuffle. */
const TAPS = 3;

/** Pixel shuffle's output `s·n + ρ` is channel `ρ` at `n`; channels in C order of `ρ`: `F.pixel_shuffle`. */
export function shuffled(channels: readonly Grid[], factors: readonly number[]): Grid {
  const { shape } = channels[0];
  const made = gridOf(shape.map((size, axis) => size * factors[axis]));
  forEachRow(made.shape, (begin, place) => {
    let line = 0;
    let leading = 0;
    place.forEach((at, axis) => {
      line = line * shape[axis] + Math.floor(at / factors[axis]);
      leading = leading * factors[axis] + (at % factors[axis]);
    });
    const [columns, factor] = [shape[shape.length - 1], factors[factors.length - 1]];
    for (let at = 0; at < columns * factor; at++)
      made.data[begin + at] = channels[leading * factor + (at % factor)].data[line * columns + Math.floor(at / factor)];
  });
  return made;
}

/** The 3-tap neighbourhood of every element, zeros outside, `visit`ed in C order; the array is reused. */
function forEachNeighbourhood({ shape, data }: Grid, visit: (around: Float64Array, flat: number) => void): void {
  const rank = shape.length;
  const around = new Float64Array(TAPS ** rank);
  const place = new Array<number>(rank).fill(0);
  const total = elementCount(shape);
  for (let flat = 0; flat < total; flat++) {
    for (let tap = 0; tap < around.length; tap++) {
      let rest = tap;
      let index = 0;
      let pitch = 1;
      let isInside = true;
      for (let axis = rank - 1; axis >= 0; axis--) {
        const at = place[axis] + (rest % TAPS) - 1;
        isInside &&= at >= 0 && at < shape[axis];
        index += at * pitch;
        pitch *= shape[axis];
        rest = Math.floor(rest / TAPS);
      }
      around[tap] = isInside ? data[index] : 0;
    }
    visit(around, flat);
    for (let axis = rank - 1; axis >= 0; axis--) {
      if (++place[axis] < shape[axis]) break;
      place[axis] = 0;
    }
  }
}

/**
 * A convolution of 3 taps an axis into as many channels as a block has cells, then pixel shuffle (Shi et al.,
 * "Real-time single image super-resolution", 2016), with the weights that come nearest to `wanted` in the sum of
 * squares: fitted to this one picture, so no other weights do better. Padded with zeros, no bias.
 */
export function fittedShuffle(small: Grid, wanted: Grid, factors: readonly number[]): Grid {
  const phases = elementCount(factors);
  const targets = channelsOf(wanted, factors);
  const squares = new LeastSquares(TAPS ** small.shape.length, phases);
  const side = new Float64Array(phases);
  forEachNeighbourhood(small, (around, flat) => {
    targets.forEach((target, phase) => (side[phase] = target.data[flat]));
    squares.add(around, side);
  });
  const kernels = squares.solve();
  const channels = kernels.map(() => gridOf(small.shape));
  forEachNeighbourhood(small, (around, flat) => {
    kernels.forEach((kernel, phase) => {
      let sum = 0;
      for (let tap = 0; tap < kernel.length; tap++) sum += kernel[tap] * around[tap];
      channels[phase].data[flat] = sum;
    });
  });
  return shuffled(channels, factors);
}

/** `F.pixel_unshuffle`: the cells of blocks as channels. */
export function channelsOf(grid: Grid, factors: readonly number[]): readonly Grid[] {
  const sizes = grid.shape.map((size, axis) => size / factors[axis]);
  const channels = Array.from({ length: elementCount(factors) }, () => gridOf(sizes));
  const [columns, factor] = [sizes[sizes.length - 1], factors[factors.length - 1]];
  forEachRow(grid.shape, (begin, place) => {
    let line = 0;
    let leading = 0;
    place.forEach((at, axis) => {
      line = line * sizes[axis] + Math.floor(at / factors[axis]);
      leading = leading * factors[axis] + (at % factors[axis]);
    });
    for (let at = 0; at < columns * factor; at++)
      channels[leading * factor + (at % factor)].data[line * columns + Math.floor(at / factor)] = grid.data[begin + at];
  });
  return channels;
}
