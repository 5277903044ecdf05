/**
 * Entry `r` is the number of taps of a transposed convolution that reach outputs at residue `r` of the stride: the `t` with
 * `t·d ≡ r (mod s)` (Odena et al., "Deconvolution and Checkerboard Artifacts", 2016, with dilation). Border outputs have fewer.
 */
export function tapsPerResidue(kernel: number, stride: number, dilation: number): number[] {
  const taps = Array.from({ length: stride }, () => 0);
  for (let tap = 0; tap < kernel; tap++) taps[(tap * dilation) % stride]++;
  return taps;
}

/** Whether every residue has as many taps: no checkerboard. */
export function isEven(taps: readonly number[]): boolean {
  return taps.every((count) => count === taps[0]);
}

/** Whether some residue has no tap at all: there the output is the bias, whatever the weights. */
export function hasHoles(taps: readonly number[]): boolean {
  return taps.includes(0);
}
