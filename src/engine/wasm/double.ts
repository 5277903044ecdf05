/**
 * Transposed convolution of stride 2 with few channels and a kernel of at most 4 × 4: output written once, straight from
 * registers. In the uncropped lattice `o + p = 2q + r` both phases r of an axis read inputs q and q − 1, under taps r and r + 2.
 * Rows are done in that lattice: lattice row q makes output rows 2q − p and the next from input rows q and q − 1. Columns are
 * done from output 0 on, so that whole vectors are written: outputs 2j (phase r = p mod 2) and 2j + 1 (the other phase) read
 * inputs j + ⌊p/2⌋ − n and j + ⌊(p+1)/2⌋ − n, n ∈ {0, 1}. The tile is 4 phases × 2 vectors of j: eight sums, then the two column
 * phases are interleaved into 16 (or 8) consecutive outputs of two rows.
 * Weights come packed as [output][input][m][n][row phase][column phase], zeros where the kernel has no such tap (k < 4).
 * Input rows are first copied into the thread's scratch between zeros, see wasm/rows.ts.
 */
import {
  PLANE_BIAS_AT, PLANE_COLUMN_PAD, PLANE_GROUPS, PLANE_INPUTS, PLANE_INPUT_AT, PLANE_INPUT_COLUMNS, PLANE_INPUT_ROWS, PLANE_KERNEL_COLUMNS, PLANE_KERNEL_ROWS, PLANE_OUTPUTS, PLANE_OUTPUT_AT,
  PLANE_OUTPUT_COLUMNS, PLANE_OUTPUT_ROWS, PLANE_ROW_PAD, PLANE_SCRATCH_PITCH, PLANE_TASKS, PLANE_TASK_ROWS, PLANE_WEIGHT_AT,
} from '../kernels/layout';
import { bringRow, MARGIN } from './rows';
import { at, madd, word } from './simd';

/** Even and odd columns of one row, two vectors each, interleaved. */
@inline
function weave<T>(to: usize, even0: v128, even1: v128, odd0: v128, odd1: v128): void {
  if (sizeof<T>() == 4) {
    v128.store(to, v128.shuffle<f32>(even0, odd0, 0, 4, 1, 5));
    v128.store(to, v128.shuffle<f32>(even0, odd0, 2, 6, 3, 7), 16);
    v128.store(to, v128.shuffle<f32>(even1, odd1, 0, 4, 1, 5), 32);
    v128.store(to, v128.shuffle<f32>(even1, odd1, 2, 6, 3, 7), 48);
  } else {
    v128.store(to, v128.shuffle<f64>(even0, odd0, 0, 2));
    v128.store(to, v128.shuffle<f64>(even0, odd0, 1, 3), 16);
    v128.store(to, v128.shuffle<f64>(even1, odd1, 0, 2), 32);
    v128.store(to, v128.shuffle<f64>(even1, odd1, 1, 3), 48);
  }
}

/** Copies input row `row` of every channel of the group into scratch. */
function bringRows<T>(d: usize, source: usize, row: i32, to: usize, pitch: usize): void {
  const planeBytes = <usize>(word(d, PLANE_INPUT_ROWS) * word(d, PLANE_INPUT_COLUMNS)) * sizeof<T>();
  for (let c = word(d, PLANE_INPUTS); c > 0; c--, to += pitch, source += planeBytes) bringRow<T>(d, source, row, to);
}

/** One lattice row of one output channel; `near` and `far` are rows q and q − 1 in scratch. A cropped output row is 0. */
function latticeRow<T>(near: usize, far: usize, pitch: usize, inputs: i32, weight: usize, bias: T, pad: i32, top: usize, bottom: usize, width: i32, tall: bool, wide: bool, rest: usize): void {
  const span = 32 / <i32>sizeof<T>();
  const start = v128.splat<T>(bias);
  // The first column phase of the output is phase (p mod 2) of the lattice; an odd padding swaps the two.
  const odd = <usize>(pad & 1) * sizeof<T>(), even = sizeof<T>() - odd;
  // Lattice phase 1 has a second tap only where the kernel is 4 long: `tall` and `wide`.
  const evenPair = wide || (pad & 1) == 0, oddPair = wide || (pad & 1) == 1;
  const evenStart = MARGIN + <usize>(pad >> 1) * sizeof<T>(), oddStart = MARGIN + <usize>((pad + 1) >> 1) * sizeof<T>();
  for (let j = 0; 2 * j < width; j += span) {
    let a0 = start, a1 = start, b0 = start, b1 = start, e0 = start, e1 = start, f0 = start, f1 = start;
    const column = <usize>j * sizeof<T>();
    let w = weight;
    let row = near + column, other = far + column;
    for (let c = 0; c < inputs; c++, w += 16 * sizeof<T>(), row += pitch, other += pitch) {
      const we = w + odd, wo = w + even;
      let x0: v128, x1: v128, v: v128;
      x0 = v128.load(row + evenStart);
      x1 = v128.load(row + evenStart, 16);
      v = v128.load_splat<T>(we);
      a0 = madd<T>(v, x0, a0);
      a1 = madd<T>(v, x1, a1);
      v = v128.load_splat<T>(we, 2 * sizeof<T>());
      e0 = madd<T>(v, x0, e0);
      e1 = madd<T>(v, x1, e1);
      x0 = v128.load(row + oddStart);
      x1 = v128.load(row + oddStart, 16);
      v = v128.load_splat<T>(wo);
      b0 = madd<T>(v, x0, b0);
      b1 = madd<T>(v, x1, b1);
      v = v128.load_splat<T>(wo, 2 * sizeof<T>());
      f0 = madd<T>(v, x0, f0);
      f1 = madd<T>(v, x1, f1);
      if (evenPair) {
        x0 = v128.load(row + evenStart - sizeof<T>());
        x1 = v128.load(row + evenStart - sizeof<T>(), 16);
        v = v128.load_splat<T>(we, 4 * sizeof<T>());
        a0 = madd<T>(v, x0, a0);
        a1 = madd<T>(v, x1, a1);
        v = v128.load_splat<T>(we, 6 * sizeof<T>());
        e0 = madd<T>(v, x0, e0);
        e1 = madd<T>(v, x1, e1);
      }
      if (oddPair) {
        x0 = v128.load(row + oddStart - sizeof<T>());
        x1 = v128.load(row + oddStart - sizeof<T>(), 16);
        v = v128.load_splat<T>(wo, 4 * sizeof<T>());
        b0 = madd<T>(v, x0, b0);
        b1 = madd<T>(v, x1, b1);
        v = v128.load_splat<T>(wo, 6 * sizeof<T>());
        f0 = madd<T>(v, x0, f0);
        f1 = madd<T>(v, x1, f1);
      }
      x0 = v128.load(other + evenStart);
      x1 = v128.load(other + evenStart, 16);
      v = v128.load_splat<T>(we, 8 * sizeof<T>());
      a0 = madd<T>(v, x0, a0);
      a1 = madd<T>(v, x1, a1);
      if (tall) {
        v = v128.load_splat<T>(we, 10 * sizeof<T>());
        e0 = madd<T>(v, x0, e0);
        e1 = madd<T>(v, x1, e1);
      }
      x0 = v128.load(other + oddStart);
      x1 = v128.load(other + oddStart, 16);
      v = v128.load_splat<T>(wo, 8 * sizeof<T>());
      b0 = madd<T>(v, x0, b0);
      b1 = madd<T>(v, x1, b1);
      if (tall) {
        v = v128.load_splat<T>(wo, 10 * sizeof<T>());
        f0 = madd<T>(v, x0, f0);
        f1 = madd<T>(v, x1, f1);
      }
      if (evenPair) {
        x0 = v128.load(other + evenStart - sizeof<T>());
        x1 = v128.load(other + evenStart - sizeof<T>(), 16);
        v = v128.load_splat<T>(we, 12 * sizeof<T>());
        a0 = madd<T>(v, x0, a0);
        a1 = madd<T>(v, x1, a1);
        if (tall) {
          v = v128.load_splat<T>(we, 14 * sizeof<T>());
          e0 = madd<T>(v, x0, e0);
          e1 = madd<T>(v, x1, e1);
        }
      }
      if (oddPair) {
        x0 = v128.load(other + oddStart - sizeof<T>());
        x1 = v128.load(other + oddStart - sizeof<T>(), 16);
        v = v128.load_splat<T>(wo, 12 * sizeof<T>());
        b0 = madd<T>(v, x0, b0);
        b1 = madd<T>(v, x1, b1);
        if (tall) {
          v = v128.load_splat<T>(wo, 14 * sizeof<T>());
          f0 = madd<T>(v, x0, f0);
          f1 = madd<T>(v, x1, f1);
        }
      }
    }
    const offset = 2 * column;
    if (2 * (j + span) <= width) {
      if (top) weave<T>(top + offset, a0, a1, b0, b1);
      if (bottom) weave<T>(bottom + offset, e0, e1, f0, f1);
    } else {
      const left = <usize>(width - 2 * j) * sizeof<T>();
      weave<T>(rest, a0, a1, b0, b1);
      if (top) memory.copy(top + offset, rest, left);
      weave<T>(rest, e0, e1, f0, f1);
      if (bottom) memory.copy(bottom + offset, rest, left);
    }
  }
}

/** Task = (image and group, block of lattice rows); all output channels, so that the input rows are still in L1 for the next. */
@inline
function double<T>(d: usize, task: i32, scratch: usize): void {
  const tasks = word(d, PLANE_TASKS), taskRows = word(d, PLANE_TASK_ROWS);
  const plane = task / tasks, group = plane % word(d, PLANE_GROUPS);
  const inputs = word(d, PLANE_INPUTS), outputs = word(d, PLANE_OUTPUTS), pad = word(d, PLANE_COLUMN_PAD), rowPad = word(d, PLANE_ROW_PAD);
  const width = word(d, PLANE_OUTPUT_COLUMNS), height = word(d, PLANE_OUTPUT_ROWS);
  const rowBytes = <usize>width * sizeof<T>();
  const source = at(d, PLANE_INPUT_AT) + <usize>(plane * inputs) * <usize>(word(d, PLANE_INPUT_ROWS) * word(d, PLANE_INPUT_COLUMNS)) * sizeof<T>();
  const firstRow = rowPad >> 1, lastRow = (height - 1 + rowPad) >> 1;
  const from = firstRow + (task % tasks) * taskRows, end = min(lastRow + 1, from + taskRows);
  const biases = at(d, PLANE_BIAS_AT);
  const pitch = at(d, PLANE_SCRATCH_PITCH);
  let near = scratch + 2 * MARGIN, far = near + <usize>inputs * pitch;
  memory.fill(near, 0, 2 * <usize>inputs * pitch);
  bringRows<T>(d, source, from - 1, far, pitch);
  for (let row = from; row < end; row++) {
    bringRows<T>(d, source, row, near, pitch);
    const y = 2 * row - rowPad;
    for (let output = 0; output < outputs; output++) {
      const channel = group * outputs + output;
      const bias = biases ? load<T>(biases + <usize>channel * sizeof<T>()) : <T>0;
      const target = at(d, PLANE_OUTPUT_AT) + (<usize>(plane * outputs + output) * <usize>height) * rowBytes;
      const top = y >= 0 && y < height ? target + <usize>y * rowBytes : 0;
      const bottom = y + 1 >= 0 && y + 1 < height ? target + <usize>(y + 1) * rowBytes : 0;
      const weight = at(d, PLANE_WEIGHT_AT) + <usize>(channel * inputs * 16) * sizeof<T>();
      latticeRow<T>(near, far, pitch, inputs, weight, bias, pad, top, bottom, width, word(d, PLANE_KERNEL_ROWS) > 3, word(d, PLANE_KERNEL_COLUMNS) > 3, scratch);
    }
    const used = far;
    far = near;
    near = used;
  }
}

export function doubleF32(d: usize, task: i32, scratch: usize): void {
  double<f32>(d, task, scratch);
}
