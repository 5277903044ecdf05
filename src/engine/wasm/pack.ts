/**
 * Weights in the order in which the tiles read them: [phase][depth block][tile][k][row of the tile], so that a task
 * walks through them once, forwards. The weight of (row, k) is `weight[rows[row] + steps[k]]`: the row table says which
 * output channel (and folded row phase), the step table which input channel and tap.
 */
import {
  COLUMN_STEP,
  HEIGHT,
  PACKED_AT,
  PACKED_GROUP_PITCH,
  PHASES_AT,
  PHASE_DEPTH,
  PHASE_PACKED,
  PHASE_PAIRS,
  PHASE_WEIGHT_STEPS_AT,
  PHASE_WORDS,
  TILES,
  WEIGHT_AT,
  WEIGHT_GROUP_PITCH,
  WEIGHT_ROWS_AT,
} from '../kernels/layout';
import { blockDepth, tileHeight, tileStart } from './dense';
import { at, word } from './simd';

/** Task = (group, phase, tile). Weights are only moved, so their size is a parameter: one kernel for both types. */
function pack(d: usize, task: i32, size: usize): void {
  const tiles = word(d, TILES),
    phases = word(d, PHASE_PAIRS) * word(d, COLUMN_STEP);
  const tile = task % tiles;
  task /= tiles;
  const phase = at(d, PHASES_AT) + <usize>((task % phases) * PHASE_WORDS * 4);
  const group = <usize>(task / phases);
  const depth = word(phase, PHASE_DEPTH),
    step = blockDepth(depth),
    height = word(d, HEIGHT);
  const rows = tileHeight(d, tile),
    firstRow = tileStart(d, tile);
  const steps = at(phase, PHASE_WEIGHT_STEPS_AT),
    rowTable = at(d, WEIGHT_ROWS_AT) + ((<usize>firstRow) << 2);
  const source = at(d, WEIGHT_AT) + group * at(d, WEIGHT_GROUP_PITCH);
  const target = at(d, PACKED_AT) + group * at(d, PACKED_GROUP_PITCH) + at(phase, PHASE_PACKED);
  for (let done = 0; done < depth; done += step) {
    const block = min(step, depth - done);
    let to = target + (<usize>done * <usize>height + <usize>firstRow * <usize>block) * size;
    for (let k = done; k < done + block; k++) {
      const from = source + <usize>load<u32>(steps + ((<usize>k) << 2)) * size;
      if (size == 4) {
        for (let row = 0; row < rows; row++, to += 4)
          store<u32>(to, load<u32>(from + ((<usize>load<u32>(rowTable + ((<usize>row) << 2))) << 2)));
      } else {
        for (let row = 0; row < rows; row++, to += 8)
          store<u64>(to, load<u64>(from + ((<usize>load<u32>(rowTable + ((<usize>row) << 2))) << 3)));
      }
    }
  }
}

export function packF32(d: usize, task: i32, _scratch: usize): void {
  pack(d, task, 4);
}
export function packF64(d: usize, task: i32, _scratch: usize): void {
  pack(d, task, 8);
}
