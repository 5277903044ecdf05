/**
 * Dense convolution of either kind. A transposed convolution of stride s is Πs dense stride-1 convolutions, one per
 * residue (phase) of the output position: output `s·j + ρ` meets only the taps t with `(ρ + p − t·d) mod s = 0`, and
 * each of them under input `j + (ρ + p − t·d)/s`. So no zero is multiplied, and nothing is scattered. A plain
 * convolution is the case of one phase. For each phase the product is
 *
 *     sums[row][site] = Σ_k packed[k][row] · field[site + offsets[k]],   k = (input channel, tap)
 *
 * with a row per output channel. Where the output channels are few, the s row phases are rows as well (FOLD): in the
 * uncropped lattice `o + p = s·q + r` all of them read the same inputs, so they fill a tile that would stand half
 * empty.
 *
 * One task does TASK_VECTORS vectors of sites × TASK_TILES tiles × all column phases, from start to end: it owns its
 * outputs, so tasks may run in any order, on any thread. The sums of a task stand in the thread's own scratch, and
 * `deliver` interleaves the column phases into whole output rows.
 */
import {
  COLUMN_STEP,
  DEPTH_BLOCK,
  FIELD_AT,
  FIELD_GROUP_PITCH,
  FIELD_IMAGE_PITCH,
  FIELD_PLANE_PITCH,
  FIELD_ROW_PITCH,
  FOURS,
  GROUPS,
  HEIGHT,
  PACKED_AT,
  PACKED_GROUP_PITCH,
  PHASES_AT,
  PHASE_DEPTH,
  PHASE_OFFSETS_AT,
  PHASE_PACKED,
  PHASE_PAIRS,
  PHASE_WORDS,
  ROW_VECTORS,
  SITE_PLANES,
  SITE_ROWS,
  SITE_TASKS,
  SIXES,
  TASK_TILES,
  TASK_VECTORS,
  TILES,
  TILE_TASKS,
  TWOS,
} from '../kernels/layout';
import { deliver } from './deliver';
import { at, word } from './simd';
import { tileFew, tileFour, tileSix } from './tile';

// Called per tile or task, never per product: a function of its own is a kilobyte less than a copy at every place.
export function tileHeight(d: usize, tile: i32): i32 {
  const sixes = word(d, SIXES),
    fours = sixes + word(d, FOURS);
  return tile < sixes ? 6 : tile < fours ? 4 : tile < fours + word(d, TWOS) ? 2 : 1;
}

/** First row of a tile. */
export function tileStart(d: usize, tile: i32): i32 {
  const sixes = word(d, SIXES),
    fours = word(d, FOURS),
    twos = word(d, TWOS);
  if (tile <= sixes) return 6 * tile;
  if (tile <= sixes + fours) return 6 * sixes + 4 * (tile - sixes);
  if (tile <= sixes + fours + twos) return 6 * sixes + 4 * fours + 2 * (tile - sixes - fours);
  return word(d, HEIGHT);
}

/** Depth of a block: the phase's depth in equal parts of at most DEPTH_BLOCK. */
@inline
export function blockDepth(depth: i32): i32 {
  const blocks = (depth + DEPTH_BLOCK - 1) / DEPTH_BLOCK;
  return blocks == 0 ? 0 : (depth + blocks - 1) / blocks;
}

/**
 * Byte offset in the field of every vector of sites from `first` on; filled up to a multiple of four with the last one.
 */
export function placeSites(d: usize, first: i32, count: i32, table: usize): i32 {
  const perRow = word(d, ROW_VECTORS),
    rows = word(d, SITE_ROWS);
  const rowPitch = at(d, FIELD_ROW_PITCH),
    planePitch = at(d, FIELD_PLANE_PITCH);
  let column = first % perRow;
  const line = first / perRow;
  let row = line % rows,
    plane = line / rows;
  let offset: usize = 0;
  for (let i = 0; i < count; i++) {
    offset = <usize>plane * planePitch + <usize>row * rowPitch + ((<usize>column) << 4);
    store<u32>(table + ((<usize>i) << 2), <u32>offset);
    if (++column == perRow) {
      column = 0;
      if (++row == rows) {
        row = 0;
        plane++;
      }
    }
  }
  const padded = (count + 3) & ~3;
  for (let i = count; i < padded; i++) store<u32>(table + ((<usize>i) << 2), <u32>offset);
  return padded;
}

/**
 * One block of depth. Sites are the outer loop and tiles the inner one, so that the inputs of one tile's sites stay in
 * L1 while all weights stream past (docs/decisions/0008).
 */
function multiplyBlock<T>(
  d: usize,
  from: i32,
  to: i32,
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  vectors: i32,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  const sixes = word(d, SIXES),
    fours = sixes + word(d, FOURS);
  const end = sites + ((<usize>vectors) << 2);
  // Tiles of six and four rows take two vectors of sites; smaller ones, which come last, take four.
  const tall = max(from, min(to, fours));
  let column = sums;
  for (let pair = sites; pair < end && from < tall; pair += 8, column += 32) {
    let panel = weights,
      target = column;
    for (let tile = from; tile < tall; tile++) {
      if (tile < sixes) {
        tileSix<T>(depth, offsets, field, pair, panel, target, pitch, fresh);
        panel += <usize>(6 * depth) * sizeof<T>();
        target += 6 * pitch;
      } else {
        tileFour<T>(depth, offsets, field, pair, panel, target, pitch, fresh);
        panel += <usize>(4 * depth) * sizeof<T>();
        target += 4 * pitch;
      }
    }
  }
  const done = tileStart(d, tall) - tileStart(d, from);
  weights += <usize>(done * depth) * sizeof<T>();
  sums += <usize>done * pitch;
  for (let tile = tall; tile < to; tile++) {
    const rows = tileHeight(d, tile);
    tileFew<T>(rows, vectors, depth, offsets, field, sites, weights, sums, pitch, fresh);
    weights += <usize>(rows * depth) * sizeof<T>();
    sums += <usize>rows * pitch;
  }
}

/** Tiles [from, to) of one phase over the sites in `table`, all depth. */
export function multiply<T>(
  d: usize,
  phase: usize,
  field: usize,
  packed: usize,
  table: usize,
  vectors: i32,
  from: i32,
  to: i32,
  sums: usize,
): void {
  const depth = word(phase, PHASE_DEPTH);
  const pitch = (<usize>vectors) << 4;
  const firstRow = tileStart(d, from);
  if (depth == 0) {
    memory.fill(sums, 0, <usize>(tileStart(d, to) - firstRow) * pitch);
    return;
  }
  const height = word(d, HEIGHT),
    step = blockDepth(depth);
  const offsets = at(phase, PHASE_OFFSETS_AT);
  packed += at(phase, PHASE_PACKED);
  for (let done = 0; done < depth; done += step) {
    const block = min(step, depth - done);
    const weights = packed + (<usize>done * <usize>height + <usize>firstRow * <usize>block) * sizeof<T>();
    multiplyBlock<T>(
      d,
      from,
      to,
      block,
      offsets + ((<usize>done) << 2),
      field,
      table,
      vectors,
      weights,
      sums,
      pitch,
      done == 0,
    );
  }
}


@inline
function dense<T>(d: usize, task: i32, scratch: usize): void {
  const tileTasks = word(d, TILE_TASKS),
    siteTasks = word(d, SITE_TASKS),
    pairs = word(d, PHASE_PAIRS),
    groups = word(d, GROUPS);
  const from = (task % tileTasks) * word(d, TASK_TILES);
  task /= tileTasks;
  // The pairs in turns over the same sites: what one of them has read of the field is still in the cache for the next.
  const pair = task % pairs;
  task /= pairs;
  const firstVector = (task % siteTasks) * word(d, TASK_VECTORS);
  task /= siteTasks;
  const group = task % groups,
    image = task / groups;

  const to = min(from + word(d, TASK_TILES), word(d, TILES));
  const all = word(d, SITE_PLANES) * word(d, SITE_ROWS) * word(d, ROW_VECTORS);
  const count = min(word(d, TASK_VECTORS), all - firstVector);
  const vectors = placeSites(d, firstVector, count, scratch);
  const field = at(d, FIELD_AT) + <usize>image * at(d, FIELD_IMAGE_PITCH) + <usize>group * at(d, FIELD_GROUP_PITCH);
  const packed = at(d, PACKED_AT) + <usize>group * at(d, PACKED_GROUP_PITCH);
  const sums = scratch + ((<usize>vectors) << 2);
  const rows = tileStart(d, to) - tileStart(d, from);
  const phasePitch = <usize>rows * ((<usize>vectors) << 4);
  const columns = word(d, COLUMN_STEP);
  for (let column = 0; column < columns; column++) {
    const phase = at(d, PHASES_AT) + <usize>((pair * columns + column) * PHASE_WORDS * 4);
    multiply<T>(d, phase, field, packed, scratch, vectors, from, to, sums + <usize>column * phasePitch);
  }
  deliver<T>(
    d,
    image,
    group,
    pair,
    firstVector,
    count,
    tileStart(d, from),
    rows,
    sums,
    (<usize>vectors) << 4,
    phasePitch,
  );
}

export function denseF32(d: usize, task: i32, scratch: usize): void {
  dense<f32>(d, task, scratch);
}
export function denseF64(d: usize, task: i32, scratch: usize): void {
  dense<f64>(d, task, scratch);
}
