export interface RandomSource {
  /** In `[0, 1)`, a multiple of 2⁻³². */
  uniform(): number;
  /** Mean 0, deviation 1. */
  normal(): number;
}

/**
 * Numbers that a seed repeats on any machine: mulberry32 (Tommy Ettinger, public domain), and Box & Muller 1958 for
 * normal ones. `Math.random` cannot be seeded; what is stored in a document must come back as it was.
 */
export function randomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}
