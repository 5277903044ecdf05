/**
 * The sparse matrix C and products with it. A row of C is a site (an output of a convolution, an input of a transposed
 * one) of one channel; its entries are the places `site·s + tap·d − p` that lie inside, by column channel and then in C
 * order.
 *
 * Along a row of sites all but a few at either end have the same entries, `s` columns further each time. So the entries
 * are laid out once, as a pattern, and stamped. Columns and values are stamped alike, as words of 32 bits: values are
 * columns that do not move, and a float64 value is two words. A stamp writes whole vectors; it may write past its end
 * as long as sites of the same row follow and overwrite that, and the last ones are written exactly. Which taps lie
 * inside is told by tables per site and per row of sites.
 *
 * Row pointers, columns and values are written one whole array after another, which is nearly twice as fast as in
 * turns: docs/decisions/0009.
 */
import {
  CSR_CHANNEL_ENTRIES,
  CSR_COLUMNS_AT,
  CSR_COLUMN_CHANNELS,
  CSR_DILATION,
  CSR_FULL_FROM,
  CSR_FULL_SITES,
  CSR_KERNEL_AREA,
  CSR_PAD,
  CSR_PLACE_AREA,
  CSR_POINTERS_AT,
  CSR_ROWS_AT,
  CSR_ROW_CHANNELS,
  CSR_ROW_ENTRIES,
  CSR_ROW_TASKS,
  CSR_ROW_WORDS,
  CSR_SEGMENTS_AT,
  CSR_SITES,
  CSR_SITES_AT,
  CSR_SITE_ROWS,
  CSR_SITE_WORDS,
  CSR_STRIDE,
  CSR_TAPS,
  CSR_VALUES_AT,
  CSR_WEIGHT_AT,
  PRODUCT_COLUMNS_AT,
  PRODUCT_FROM_AT,
  PRODUCT_POINTERS_AT,
  PRODUCT_ROWS,
  PRODUCT_TASK_ROWS,
  PRODUCT_TO_AT,
  PRODUCT_VALUES_AT,
} from '../kernels/layout';
import { at, word } from './simd';

/** Columns (or values) of a site at which all taps lie inside, as if it were site 0. */
function layPattern(d: usize, channel: i32, row: usize, columns: bool, words: i32, to: usize): void {
  const taps = word(d, CSR_TAPS),
    dilation = word(d, CSR_DILATION),
    pad = word(d, CSR_PAD),
    within = word(d, CSR_COLUMN_CHANNELS);
  const firstChannel = (channel / word(d, CSR_ROW_CHANNELS)) * within;
  const segments = at(d, CSR_SEGMENTS_AT) + <usize>(word(row, 1) * 8),
    count = word(row, 2);
  for (let c = 0; c < within; c++) {
    const place = (firstChannel + c) * word(d, CSR_PLACE_AREA) - pad;
    const weight = at(d, CSR_WEIGHT_AT) + <usize>((channel * within + c) * word(d, CSR_KERNEL_AREA) * words * 4);
    for (let segment = 0; segment < count; segment++) {
      const base = place + word(segments, 2 * segment),
        kernel = weight + <usize>(word(segments, 2 * segment + 1) * words * 4);
      for (let item = 0; item < taps * words; item++, to += 4)
        store<i32>(to, columns ? base + item * dilation : word(kernel, item));
    }
  }
}

/**
 * Stamps the pattern, `bytes` long, at `sites` neighbouring sites, its words greater by `step` at each. Writes up to a
 * vector past the end, and never less than 48 bytes.
 */
function stamp(pattern: usize, bytes: usize, shift: i32, step: i32, sites: i32, to: usize): void {
  const steps = i32x4.splat(step);
  let moved = i32x4.splat(shift);
  if (bytes <= SHORT) {
    // It stays in registers.
    let a = i32x4.add(v128.load(pattern), moved),
      b = i32x4.add(v128.load(pattern, 16), moved),
      c = i32x4.add(v128.load(pattern, 32), moved);
    for (let site = 0; site < sites; site++, to += bytes) {
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      a = i32x4.add(a, steps);
      b = i32x4.add(b, steps);
      c = i32x4.add(c, steps);
    }
    return;
  }
  for (let site = 0; site < sites; site++, to += bytes) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, i32x4.add(v128.load(pattern + i), moved));
    moved = i32x4.add(moved, steps);
  }
}
const SHORT: usize = 48;

/** `count` words from word `first` on of every `words` words of the pattern, exactly. */
function stampPart(pattern: usize, bytes: usize, words: i32, first: i32, count: i32, shift: i32, to: usize): void {
  for (const end = pattern + bytes; pattern < end; pattern += (<usize>words) << 2) {
    for (let i = first; i < first + count; i++, to += 4) store<i32>(to, word(pattern, i) + shift);
  }
}

/** `count` numbers from `first` on, `step` apart. */
function count32(to: usize, first: i32, step: i32, count: i32): void {
  const end = to + ((<usize>count) << 2);
  let v = i32x4.add(i32x4.splat(first), i32x4.mul(i32x4.splat(step), i32x4(0, 1, 2, 3)));
  for (const steps = i32x4.splat(4 * step); to + 16 <= end; to += 16, v = i32x4.add(v, steps)) v128.store(to, v);
  for (first = i32x4.extract_lane(v, 0); to < end; to += 4, first += step) store<i32>(to, first);
}

/**
 * Task = (array, row channel, row of sites): row pointers first, then columns, then values, of `size` words each. They
 * are only moved: one kernel for both types.
 */
function csr(d: usize, task: i32, scratch: usize, size: i32): void {
  const rowTasks = word(d, CSR_ROW_TASKS),
    array = task / rowTasks;
  task %= rowTasks;
  const siteRows = word(d, CSR_SITE_ROWS),
    sites = word(d, CSR_SITES),
    taps = word(d, CSR_TAPS);
  const channel = task / siteRows,
    within = word(d, CSR_COLUMN_CHANNELS);
  const row = at(d, CSR_ROWS_AT) + <usize>((task % siteRows) * CSR_ROW_WORDS * 4);
  const blocks = within * word(row, 2),
    entries = blocks * taps;
  const start = word(d, CSR_CHANNEL_ENTRIES) * channel + word(row, 0) * within;
  const table = at(d, CSR_SITES_AT),
    fullFrom = word(d, CSR_FULL_FROM),
    fullSites = word(d, CSR_FULL_SITES);
  if (array == 0) {
    const pointers = at(d, CSR_POINTERS_AT) + <usize>(task * sites) * 4;
    for (let x = 0; x < sites; x++) {
      const entry = start + word(table, x * CSR_SITE_WORDS + 2) * blocks;
      if (x == fullFrom) {
        count32(pointers + ((<usize>x) << 2), entry, entries, fullSites);
        x += fullSites - 1;
      } else store<i32>(pointers + ((<usize>x) << 2), entry);
    }
    return;
  }
  if (entries == 0) return;
  const columns = array == 1;
  const words = columns ? 1 : size,
    step = columns ? word(d, CSR_STRIDE) : 0;
  layPattern(d, channel, row, columns, words, scratch);
  const each = (<usize>words) << 2,
    bytes = <usize>entries * each;
  const to = at(d, columns ? CSR_COLUMNS_AT : CSR_VALUES_AT) + <usize>start * each;
  const end = to + at(d, CSR_ROW_ENTRIES) * <usize>blocks * each;
  for (let x = 0; x < sites; x++) {
    const site = table + <usize>(x * CSR_SITE_WORDS * 4);
    const target = to + at(site, 2) * <usize>blocks * each;
    const written = max((bytes + 15) & ~15, SHORT);
    if (x == fullFrom && target + written <= end) {
      // As many whole sites as leave room for what the last of them writes.
      const run = <i32>min(<usize>fullSites, (end - written - target) / bytes + 1);
      stamp(scratch, bytes, x * step, step, run, target);
      x += run - 1;
    } else stampPart(scratch, bytes, taps * words, word(site, 0) * words, word(site, 1) * words, x * step, target);
  }
}

/** y = C·x, row by row; two sums, so that one addition need not wait for the other. */
@inline
function product<T>(d: usize, task: i32): void {
  const first = task * word(d, PRODUCT_TASK_ROWS),
    end = min(word(d, PRODUCT_ROWS), first + word(d, PRODUCT_TASK_ROWS));
  const columns = at(d, PRODUCT_COLUMNS_AT),
    values = at(d, PRODUCT_VALUES_AT),
    from = at(d, PRODUCT_FROM_AT);
  const pointers = at(d, PRODUCT_POINTERS_AT);
  let to = at(d, PRODUCT_TO_AT) + <usize>first * sizeof<T>();
  let entry = at(pointers, first);
  for (let row = first; row < end; row++, to += sizeof<T>()) {
    const until = at(pointers, row + 1);
    let a: T = 0,
      b: T = 0;
    for (; entry + 2 <= until; entry += 2) {
      const column = columns + (entry << 2),
        value = values + entry * sizeof<T>();
      a += load<T>(value) * load<T>(from + <usize>load<u32>(column) * sizeof<T>());
      b += load<T>(value, sizeof<T>()) * load<T>(from + <usize>load<u32>(column, 4) * sizeof<T>());
    }
    if (entry < until) {
      a += load<T>(values + entry * sizeof<T>()) * load<T>(from + at(columns, <i32>entry) * sizeof<T>());
      entry++;
    }
    store<T>(to, a + b);
  }
}

/** x += Cᵀ·y over a block of rows; blocks write to the same x, so they are done one after another. */
@inline
function productTransposed<T>(d: usize, task: i32): void {
  const first = task * word(d, PRODUCT_TASK_ROWS),
    end = min(word(d, PRODUCT_ROWS), first + word(d, PRODUCT_TASK_ROWS));
  const columns = at(d, PRODUCT_COLUMNS_AT),
    values = at(d, PRODUCT_VALUES_AT),
    to = at(d, PRODUCT_TO_AT);
  const pointers = at(d, PRODUCT_POINTERS_AT);
  let entry = at(pointers, first);
  for (let row = first; row < end; row++) {
    const until = at(pointers, row + 1);
    const y = load<T>(at(d, PRODUCT_FROM_AT) + <usize>row * sizeof<T>());
    for (; entry < until; entry++) {
      const x = to + <usize>load<u32>(columns + (entry << 2)) * sizeof<T>();
      store<T>(x, load<T>(x) + y * load<T>(values + entry * sizeof<T>()));
    }
  }
}

export function csrF32(d: usize, task: i32, scratch: usize): void {
  csr(d, task, scratch, 1);
}
export function csrF64(d: usize, task: i32, scratch: usize): void {
  csr(d, task, scratch, 2);
}
export function productF32(d: usize, task: i32, _scratch: usize): void {
  product<f32>(d, task);
}
export function productF64(d: usize, task: i32, _scratch: usize): void {
  product<f64>(d, task);
}
export function productTransposedF32(d: usize, task: i32, _scratch: usize): void {
  productTransposed<f32>(d, task);
}
export function productTransposedF64(d: usize, task: i32, _scratch: usize): void {
  productTransposed<f64>(d, task);
}
