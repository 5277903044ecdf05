/** One fused multiply-add where the build has relaxed SIMD, else a product and a sum: a·b + c. */
@inline
export function madd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c);
  return v128.add<T>(v128.mul<T>(a, b), c);
}


@inline
export function zero(): v128 {
  return i32x4.splat(0);
}

/** Word `index` of the descriptor at `base`. */
@inline
export function word(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}

/** An address or a pitch: a word without a sign. */
@inline
export function at(base: usize, index: i32): usize {
  return <usize>load<u32>(base + ((<usize>index) << 2));
}

/** The two values of a vector that come first, or the two after them, in float64. */
@inline
export function low(values: v128): v128 {
  return f64x2.promote_low_f32x4(values);
}


@inline
export function high(values: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(values, values, 1, 1));
}
