/**
 * One channel, 3 × 3, stride 1: what is left of a convolution when there is nothing to sum over but the taps, and
 * memory is the limit. Output (y, x) sums input (y + t − p, x + u − p) times weight (t, u). Two output rows are made
 * together, so that the two input rows between them are loaded once: the tile is 2 rows × 1 vector, twelve loads for 18
 * multiply-adds. Four input rows stand in a ring in scratch, row r in slot r mod 4; each pair of output rows brings two
 * new ones.
 */
import {
  PLANE_BIAS_AT,
  PLANE_COLUMN_PAD,
  PLANE_GROUPS,
  PLANE_INPUT_AT,
  PLANE_INPUT_COLUMNS,
  PLANE_INPUT_ROWS,
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

/** Outputs [top, until) of two rows, a whole number of vectors. */
function twoRows<T>(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  weight: usize,
  bias: T,
  top: usize,
  bottom: usize,
  until: usize,
): void {
  const size = sizeof<T>();
  const a = v128.load_splat<T>(weight),
    b = v128.load_splat<T>(weight, size),
    c = v128.load_splat<T>(weight, 2 * size);
  const e = v128.load_splat<T>(weight, 3 * size),
    f = v128.load_splat<T>(weight, 4 * size),
    g = v128.load_splat<T>(weight, 5 * size);
  const h = v128.load_splat<T>(weight, 6 * size),
    i = v128.load_splat<T>(weight, 7 * size),
    j = v128.load_splat<T>(weight, 8 * size);
  const start = v128.splat<T>(bias);
  let s = start,
    t = start;
  for (let vector = 0; ; vector++) {
    if (vector > 0) {
      let x = v128.load(r2),
        y = v128.load(r2, sizeof<T>()),
        z = v128.load(r2, 2 * sizeof<T>());
      v128.store(top, madd<T>(j, z, madd<T>(i, y, madd<T>(h, x, s))));
      t = madd<T>(g, z, madd<T>(f, y, madd<T>(e, x, t)));
      v128.store(
        bottom,
        madd<T>(
          j,
          v128.load(r3, 2 * sizeof<T>()),
          madd<T>(i, v128.load(r3, sizeof<T>()), madd<T>(h, v128.load(r3), t)),
        ),
      );
      top += 16;
      if (top >= until) return;
      bottom += 16;
      r2 += 16;
      r3 += 16;
    }
    let x = v128.load(r1),
      y = v128.load(r1, sizeof<T>()),
      z = v128.load(r1, 2 * sizeof<T>());
    t = madd<T>(c, z, madd<T>(b, y, madd<T>(a, x, start)));
    s = madd<T>(g, z, madd<T>(f, y, madd<T>(e, x, start)));
    s = madd<T>(
      c,
      v128.load(r0, 2 * sizeof<T>()),
      madd<T>(b, v128.load(r0, sizeof<T>()), madd<T>(a, v128.load(r0), s)),
    );
    r0 += 16;
    r1 += 16;
  }
}

/** Task = (image and channel, block of rows). */
@inline
function stencil<T>(d: usize, task: i32, scratch: usize): void {
  const tasks = word(d, PLANE_TASKS),
    taskRows = word(d, PLANE_TASK_ROWS),
    pitch = at(d, PLANE_SCRATCH_PITCH);
  const plane = task / tasks,
    channel = plane % word(d, PLANE_GROUPS);
  const width = word(d, PLANE_OUTPUT_COLUMNS),
    height = word(d, PLANE_OUTPUT_ROWS),
    rowPad = word(d, PLANE_ROW_PAD);
  const source =
    at(d, PLANE_INPUT_AT) +
    <usize>plane * <usize>(word(d, PLANE_INPUT_ROWS) * word(d, PLANE_INPUT_COLUMNS)) * sizeof<T>();
  const target = at(d, PLANE_OUTPUT_AT) + <usize>plane * <usize>(height * width) * sizeof<T>();
  const weight = at(d, PLANE_WEIGHT_AT) + <usize>(9 * channel) * sizeof<T>();
  const biases = at(d, PLANE_BIAS_AT);
  const bias = biases ? load<T>(biases + <usize>channel * sizeof<T>()) : <T>0;
  const rowBytes = <usize>width * sizeof<T>(),
    whole = rowBytes & ~15;
  const ring = scratch + 4 * MARGIN,
    spare = ring + 4 * pitch;
  const from = (task % tasks) * taskRows,
    end = min(height, from + taskRows);
  const inset = MARGIN - <usize>word(d, PLANE_COLUMN_PAD) * sizeof<T>();
  memory.fill(ring, 0, 4 * pitch);
  for (let row = from - rowPad; row < from - rowPad + 2; row++)
    bringRow(d, source, row, ring + <usize>(row & 3) * pitch, sizeof<T>());
  for (let y = from; y < end; y += 2) {
    const row = y - rowPad;
    bringRow(d, source, row + 2, ring + <usize>((row + 2) & 3) * pitch, sizeof<T>());
    bringRow(d, source, row + 3, ring + <usize>((row + 3) & 3) * pitch, sizeof<T>());
    const r0 = ring + <usize>(row & 3) * pitch + inset,
      r1 = ring + <usize>((row + 1) & 3) * pitch + inset;
    const r2 = ring + <usize>((row + 2) & 3) * pitch + inset,
      r3 = ring + <usize>((row + 3) & 3) * pitch + inset;
    const top = target + <usize>y * rowBytes;
    // The second row of a last, odd one goes nowhere.
    const bottom = y + 1 < end ? top + rowBytes : spare;
    twoRows<T>(r0, r1, r2, r3, weight, bias, top, bottom, top + whole);
    if (whole < rowBytes) {
      twoRows<T>(r0 + whole, r1 + whole, r2 + whole, r3 + whole, weight, bias, scratch, scratch + MARGIN, scratch + 16);
      memory.copy(top + whole, scratch, rowBytes - whole);
      memory.copy(bottom + whole, scratch + MARGIN, rowBytes - whole);
    }
  }
}

export function stencilF32(d: usize, task: i32, scratch: usize): void {
  stencil<f32>(d, task, scratch);
}
export function stencilF64(d: usize, task: i32, scratch: usize): void {
  stencil<f64>(d, task, scratch);
}
