import { GIFEncoder, quantize } from 'gifenc';
import { ProblemError, problem } from '../core/problem';
import type { FilmCall, FilmFrameCall } from '../protocol/engine';
import { requireMemory } from './memory';

/** Films that were begun and not ended yet: each frame is packed when it arrives. */
export interface Films {
  /** The number by which its frames are given. Throws a ProblemError where a frame would be too large. */
  begin(call: FilmCall): number;
  frame(call: FilmFrameCall): void;
  /** The film as an animated GIF, which begins anew at its end; its frames are forgotten. */
  end(film: number): Uint8Array<ArrayBuffer>;
  drop(film: number): void;
}

interface Film {
  readonly call: FilmCall;
  readonly encoder: ReturnType<typeof GIFEncoder>;
}

const MOST_COLOURS = 256;
/** A GIF says sizes in two bytes. */
const MOST_PIXELS = 65_535;

const keyOf = (red: number, green: number, blue: number): number => (red << 16) | (green << 8) | blue;

/**
 * A picture as indices into a palette that begins with `exact`: where the picture has one of these colours, it is that
 * very colour in the GIF. What is between them, the edges of letters, takes the nearest of what is left of 256 colours.
 * (`gifenc` has a search of its own, which finds colours by their first bits, and so would move the exact ones.)
 */
export function indexed(
  rgba: Uint8Array,
  exact: readonly (readonly number[])[],
): { readonly palette: readonly (readonly number[])[]; readonly indices: Uint8Array } {
  const pixels = rgba.length / 4;
  const known = new Map(exact.map(([red, green, blue], index) => [keyOf(red, green, blue), index]));
  const others: number[] = [];
  const seen = new Set<number>();
  for (let at = 0; at < rgba.length; at += 4) {
    const key = keyOf(rgba[at], rgba[at + 1], rgba[at + 2]);
    if (known.has(key) || seen.has(key)) continue;
    seen.add(key);
    others.push(rgba[at], rgba[at + 1], rgba[at + 2], 255);
  }
  const room = MOST_COLOURS - exact.length;
  const rest = others.length > 0 && room > 0 ? quantize(Uint8Array.from(others), room) : [];
  const palette = [...exact, ...rest];
  const nearest = (red: number, green: number, blue: number): number => {
    let best = 0;
    let least = Infinity;
    for (const [index, [r, g, b]] of palette.entries()) {
      const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
      if (distance < least) [best, least] = [index, distance];
    }
    return best;
  };
  const indices = new Uint8Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [red, green, blue] = [rgba[4 * pixel], rgba[4 * pixel + 1], rgba[4 * pixel + 2]];
    const key = keyOf(red, green, blue);
    let index = known.get(key);
    if (index === undefined) known.set(key, (index = nearest(red, green, blue)));
    indices[pixel] = index;
  }
  return { palette, indices };
}

export function createFilms(): Films {
  const films = new Map<number, Film>();
  // Begins anywhere, so that a number given by a thread that has died is not that of another film here.
  let last = Math.floor(Math.random() * 2 ** 40);
  const found = (film: number): Film => {
    const known = films.get(film);
    if (known) return known;
    throw new ProblemError([
      problem({ code: 'film-gone', field: 'file', template: 'The pictures are not in memory any more. Try again.' }),
    ]);
  };
  return {
    begin(call) {
      const { width, height, limit } = call;
      const fits = [width, height].every((size) => Number.isSafeInteger(size) && size > 0 && size <= MOST_PIXELS);
      if (!fits) throw new RangeError('A film of this size cannot be saved.');
      // A frame, its indices, and what the encoder packs it with.
      requireMemory(width * height * 6, limit);
      films.set(++last, { call, encoder: GIFEncoder() });
      return last;
    },
    frame({ film, rgba, milliseconds }) {
      const { call, encoder } = found(film);
      const { width, height, colours } = call;
      if (rgba.length !== width * height * 4) throw new RangeError('A frame must have the size of its film.');
      const exact = Array.from({ length: Math.min(MOST_COLOURS, Math.floor(colours.length / 3)) }, (_, at) => [
        ...colours.subarray(3 * at, 3 * at + 3),
      ]);
      const { palette, indices } = indexed(rgba, exact);
      encoder.writeFrame(indices, width, height, { palette, delay: milliseconds, repeat: 0 });
    },
    end(film) {
      const { encoder } = found(film);
      films.delete(film);
      encoder.finish();
      return encoder.bytes();
    },
    drop(film) {
      films.delete(film);
    },
  };
}
