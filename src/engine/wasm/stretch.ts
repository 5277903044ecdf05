/**
 * One-channel transposed convolution whose column stride s is a whole number of vectors (bilinear upsampling by 4, 8,
 * 16, 32) and whose kernel is at most two strides wide. Lanes lie along the output row. In the uncropped lattice `o + p
 * = s·q + r`, output (q, r) sums over m, n ∈ {0, 1} input (qy − m, qx − n) times weight (ry + s·m, rx + s·n): for a
 * vector of consecutive rx, four products of one input element and four consecutive weights. A row of outputs is done
 * one vector of rx at a time, so that its four weight vectors stay in registers while q runs. Weights come packed as
 * [channel][2·s_y][2·s_x], zeros beyond the kernel.
 */
import {
  PLANE_BIAS_AT,
  PLANE_COLUMN_PAD,
  PLANE_COLUMN_STRIDE,
  PLANE_GROUPS,
  PLANE_INPUT_AT,
  PLANE_INPUT_COLUMNS,
  PLANE_INPUT_ROWS,
  PLANE_OUTPUT_AT,
  PLANE_OUTPUT_COLUMNS,
  PLANE_OUTPUT_ROWS,
  PLANE_ROW_PAD,
  PLANE_ROW_STRIDE,
  PLANE_TASKS,
  PLANE_TASK_ROWS,
  PLANE_WEIGHT_AT,
} from '../kernels/layout';
import { rowAt } from './rows';
import { at, madd, word } from './simd';

/** Element `column` of a row, 0 outside of it. */
@inline
function elementAt<T>(row: usize, column: i32, columns: i32): T {
  return column < 0 || column >= columns ? <T>0 : load<T>(row + <usize>column * sizeof<T>());
}

/** The part of a vector of outputs that is not cropped; `x` is the column of its first lane. */
function storePart<T>(row: usize, x: i32, width: i32, values: v128, scratch: usize): void {
  v128.store(scratch, values);
  for (let lane = 0; lane < 16 / <i32>sizeof<T>(); lane++) {
    if (x + lane >= 0 && x + lane < width)
      store<T>(row + <usize>(x + lane) * sizeof<T>(), load<T>(scratch + <usize>lane * sizeof<T>()));
  }
}

/**
 * Outputs s·q + r − p of one row, for all q and the lanes of `vectors` (1 or 2) neighbouring vectors of r. `near` and
 * `far` are input rows qy and qy − 1, `upper` and `lower` the weights under them, `second` bytes before those for the
 * column before.
 */
function comb<T>(
  near: usize,
  far: usize,
  columns: i32,
  upper: usize,
  lower: usize,
  second: usize,
  start: v128,
  row: usize,
  x: i32,
  stride: i32,
  width: i32,
  vectors: i32,
  scratch: usize,
): void {
  const lanes = 16 / <i32>sizeof<T>();
  const w00 = v128.load(upper),
    w01 = v128.load(upper + second),
    w10 = v128.load(lower),
    w11 = v128.load(lower + second);
  const u00 = v128.load(upper, 16),
    u01 = v128.load(upper + second, 16),
    u10 = v128.load(lower, 16),
    u11 = v128.load(lower + second, 16);
  let q = 0;
  // Vectors that are cut by either edge of the output, and those of the first and the last q, which lack a neighbour.
  for (; q <= columns && x < width && (q == 0 || x < 0); q++, x += stride) {
    storePart<T>(row, x, width, sumAt<T>(near, far, columns, q, w00, w01, w10, w11, start), scratch);
    if (vectors == 2)
      storePart<T>(row, x + lanes, width, sumAt<T>(near, far, columns, q, u00, u01, u10, u11, start), scratch);
  }
  const step = <usize>stride * sizeof<T>();
  let to = row + <usize>x * sizeof<T>(),
    from = near + <usize>q * sizeof<T>(),
    other = far + <usize>q * sizeof<T>();
  for (
    ;
    q < columns && x + vectors * lanes <= width;
    q++, x += stride, to += step, from += sizeof<T>(), other += sizeof<T>()
  ) {
    const a = v128.load_splat<T>(from),
      b = v128.load_splat<T>(from - sizeof<T>());
    const c = v128.load_splat<T>(other),
      e = v128.load_splat<T>(other - sizeof<T>());
    v128.store(to, madd<T>(w11, e, madd<T>(w10, c, madd<T>(w01, b, madd<T>(w00, a, start)))));
    if (vectors == 2) v128.store(to, madd<T>(u11, e, madd<T>(u10, c, madd<T>(u01, b, madd<T>(u00, a, start)))), 16);
  }
  // Beyond the last input's kernel (output padding) no tap reaches, and the sum is the bias.
  for (; x < width; q++, x += stride) {
    storePart<T>(row, x, width, sumAt<T>(near, far, columns, q, w00, w01, w10, w11, start), scratch);
    if (vectors == 2)
      storePart<T>(row, x + lanes, width, sumAt<T>(near, far, columns, q, u00, u01, u10, u11, start), scratch);
  }
}

/** One vector of outputs, every input asked whether it is there. */
function sumAt<T>(
  near: usize,
  far: usize,
  columns: i32,
  q: i32,
  w00: v128,
  w01: v128,
  w10: v128,
  w11: v128,
  start: v128,
): v128 {
  let sum = madd<T>(w00, v128.splat<T>(elementAt<T>(near, q, columns)), start);
  sum = madd<T>(w01, v128.splat<T>(elementAt<T>(near, q - 1, columns)), sum);
  sum = madd<T>(w10, v128.splat<T>(elementAt<T>(far, q, columns)), sum);
  return madd<T>(w11, v128.splat<T>(elementAt<T>(far, q - 1, columns)), sum);
}

/** Task = (image and channel, block of output rows). */
@inline
function stretch<T>(d: usize, task: i32, scratch: usize): void {
  const tasks = word(d, PLANE_TASKS),
    taskRows = word(d, PLANE_TASK_ROWS);
  const plane = task / tasks,
    channel = plane % word(d, PLANE_GROUPS);
  const columns = word(d, PLANE_INPUT_COLUMNS),
    width = word(d, PLANE_OUTPUT_COLUMNS),
    height = word(d, PLANE_OUTPUT_ROWS);
  const rowStride = word(d, PLANE_ROW_STRIDE),
    stride = word(d, PLANE_COLUMN_STRIDE);
  const source = at(d, PLANE_INPUT_AT) + <usize>plane * <usize>(word(d, PLANE_INPUT_ROWS) * columns) * sizeof<T>();
  const target = at(d, PLANE_OUTPUT_AT) + <usize>plane * <usize>(height * width) * sizeof<T>();
  const weightRow = <usize>(2 * stride) * sizeof<T>();
  const weight = at(d, PLANE_WEIGHT_AT) + <usize>(channel * 2 * rowStride) * weightRow;
  const biases = at(d, PLANE_BIAS_AT);
  const start = v128.splat<T>(biases ? load<T>(biases + <usize>channel * sizeof<T>()) : <T>0);
  const lanes = 16 / <i32>sizeof<T>();
  const end = min(height, ((task % tasks) + 1) * taskRows);
  for (let y = (task % tasks) * taskRows; y < end; y++) {
    const u = y + word(d, PLANE_ROW_PAD);
    const q = u / rowStride,
      r = u % rowStride;
    const near = rowAt<T>(d, source, q),
      far = rowAt<T>(d, source, q - 1);
    const upper = weight + <usize>r * weightRow,
      lower = upper + <usize>rowStride * weightRow;
    const row = target + <usize>(y * width) * sizeof<T>();
    const vectors = stride % (2 * lanes) == 0 ? 2 : 1;
    for (let v = 0; v < stride; v += vectors * lanes) {
      const shift = <usize>v * sizeof<T>();
      comb<T>(
        near,
        far,
        columns,
        upper + shift,
        lower + shift,
        <usize>stride * sizeof<T>(),
        start,
        row,
        v - word(d, PLANE_COLUMN_PAD),
        stride,
        width,
        vectors,
        scratch,
      );
    }
  }
}

export function stretchF32(d: usize, task: i32, scratch: usize): void {
  stretch<f32>(d, task, scratch);
}
export function stretchF64(d: usize, task: i32, scratch: usize): void {
  stretch<f64>(d, task, scratch);
}
