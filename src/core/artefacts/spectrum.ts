import { stridesOf } from '../kernels/positions';

/** A discrete Fourier transform, in C order. */
export interface Transform {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * The discrete Fourier transform of real values of any shape over all its axes, not divided by anything, as
 * `numpy.fft.fftn`. By its definition, axis by axis: these are small planes, and of any size, prime ones among them.
 */
export function dft(shape: readonly number[], values: ArrayLike<number>): Transform {
  let re = Float64Array.from(values);
  let im = new Float64Array(re.length);
  const strides = stridesOf(shape);
  shape.forEach((size, axis) => {
    const nextRe = new Float64Array(re.length);
    const nextIm = new Float64Array(re.length);
    const cosines = Array.from({ length: size }, (_, at) => Math.cos((2 * Math.PI * at) / size));
    const sines = Array.from({ length: size }, (_, at) => Math.sin((2 * Math.PI * at) / size));
    const stride = strides[axis];
    for (let flat = 0; flat < re.length; flat++) {
      const frequency = Math.floor(flat / stride) % size;
      const base = flat - frequency * stride;
      let [real, imaginary] = [0, 0];
      for (let at = 0; at < size; at++) {
        // The angle's own remainder, so that long sums keep their digits.
        const turn = (frequency * at) % size;
        const from = base + at * stride;
        real += re[from] * cosines[turn] + im[from] * sines[turn];
        imaginary += im[from] * cosines[turn] - re[from] * sines[turn];
      }
      nextRe[flat] = real;
      nextIm[flat] = imaginary;
    }
    [re, im] = [nextRe, nextIm];
  });
  return { re, im };
}

/** Absolute values of a transform. */
export const magnitudes = ({ re, im }: Transform): readonly number[] =>
  Array.from(re, (real, at) => Math.hypot(real, im[at]));

/**
 * Heights of the lines in the spectrum of a pattern that repeats for ever: one period's transform divided by its
 * number of values. Entry 0 is the mean, entry `k` along an axis the part that goes `k/s` times up and down a pixel.
 */
export const linesOf = (shape: readonly number[], period: readonly number[]): readonly number[] =>
  magnitudes(dft(shape, period)).map((each) => each / Math.max(1, period.length));

/**
 * What a kernel lets through of a frequency, in cycles a pixel: `|Σ w[t] · e^(−2πi·f·t·d)|`. A constant input with
 * `s − 1` zeros between its elements is a comb: lines of height `1/s` at every multiple of `1/s`, and nothing else. The
 * kernel weighs them, so that the checkerboard has its lines there, each `response(k/s) / s` high.
 */
export function response(taps: readonly number[], dilation: number, frequency: number): number {
  let [re, im] = [0, 0];
  taps.forEach((tap, at) => {
    const angle = 2 * Math.PI * frequency * at * dilation;
    re += tap * Math.cos(angle);
    im -= tap * Math.sin(angle);
  });
  return Math.hypot(re, im);
}
