/**
 * The register tiles. Each computes, for R rows of the product (output channels) and V vectors of sites,
 *
 *     sums[r][v] (+)= Σ_k  weights[k][r] · field[site_v + offsets[k]]
 *
 * where k runs over (input channel, tap). `offsets` alone says which input lies under which tap, so conv, transposed
 * conv, dilation and every rank use the same loop. Weights stand in the order in which they are read: R of them per k.
 * The sites of a tile are given by the first V byte offsets at `sites`; `sums` holds R rows, `pitch` bytes apart.
 *
 * 6 rows × 2 vectors take 12 sums, two inputs and one weight: 15 registers, all that V8 hands out. V8 11 and 12 spill
 * them, so there is a 4 × 2 as well. Loops are not unrolled by hand: V8 moves the loads of a whole iteration before its
 * products, and what they hold spills. What else was measured: docs/decisions/0008.
 */
import { madd, zero } from './simd';


@inline
function put<T>(to: usize, sum: v128, fresh: bool): void {
  v128.store(to, fresh ? sum : v128.add<T>(v128.load(to), sum));
}


@inline
function tile6<T>(
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  const first = field + <usize>load<u32>(sites);
  const second = field + <usize>load<u32>(sites, 4);
  const end = offsets + ((<usize>depth) << 2);
  const size = sizeof<T>();
  let a0 = zero(),
    a1 = zero(),
    b0 = zero(),
    b1 = zero(),
    c0 = zero(),
    c1 = zero();
  let d0 = zero(),
    d1 = zero(),
    e0 = zero(),
    e1 = zero(),
    f0 = zero(),
    f1 = zero();
  do {
    const offset = <usize>load<u32>(offsets);
    const x0 = v128.load(first + offset);
    const x1 = v128.load(second + offset);
    let w = v128.load_splat<T>(weights);
    a0 = madd<T>(w, x0, a0);
    a1 = madd<T>(w, x1, a1);
    w = v128.load_splat<T>(weights, size);
    b0 = madd<T>(w, x0, b0);
    b1 = madd<T>(w, x1, b1);
    w = v128.load_splat<T>(weights, 2 * size);
    c0 = madd<T>(w, x0, c0);
    c1 = madd<T>(w, x1, c1);
    w = v128.load_splat<T>(weights, 3 * size);
    d0 = madd<T>(w, x0, d0);
    d1 = madd<T>(w, x1, d1);
    w = v128.load_splat<T>(weights, 4 * size);
    e0 = madd<T>(w, x0, e0);
    e1 = madd<T>(w, x1, e1);
    w = v128.load_splat<T>(weights, 5 * size);
    f0 = madd<T>(w, x0, f0);
    f1 = madd<T>(w, x1, f1);
    weights += 6 * size;
    offsets += 4;
  } while (offsets < end);
  put<T>(sums, a0, fresh);
  put<T>(sums + 16, a1, fresh);
  sums += pitch;
  put<T>(sums, b0, fresh);
  put<T>(sums + 16, b1, fresh);
  sums += pitch;
  put<T>(sums, c0, fresh);
  put<T>(sums + 16, c1, fresh);
  sums += pitch;
  put<T>(sums, d0, fresh);
  put<T>(sums + 16, d1, fresh);
  sums += pitch;
  put<T>(sums, e0, fresh);
  put<T>(sums + 16, e1, fresh);
  sums += pitch;
  put<T>(sums, f0, fresh);
  put<T>(sums + 16, f1, fresh);
}


@inline
function tile4<T>(
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  const first = field + <usize>load<u32>(sites);
  const second = field + <usize>load<u32>(sites, 4);
  const end = offsets + ((<usize>depth) << 2);
  const size = sizeof<T>();
  let a0 = zero(),
    a1 = zero(),
    b0 = zero(),
    b1 = zero();
  let c0 = zero(),
    c1 = zero(),
    d0 = zero(),
    d1 = zero();
  do {
    const offset = <usize>load<u32>(offsets);
    const x0 = v128.load(first + offset);
    const x1 = v128.load(second + offset);
    let w = v128.load_splat<T>(weights);
    a0 = madd<T>(w, x0, a0);
    a1 = madd<T>(w, x1, a1);
    w = v128.load_splat<T>(weights, size);
    b0 = madd<T>(w, x0, b0);
    b1 = madd<T>(w, x1, b1);
    w = v128.load_splat<T>(weights, 2 * size);
    c0 = madd<T>(w, x0, c0);
    c1 = madd<T>(w, x1, c1);
    w = v128.load_splat<T>(weights, 3 * size);
    d0 = madd<T>(w, x0, d0);
    d1 = madd<T>(w, x1, d1);
    weights += 4 * size;
    offsets += 4;
  } while (offsets < end);
  put<T>(sums, a0, fresh);
  put<T>(sums + 16, a1, fresh);
  sums += pitch;
  put<T>(sums, b0, fresh);
  put<T>(sums + 16, b1, fresh);
  sums += pitch;
  put<T>(sums, c0, fresh);
  put<T>(sums + 16, c1, fresh);
  sums += pitch;
  put<T>(sums, d0, fresh);
  put<T>(sums + 16, d1, fresh);
}

/** Few rows: four vectors of sites, so that there are enough sums under way to hide the latency of a multiply-add. */
@inline
function tile2<T>(
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  const s0 = field + <usize>load<u32>(sites);
  const s1 = field + <usize>load<u32>(sites, 4);
  const s2 = field + <usize>load<u32>(sites, 8);
  const s3 = field + <usize>load<u32>(sites, 12);
  const end = offsets + ((<usize>depth) << 2);
  let a0 = zero(),
    a1 = zero(),
    a2 = zero(),
    a3 = zero();
  let b0 = zero(),
    b1 = zero(),
    b2 = zero(),
    b3 = zero();
  do {
    const offset = <usize>load<u32>(offsets);
    const w = v128.load_splat<T>(weights);
    const u = v128.load_splat<T>(weights, sizeof<T>());
    let x = v128.load(s0 + offset);
    a0 = madd<T>(w, x, a0);
    b0 = madd<T>(u, x, b0);
    x = v128.load(s1 + offset);
    a1 = madd<T>(w, x, a1);
    b1 = madd<T>(u, x, b1);
    x = v128.load(s2 + offset);
    a2 = madd<T>(w, x, a2);
    b2 = madd<T>(u, x, b2);
    x = v128.load(s3 + offset);
    a3 = madd<T>(w, x, a3);
    b3 = madd<T>(u, x, b3);
    weights += 2 * sizeof<T>();
    offsets += 4;
  } while (offsets < end);
  put<T>(sums, a0, fresh);
  put<T>(sums + 16, a1, fresh);
  put<T>(sums + 32, a2, fresh);
  put<T>(sums + 48, a3, fresh);
  sums += pitch;
  put<T>(sums, b0, fresh);
  put<T>(sums + 16, b1, fresh);
  put<T>(sums + 32, b2, fresh);
  put<T>(sums + 48, b3, fresh);
}


@inline
function tile1<T>(
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  fresh: bool,
): void {
  const s0 = field + <usize>load<u32>(sites);
  const s1 = field + <usize>load<u32>(sites, 4);
  const s2 = field + <usize>load<u32>(sites, 8);
  const s3 = field + <usize>load<u32>(sites, 12);
  const end = offsets + ((<usize>depth) << 2);
  let a0 = zero(),
    a1 = zero(),
    a2 = zero(),
    a3 = zero();
  do {
    const offset = <usize>load<u32>(offsets);
    const w = v128.load_splat<T>(weights);
    a0 = madd<T>(w, v128.load(s0 + offset), a0);
    a1 = madd<T>(w, v128.load(s1 + offset), a1);
    a2 = madd<T>(w, v128.load(s2 + offset), a2);
    a3 = madd<T>(w, v128.load(s3 + offset), a3);
    weights += sizeof<T>();
    offsets += 4;
  } while (offsets < end);
  put<T>(sums, a0, fresh);
  put<T>(sums + 16, a1, fresh);
  put<T>(sums + 32, a2, fresh);
  put<T>(sums + 48, a3, fresh);
}

// Exported for two reasons. The optimiser then keeps each a function of its own: inlined into the driver, V8 would
// compile them with the driver's register pressure and tier them up later. And the two large ones can be timed.
export function tile6F32(
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  tile6<f32>(depth, offsets, field, sites, weights, sums, pitch, fresh);
}
export function tile6F64(
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  tile6<f64>(depth, offsets, field, sites, weights, sums, pitch, fresh);
}
export function tile4F32(
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  tile4<f32>(depth, offsets, field, sites, weights, sums, pitch, fresh);
}
export function tile4F64(
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  tile4<f64>(depth, offsets, field, sites, weights, sums, pitch, fresh);
}


@inline
export function tileSix<T>(
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  if (sizeof<T>() == 4) tile6F32(depth, offsets, field, sites, weights, sums, pitch, fresh);
  else tile6F64(depth, offsets, field, sites, weights, sums, pitch, fresh);
}


@inline
export function tileFour<T>(
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  if (sizeof<T>() == 4) tile4F32(depth, offsets, field, sites, weights, sums, pitch, fresh);
  else tile4F64(depth, offsets, field, sites, weights, sums, pitch, fresh);
}

/** Two rows or one, over `vectors` vectors of sites, a multiple of four. */
export function tileFew<T>(
  rows: i32,
  vectors: i32,
  depth: i32,
  offsets: usize,
  field: usize,
  sites: usize,
  weights: usize,
  sums: usize,
  pitch: usize,
  fresh: bool,
): void {
  const end = sites + ((<usize>vectors) << 2);
  for (; sites < end; sites += 16, sums += 64) {
    if (rows == 2) tile2<T>(depth, offsets, field, sites, weights, sums, pitch, fresh);
    else tile1<T>(depth, offsets, field, sites, weights, sums, fresh);
  }
}
