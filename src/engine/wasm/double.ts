/**
 * Transposed convolution of stride 2 with few channels and a kernel of at most 4 × 4: each output is written once,
 * straight from registers.
 *
 * In the uncropped lattice `o + p = 2q + r` both phases r of an axis read inputs q and q − 1, under taps r and r + 2.
 * Rows are done in that lattice: row q of it makes output rows 2q − p and the next, from input rows q and q − 1.
 * Columns are done from output 0 on, so that whole vectors are written. With h = j + ⌊p/2⌋, outputs 2j are of phase p
 * mod 2 and read inputs h and h − 1; outputs 2j + 1 are of the other phase and read the same where p is even, and h + 1
 * and h where it is odd.
 *
 * The tile is 4 phases × 2 vectors of j: eight sums. Then the two column phases are interleaved into 16 consecutive
 * outputs of two rows. Weights come packed as [output][input][m][column phase][n][row phase], each four times: a whole
 * vector is loaded in one instruction, while spreading one element over a vector takes two here. Where the kernel has
 * no such tap they are zeros. Input rows are first copied into the thread's scratch, between zeros: see rows.ts.
 */
import {
  PLANE_BIAS_AT,
  PLANE_COLUMN_PAD,
  PLANE_GROUPS,
  PLANE_INPUTS,
  PLANE_INPUT_AT,
  PLANE_INPUT_COLUMNS,
  PLANE_INPUT_ROWS,
  PLANE_KERNEL_COLUMNS,
  PLANE_KERNEL_ROWS,
  PLANE_OUTPUTS,
  PLANE_OUTPUT_AT,
  PLANE_OUTPUT_COLUMNS,
  PLANE_OUTPUT_ROWS,
  PLANE_ROW_PAD,
  PLANE_SCRATCH_PITCH,
  PLANE_TASKS,
  PLANE_TASK_ROWS,
  PLANE_WEIGHT_AT,
} from '../kernels/layout';
import { bringRow, MARGIN } from './rows';
import { at, madd, word } from './simd';

/** Bytes of the weights of one input channel. */
const WEIGHTS: usize = 256;
/** Those that meet one of the two rows. */
const HALF: usize = WEIGHTS / 2;

/** Copies input row `row` of every channel of the group into scratch. */
function bringRows(d: usize, source: usize, row: i32, to: usize, pitch: usize): void {
  const planeBytes = <usize>(word(d, PLANE_INPUT_ROWS) * word(d, PLANE_INPUT_COLUMNS)) * 4;
  for (let c = word(d, PLANE_INPUTS); c > 0; c--, to += pitch, source += planeBytes) bringRow(d, source, row, to, 4);
}

/** Even and odd columns of one row, interleaved. */
@inline
function weave(to: usize, even: v128, odd: v128): void {
  v128.store(to, v128.shuffle<f32>(even, odd, 0, 4, 1, 5));
  v128.store(to, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16);
}

/**
 * Two output rows, `tiles` tiles of 16 columns. `near` and `far` are rows q and q − 1 of the first channel in scratch,
 * from input h − 1 on; `odd` says that p is odd. A cropped row has a step of 0: all of it goes to one place.
 */
function latticeRow(
  near: usize,
  far: usize,
  pitch: usize,
  weights: usize,
  end: usize,
  start: v128,
  top: usize,
  topStep: usize,
  bottom: usize,
  bottomStep: usize,
  tiles: i32,
  odd: i32,
): void {
  for (; tiles > 0; tiles--, near += 32, far += 32, top += topStep, bottom += bottomStep) {
    let a0 = start,
      a1 = start,
      b0 = start,
      b1 = start,
      e0 = start,
      e1 = start,
      f0 = start,
      f1 = start;
    let row = near,
      other = far;
    for (let w = weights; w < end; w += HALF) {
      let x0 = v128.load(row),
        x1 = v128.load(row, 16),
        y0 = v128.load(row, 4),
        y1 = v128.load(row, 20);
      let v = v128.load(w);
      a0 = madd<f32>(v, y0, a0);
      a1 = madd<f32>(v, y1, a1);
      v = v128.load(w, 16);
      e0 = madd<f32>(v, y0, e0);
      e1 = madd<f32>(v, y1, e1);
      v = v128.load(w, 32);
      a0 = madd<f32>(v, x0, a0);
      a1 = madd<f32>(v, x1, a1);
      v = v128.load(w, 48);
      e0 = madd<f32>(v, x0, e0);
      e1 = madd<f32>(v, x1, e1);
      if (odd) {
        x0 = y0;
        x1 = y1;
        y0 = v128.load(row, 8);
        y1 = v128.load(row, 24);
      }
      v = v128.load(w, 64);
      b0 = madd<f32>(v, y0, b0);
      b1 = madd<f32>(v, y1, b1);
      v = v128.load(w, 80);
      f0 = madd<f32>(v, y0, f0);
      f1 = madd<f32>(v, y1, f1);
      v = v128.load(w, 96);
      b0 = madd<f32>(v, x0, b0);
      b1 = madd<f32>(v, x1, b1);
      v = v128.load(w, 112);
      f0 = madd<f32>(v, x0, f0);
      f1 = madd<f32>(v, x1, f1);
      // Row q and row q − 1 of a channel in turn, then the next channel's.
      const next = other;
      other = row + pitch;
      row = next;
    }
    weave(top, a0, b0);
    weave(top + 32, a1, b1);
    weave(bottom, e0, f0);
    weave(bottom + 32, e1, f1);
  }
}

/**
 * The same for one input channel and a kernel of at most 3 × 3, in tiles of 8 columns: memory is the limit, and the
 * nine weights stay in registers. One column phase has a single tap, under the first of two neighbouring inputs where p
 * is odd and under the second where it is even.
 */
function shortRow(
  near: usize,
  far: usize,
  weights: usize,
  start: v128,
  top: usize,
  topStep: usize,
  bottom: usize,
  bottomStep: usize,
  tiles: i32,
  odd: i32,
): void {
  // The weights of the column phase with one tap and of the two of the other.
  const one = weights + (odd ? 0 : 64),
    two = weights + (odd ? 64 : 0);
  const w1 = v128.load(one),
    w0 = v128.load(two),
    w2 = v128.load(two, 32);
  const v1 = v128.load(one, 16),
    v0 = v128.load(two, 16),
    v2 = v128.load(two, 48);
  const u1 = v128.load(one, 128),
    u0 = v128.load(two, 128),
    u2 = v128.load(two, 160);
  const inset: usize = odd ? 4 : 0;
  near += inset;
  far += inset;
  const single: usize = 4 - inset;
  for (; tiles > 0; tiles--, near += 16, far += 16, top += topStep, bottom += bottomStep) {
    let x = v128.load(near),
      y = v128.load(near, 4),
      z = v128.load(near + single);
    let a = madd<f32>(v1, z, start),
      b = madd<f32>(v2, x, madd<f32>(v0, y, start));
    weave(bottom, odd ? a : b, odd ? b : a);
    a = madd<f32>(w1, z, start);
    b = madd<f32>(w2, x, madd<f32>(w0, y, start));
    x = v128.load(far);
    y = v128.load(far, 4);
    z = v128.load(far + single);
    a = madd<f32>(u1, z, a);
    b = madd<f32>(u2, x, madd<f32>(u0, y, b));
    weave(top, odd ? a : b, odd ? b : a);
  }
}

/**
 * Task = (image and group, block of lattice rows). It makes all output channels, so that the input rows are still in L1
 * for the next.
 */
export function doubleF32(d: usize, task: i32, scratch: usize): void {
  const tasks = word(d, PLANE_TASKS),
    taskRows = word(d, PLANE_TASK_ROWS);
  const plane = task / tasks,
    group = plane % word(d, PLANE_GROUPS);
  const inputs = word(d, PLANE_INPUTS),
    outputs = word(d, PLANE_OUTPUTS),
    pad = word(d, PLANE_COLUMN_PAD),
    rowPad = word(d, PLANE_ROW_PAD);
  const height = word(d, PLANE_OUTPUT_ROWS);
  const rowBytes = at(d, PLANE_OUTPUT_COLUMNS) << 2;
  const source =
    at(d, PLANE_INPUT_AT) +
    <usize>(plane * inputs) * <usize>(word(d, PLANE_INPUT_ROWS) * word(d, PLANE_INPUT_COLUMNS)) * 4;
  const from = (rowPad >> 1) + (task % tasks) * taskRows,
    end = min(((height - 1 + rowPad) >> 1) + 1, from + taskRows);
  const biases = at(d, PLANE_BIAS_AT);
  const pitch = at(d, PLANE_SCRATCH_PITCH),
    size = <usize>inputs * WEIGHTS;
  const short = inputs == 1 && max(word(d, PLANE_KERNEL_ROWS), word(d, PLANE_KERNEL_COLUMNS)) < 4;
  const step: usize = short ? 32 : 64;
  const rest = rowBytes & (step - 1),
    whole = rowBytes - rest;
  const inset = MARGIN - 4 + ((<usize>(pad >> 1)) << 2);
  let near = scratch + 2 * MARGIN,
    far = near + <usize>inputs * pitch;
  memory.fill(near, 0, 2 * <usize>inputs * pitch);
  for (let row = from - 1; row < end; row++) {
    bringRows(d, source, row, near, pitch);
    const y = 2 * row - rowPad;
    const topStep = y >= 0 && y < height ? step : 0,
      bottomStep = y + 1 >= 0 && y + 1 < height ? step : 0;
    for (let output = row < from ? outputs : 0; output < outputs; output++) {
      const channel = group * outputs + output;
      const start = v128.splat<f32>(biases ? load<f32>(biases + ((<usize>channel) << 2)) : <f32>0);
      const weights = at(d, PLANE_WEIGHT_AT) + <usize>channel * size;
      const target = at(d, PLANE_OUTPUT_AT) + (<usize>(plane * outputs + output) * <usize>height + <usize>y) * rowBytes;
      let top = topStep ? target : scratch,
        bottom = bottomStep ? target + rowBytes : scratch + MARGIN;
      let first = near + inset,
        second = far + inset,
        tiles = <i32>(whole / step);
      // Whole tiles, then the last, partial one by way of scratch.
      for (let partial = false; ; partial = true) {
        if (short) shortRow(first, second, weights, start, top, topStep, bottom, bottomStep, tiles, pad & 1);
        else
          latticeRow(
            first,
            second,
            pitch,
            weights,
            weights + size,
            start,
            top,
            topStep,
            bottom,
            bottomStep,
            tiles,
            pad & 1,
          );
        if (rest == 0) break;
        if (partial) {
          if (topStep) memory.copy(target + whole, scratch, rest);
          if (bottomStep) memory.copy(target + rowBytes + whole, scratch + MARGIN, rest);
          break;
        }
        first += whole >> 1;
        second += whole >> 1;
        top = scratch;
        bottom = scratch + MARGIN;
        tiles = 1;
      }
    }
    const used = far;
    far = near;
    near = used;
  }
}
