import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Operation } from '../../../../src/core/operation';
import { type Against, compareUpsampling, type Method } from '../../../../src/core/upsampling/comparison';
import { STRINGS } from '../../../../src/protocol/strings';
import { plainText } from '../../../../webview/drawing/words';
import { type Film, stepsOf } from '../../../../webview/film/film';
import { upsamplingFilm } from '../../../../webview/views/compare/upsamplingFilm';
import { DEFAULT_VIEW } from '../../../../webview/view';
import { planOf, wholeNumbers } from '../../core/arbitraries';
import { assertDrawn, following, framesOf, nothing, ROOMS, said, WIDE } from './scenes';

interface Setting {
  readonly sizes: readonly number[];
  readonly factor: number;
  readonly kernel: number;
  readonly padding: number;
  readonly against: Against;
  readonly base: Method | 'reference';
  readonly scaled: boolean;
  readonly seed: number;
}

function filmOf({ sizes, factor, kernel, padding, against, base, scaled, seed }: Setting): Film {
  const op: Operation = {
    kind: 'convTranspose',
    stride: sizes.map(() => factor),
    padding: sizes.map(() => padding),
    dilation: sizes.map(() => 1),
  };
  const kernels = sizes.map(() => kernel);
  const grid = (shape: readonly number[], more: number): { shape: readonly number[]; data: Float64Array } => ({
    shape,
    data: Float64Array.from(wholeNumbers(shape, seed + more).data),
  });
  const comparison = compareUpsampling({
    plane: grid(sizes, 0),
    factors: op.stride,
    against,
    reference:
      against === 'given'
        ? grid(
            sizes.map((size) => size * factor),
            1,
          )
        : undefined,
    base: against === 'none' && base === 'reference' ? 'linear' : base,
    own: { op, kernel: grid(kernels, 2) },
    scaled,
    slice: 0,
    most: 192,
  });
  return upsamplingFilm({
    comparison,
    plan: planOf(op, [1, 1, ...sizes], [1, 1, ...kernels]),
    strings: STRINGS,
    look: { ...DEFAULT_VIEW.upsampling, against, file: 'target.png' },
    slice: 0,
    channels: [0, 0],
    present: comparison.results.filter(({ lack }) => lack === undefined),
    lacking: comparison.results.filter(({ lack }) => lack !== undefined),
  });
}

const setting: Setting = {
  sizes: [8, 8],
  factor: 2,
  kernel: 3,
  padding: 1,
  against: 'back',
  base: 'reference',
  scaled: true,
  seed: 7,
};

const settings = fc.integer({ min: 1, max: 3 }).chain((rank) =>
  fc.record({
    sizes: fc.array(fc.integer({ min: 3, max: rank === 3 ? 5 : 9 }), { minLength: rank, maxLength: rank }),
    factor: fc.integer({ min: 2, max: 3 }),
    kernel: fc.integer({ min: 2, max: 4 }),
    padding: fc.integer({ min: 0, max: 1 }),
    against: fc.constantFrom<Against>('back', 'given', 'none'),
    base: fc.constantFrom<Method | 'reference'>('reference', 'linear', 'own', 'nearest'),
    scaled: fc.boolean(),
    seed: fc.nat(),
  }),
);

describe('the film of ways to make larger', () => {
  it('can be drawn at every step, in every room, and says something without a hole', () => {
    fc.assert(
      fc.property(settings, (each) => {
        const film = filmOf(each);
        for (const room of ROOMS)
          for (const frame of framesOf(film, room, following({ tensor: 'input', index: each.sizes.map(() => 1) }))) {
            assertDrawn(frame);
            for (const text of said(frame)) {
              assert.ok(text.length > 0);
              assert.doesNotMatch(text, /undefined|NaN|\{\d\}|<\/?[a-z]+>/);
            }
          }
      }),
      { numRuns: 40 },
    );
  });

  it('has a step for all, and one for each that there is', () => {
    assert.equal(stepsOf(filmOf(setting)), 9);
    assert.equal(stepsOf(filmOf({ ...setting, sizes: [8] })), 8);
    assert.equal(stepsOf(filmOf({ ...setting, sizes: [4, 4, 4] })), 7);
  });

  it('says that bilinear weights are bilinear but for the ring, and measures against the input', () => {
    const frame = filmOf(setting).frame(0, WIDE, nothing);
    const [sentence, numbers] = said(frame);
    assert.equal(
      sentence,
      'The input’s 2 × 2 means, brought back in 8 ways. With bilinear weights the transposed is bilinear, but for a ring.',
    );
    assert.match(
      numbers,
      /^[A-Z][a-z, -]+: \d+\.\d\d dB; yours: \d+\.\d\d dB; bilinear − transposed bilinear: 0 inside/,
    );
    const titles = (frame.tables ?? []).map(({ title }) => title);
    assert.deepEqual(titles, [
      'Against the reference',
      'Transposed, bilinear − Bilinear',
      'Transposed, yours',
      'How it is measured',
    ]);
  });

  it('lists the pixel that is pointed at in all of them', () => {
    const frame = filmOf(setting).frame(1, WIDE, following({ tensor: 'input', index: [2, 3] }));
    const [table] = frame.tables ?? [];
    assert.equal(table.title, 'Pixel 2, 3');
    assert.equal(table.rows.length, 9);
    assert.ok(table.rows.every(({ cells }) => cells.length === 3 && plainText(cells[1]) !== ''));
    const marks = frame.scene.shapes.filter(({ key }) => key.includes(' mark '));
    // In the reference, and twice in each way: its picture, and what differs.
    assert.equal(marks.length, 1 + 2 * 8);
  });

  it('calls what was fitted exactly exact, and never the best', () => {
    const few = filmOf({ ...setting, sizes: [4, 4] });
    const [, numbers] = said(few.frame(0, WIDE, nothing));
    assert.doesNotMatch(numbers, /Pixel shuffle|\d{3}\.\d\d dB/);
    const step = framesOf(few, WIDE).find(({ sentence }) => plainText(sentence).startsWith('Pixel shuffle'));
    assert.ok(step);
    assert.match(plainText(step.numbers), /PSNR exact/);
  });
});
