import assert from 'node:assert/strict';
import fc from 'fast-check';
import { GifReader } from 'omggif';
import { createFilms } from '../../../src/engine/films';

const LIMIT = 2 ** 30;

const rgba = (colours: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from(colours.flatMap((colour) => [...colour, 255]));

/** The frames of a GIF as a reader of another author has them. */
function read(bytes: Uint8Array): { readonly frames: readonly Uint8Array[]; readonly delays: readonly number[] } {
  const reader = new GifReader(bytes);
  const all = Array.from({ length: reader.numFrames() }, (_, frame) => frame);
  return {
    frames: all.map((frame) => {
      const pixels = new Uint8Array(reader.width * reader.height * 4);
      reader.decodeAndBlitFrameRGBA(frame, pixels);
      return pixels;
    }),
    delays: all.map((frame) => reader.frameInfo(frame).delay),
  };
}

const byte = fc.integer({ min: 0, max: 255 });
const colour = fc.tuple(byte, byte, byte);

describe('a film of drawings', () => {
  it('has every colour that must be exact, exactly, among any others', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(colour, { minLength: 1, maxLength: 40, selector: String }),
        fc.array(colour, { minLength: 300, maxLength: 700 }),
        (exact, others) => {
          const films = createFilms();
          const pixels = [...exact, ...others];
          const film = films.begin({
            width: pixels.length,
            height: 1,
            colours: Uint8Array.from(exact.flat()),
            limit: LIMIT,
          });
          films.frame({ film, rgba: rgba(pixels), milliseconds: 1200 });
          const { frames, delays } = read(films.end(film));
          assert.deepEqual(delays, [120]);
          assert.deepEqual([...frames[0].subarray(0, 4 * exact.length)], [...rgba(exact)]);
        },
      ),
      { numRuns: 60, seed: 20261129 },
    );
  });

  it('has as many frames as it was given, in their order', () => {
    const films = createFilms();
    const shown = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ];
    const film = films.begin({ width: 1, height: 1, colours: Uint8Array.from(shown.flat()), limit: LIMIT });
    for (const each of shown) films.frame({ film, rgba: rgba([each]), milliseconds: 100 });
    const { frames } = read(films.end(film));
    assert.deepEqual(
      frames.map((frame) => [...frame]),
      shown.map((each) => [...each, 255]),
    );
  });

  it('is refused before memory is taken, and known no more once it has ended', () => {
    const films = createFilms();
    const call = { width: 1000, height: 1000, colours: new Uint8Array(), limit: LIMIT };
    assert.throws(() => films.begin({ ...call, limit: 1000 }), { name: 'ProblemError' });
    assert.throws(() => films.begin({ ...call, width: 70_000 }), RangeError);
    const film = films.begin(call);
    assert.throws(() => films.frame({ film, rgba: new Uint8Array(4), milliseconds: 1 }), RangeError);
    films.drop(film);
    assert.throws(() => films.end(film), { name: 'ProblemError' });
  });
});
