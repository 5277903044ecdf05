/**
 * The sparse matrix C and products with it. A row of C is a site (an output of a convolution, an input of a transposed one) of one
 * channel; its entries are the places `site·s + tap·d − p` that lie inside, by column channel and then in C order. Along a row of
 * sites all but a few at either end have the same entries, `s` columns further each time, so they are laid out once as a pattern
 * (columns and values) and stamped. The stamp writes whole vectors and may write past its end as long as
 * sites of the same row follow to overwrite that; the last ones are written exactly. Which taps lie inside is told by tables per site and per row of sites.
 */
import {
  CSR_CHANNEL_ENTRIES, CSR_COLUMNS_AT, CSR_COLUMN_CHANNELS, CSR_DILATION, CSR_KERNEL_AREA, CSR_PAD, CSR_PLACE_AREA, CSR_POINTERS_AT, CSR_ROWS_AT, CSR_ROW_CHANNELS, CSR_ROW_ENTRIES,
  CSR_ROW_WORDS, CSR_SEGMENTS_AT, CSR_SITES, CSR_SITES_AT, CSR_SITE_ROWS, CSR_SITE_WORDS, CSR_STRIDE, CSR_TAPS, CSR_VALUES_AT, CSR_WEIGHT_AT,
  PRODUCT_COLUMNS_AT, PRODUCT_FROM_AT, PRODUCT_POINTERS_AT, PRODUCT_ROWS, PRODUCT_TASK_ROWS, PRODUCT_TO_AT, PRODUCT_VALUES_AT,
} from '../kernels/layout';
import { at, word } from './simd';

/** Columns and values of a site at which all taps lie inside, as if it were site 0. */
function layPattern<T>(d: usize, channel: i32, row: usize, columns: usize, values: usize): void {
  const taps = word(d, CSR_TAPS), dilation = word(d, CSR_DILATION), pad = word(d, CSR_PAD), within = word(d, CSR_COLUMN_CHANNELS);
  const firstChannel = channel / word(d, CSR_ROW_CHANNELS) * within;
  const segments = at(d, CSR_SEGMENTS_AT) + <usize>(word(row, 1) * 8), count = word(row, 2);
  let i: usize = 0;
  for (let c = 0; c < within; c++) {
    const place = (firstChannel + c) * word(d, CSR_PLACE_AREA) - pad;
    const weight = at(d, CSR_WEIGHT_AT) + <usize>((channel * within + c) * word(d, CSR_KERNEL_AREA)) * sizeof<T>();
    for (let segment = 0; segment < count; segment++) {
      const base = word(segments, 2 * segment), kernel = weight + at(segments, 2 * segment + 1) * sizeof<T>();
      for (let tap = 0; tap < taps; tap++, i++) {
        store<i32>(columns + (i << 2), place + base + tap * dilation);
        store<T>(values + i * sizeof<T>(), load<T>(kernel + <usize>tap * sizeof<T>()));
      }
    }
  }
}

/** All `entries` of the pattern, `shift` columns further; writes up to one vector past the end. */
@inline
function stamp<T>(columns: usize, values: usize, entries: i32, shift: i32, toColumns: usize, toValues: usize): void {
  const moved = i32x4.splat(shift);
  for (let i = 0; i < entries; i += 4, columns += 16, toColumns += 16, values += 4 * sizeof<T>(), toValues += 4 * sizeof<T>()) {
    v128.store(toColumns, i32x4.add(v128.load(columns), moved));
    v128.store(toValues, v128.load(values));
    if (sizeof<T>() == 8) v128.store(toValues, v128.load(values, 16), 16);
  }
}

/**
 * The same for a run of `sites` neighbouring sites with a pattern of at most twelve float32 entries, which stays in registers. Three
 * vectors are written whatever the pattern's length. Pointers, columns and values are written one after another: the processor fills whole lines without
 * reading them first as long as there is one place where it writes (25 GB/s; 13 with two places that take turns).
 */
function stampShort(columns: usize, values: usize, entries: usize, shift: i32, stride: i32, sites: i32, pointer: usize, entry: usize, toColumns: usize, toValues: usize): void {
  const bytes = entries << 2;
  toColumns += entry << 2;
  toValues += entry << 2;
  for (const end = pointer + ((<usize>sites) << 2); pointer < end; pointer += 4, entry += entries) store<u32>(pointer, <u32>entry);
  let c0 = i32x4.add(v128.load(columns), i32x4.splat(shift)), c1 = i32x4.add(v128.load(columns, 16), i32x4.splat(shift)), c2 = i32x4.add(v128.load(columns, 32), i32x4.splat(shift));
  const step = i32x4.splat(stride);
  for (let site = 0; site < sites; site++, toColumns += bytes) {
    v128.store(toColumns, c0);
    v128.store(toColumns, c1, 16);
    v128.store(toColumns, c2, 32);
    c0 = i32x4.add(c0, step);
    c1 = i32x4.add(c1, step);
    c2 = i32x4.add(c2, step);
  }
  const v0 = v128.load(values), v1 = v128.load(values, 16), v2 = v128.load(values, 32);
  for (let site = 0; site < sites; site++, toValues += bytes) {
    v128.store(toValues, v0);
    v128.store(toValues, v1, 16);
    v128.store(toValues, v2, 32);
  }
}

/** Taps [first, first + count) of each segment of the pattern, exactly. */
function stampPart<T>(columns: usize, values: usize, entries: i32, taps: i32, first: i32, count: i32, shift: i32, toColumns: usize, toValues: usize): void {
  for (let segment = 0; segment < entries; segment += taps) {
    for (let tap = segment + first; tap < segment + first + count; tap++, toColumns += 4, toValues += sizeof<T>()) {
      store<i32>(toColumns, load<i32>(columns + ((<usize>tap) << 2)) + shift);
      store<T>(toValues, load<T>(values + <usize>tap * sizeof<T>()));
    }
  }
}

/** Task = (row channel, row of sites). */
@inline
function csr<T>(d: usize, task: i32, scratch: usize): void {
  const siteRows = word(d, CSR_SITE_ROWS), sites = word(d, CSR_SITES), taps = word(d, CSR_TAPS), stride = word(d, CSR_STRIDE);
  const channel = task / siteRows, within = word(d, CSR_COLUMN_CHANNELS);
  const row = at(d, CSR_ROWS_AT) + <usize>((task % siteRows) * CSR_ROW_WORDS * 4);
  const blocks = within * word(row, 2), entries = blocks * taps;
  const columns = scratch, values = scratch + ((<usize>entries + 12) << 2);
  layPattern<T>(d, channel, row, columns, values);
  const start = at(d, CSR_CHANNEL_ENTRIES) * <usize>channel + at(row, 0) * <usize>within;
  const end = start + at(d, CSR_ROW_ENTRIES) * <usize>blocks;
  const toColumns = at(d, CSR_COLUMNS_AT), toValues = at(d, CSR_VALUES_AT);
  let pointer = at(d, CSR_POINTERS_AT) + <usize>(task * sites) * 4, site = at(d, CSR_SITES_AT);
  for (let x = 0; x < sites; x++, pointer += 4, site += CSR_SITE_WORDS * 4) {
    const entry = start + at(site, 2) * <usize>blocks, count = word(site, 1);
    store<u32>(pointer, <u32>entry);
    if (sizeof<T>() == 4 && count == taps && entries > 0 && entries <= 12) {
      // As many whole sites as stand together and as leave twelve entries before the end of the row.
      let run = 0;
      for (let next = site; x + run < sites && word(next, 1) == taps && entry + <usize>(run * entries) + 12 <= end; next += CSR_SITE_WORDS * 4) run++;
      if (run > 0) {
        stampShort(columns, values, <usize>entries, x * stride, stride, run, pointer, entry, toColumns, toValues);
        x += run - 1;
        pointer += (<usize>(run - 1)) << 2;
        site += <usize>((run - 1) * CSR_SITE_WORDS * 4);
        continue;
      }
    }
    const columnAt = toColumns + (entry << 2), valueAt = toValues + entry * sizeof<T>();
    if (count == taps && entry + <usize>((entries + 3) & ~3) <= end) stamp<T>(columns, values, entries, x * stride, columnAt, valueAt);
    else stampPart<T>(columns, values, entries, taps, word(site, 0), count, x * stride, columnAt, valueAt);
  }
}

/** y = C·x, row by row; two sums, so that one addition need not wait for the other. */
@inline
function product<T>(d: usize, task: i32): void {
  const first = task * word(d, PRODUCT_TASK_ROWS), end = min(word(d, PRODUCT_ROWS), first + word(d, PRODUCT_TASK_ROWS));
  const columns = at(d, PRODUCT_COLUMNS_AT), values = at(d, PRODUCT_VALUES_AT), from = at(d, PRODUCT_FROM_AT);
  const pointers = at(d, PRODUCT_POINTERS_AT);
  let to = at(d, PRODUCT_TO_AT) + <usize>first * sizeof<T>();
  let entry = at(pointers, first);
  for (let row = first; row < end; row++, to += sizeof<T>()) {
    const until = at(pointers, row + 1);
    let a: T = 0, b: T = 0;
    for (; entry + 2 <= until; entry += 2) {
      const column = columns + (entry << 2), value = values + entry * sizeof<T>();
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
  const first = task * word(d, PRODUCT_TASK_ROWS), end = min(word(d, PRODUCT_ROWS), first + word(d, PRODUCT_TASK_ROWS));
  const columns = at(d, PRODUCT_COLUMNS_AT), values = at(d, PRODUCT_VALUES_AT), to = at(d, PRODUCT_TO_AT);
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
  csr<f32>(d, task, scratch);
}
export function csrF64(d: usize, task: i32, scratch: usize): void {
  csr<f64>(d, task, scratch);
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
