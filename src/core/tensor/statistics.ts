/** Of a tensor or a plane of it; the histogram spans `[min, max]` of the finite values in equal bins. */
export interface Statistics {
  readonly count: number;
  readonly finite: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  /** Of the finite values; 0 when there are none. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly histogram: Uint32Array;
}

export const HISTOGRAM_BINS = 64;

/** Two passes: the range must be known before values can be binned. */
export function statisticsOf(data: Float32Array | Float64Array): Statistics {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let nan = 0;
  let positiveInfinity = 0;
  let negativeInfinity = 0;
  for (let at = 0; at < data.length; at++) {
    const value = data[at];
    // A difference with itself is 0 exactly for finite values: one test on the common path.
    if (value - value === 0) {
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
    } else if (value === Infinity) positiveInfinity++;
    else if (value === -Infinity) negativeInfinity++;
    else nan++;
  }
  const finite = data.length - nan - positiveInfinity - negativeInfinity;
  const histogram = new Uint32Array(HISTOGRAM_BINS);
  if (finite === 0) {
    return { count: data.length, finite, nan, positiveInfinity, negativeInfinity, min: 0, max: 0, mean: 0, histogram };
  }
  const scale = max > min ? HISTOGRAM_BINS / (max - min) : 0;
  for (let at = 0; at < data.length; at++) {
    const bin = (data[at] - min) * scale;
    if (bin >= 0 && bin <= HISTOGRAM_BINS) histogram[Math.min(HISTOGRAM_BINS - 1, Math.floor(bin))]++;
  }
  return {
    count: data.length,
    finite,
    nan,
    positiveInfinity,
    negativeInfinity,
    min,
    max,
    mean: sum / finite,
    histogram,
  };
}
