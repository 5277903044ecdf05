import assert from 'node:assert/strict';
import fc from 'fast-check';
import { forEachPosition } from '../../../../src/core/kernels/positions';
import { STRINGS } from '../../../../src/protocol/strings';
import { plainText } from '../../../../webview/drawing/words';
import { stepsOf } from '../../../../webview/film/film';
import { zeroInsertionFilm } from '../../../../webview/views/zeroInsertion/film';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { planeOf, subjectOfLayer, subjects, upsampling, strided } from '../../core/derive/drawn';
import { assertDrawn, following, framesOf, nothing, ROOMS, said, WIDE, written } from './scenes';

const layer = strided();

describe('the film of zero insertion', () => {
  const film = zeroInsertionFilm('own', layer, STRINGS);
  const at = (step: number): readonly [string, string] => said(film.frame(step, WIDE, nothing));

  it('of k3 s2 p1 op1 goes through insert, pad, flip and 64 windows', () => {
    assert.equal(stepsOf(film), 69);
    assert.equal(at(0)[1], '4×4 becomes 7×7: (4−1)·2 + 1');
    assert.equal(at(1)[1], '7×7 becomes 9×9: 7 + 2·1');
    assert.equal(at(2)[1], '9×9 becomes 10×10: 7 + 2·1 + 1');
    assert.equal(at(3)[1], 'first is now w[2,2] = 1, last w[0,0] = 1');
    assert.deepEqual(at(31), [
      'The flipped kernel slides over it, one place at a time: every window is one cell of the output.',
      'window at [3..5, 3..5]: 1·1 + 1·1 + 2·1 + 1·1 = 5 is out[3,3]; 5 of 9 products meet a zero',
    ]);
    assert.equal(at(68)[1], '64 windows × 9 taps = 576 products; 455 of them met a zero');
  });

  it('shows which zeros are output padding’s by their dots, which are drawn in every theme', () => {
    const { shapes } = film.frame(31, WIDE, nothing).scene;
    const dots = shapes.filter((shape) => shape.kind === 'dot');
    // Of the 10×10 the last row and column: 19.
    assert.equal(dots.filter(({ stroke }) => stroke === 'output').length, 19);
    const note = shapes.find(({ key }) => key === 'pad-note');
    assert.ok(note?.kind === 'text');
    assert.equal(plainText(note.words), '○ a zero that was put in · ○ op');
    assert.deepEqual(
      note.words.filter(({ text }) => text.includes('○')).map(({ ink }) => ink),
      ['faint', 'output'],
    );
  });

  it('points, at a window, at its output, and lists its products beside the recipe and the cost', () => {
    const frame = film.frame(31, WIDE, nothing);
    assert.deepEqual(frame.cell, { tensor: 'output', index: [3, 3] });
    const [products, recipe, cost] = frame.tables ?? [];
    assert.deepEqual(
      products.rows.map(({ cells }) => cells.map((cell) => plainText(cell)).join(' | ')),
      [
        '1 0,0 | in[1,1] 1 | w[2,2] 1 | 1',
        '2 0,2 | in[1,2] 1 | w[2,0] 1 | 1',
        '3 2,0 | in[2,1] 2 | w[0,2] 1 | 2',
        '4 2,2 | in[2,2] 1 | w[0,0] 1 | 1',
      ],
    );
    assert.deepEqual(
      recipe.rows.map(({ now }) => now),
      [false, false, false, true],
    );
    assert.deepEqual(
      cost.rows.map(({ cells }) => plainText(cells[1])),
      ['576', '121', '455'],
    );
  });

  it('lists the products of the followed output, whatever the window', () => {
    const { tables, numbers } = film.frame(31, WIDE, following({ tensor: 'output', index: [0, 0] }));
    assert.equal(tables?.[0].title, 'Products of out[0,0]');
    assert.match(plainText(numbers), /is out\[3,3\]/);
  });

  it('with a padding beyond K−1 cuts 7×7 to 5×5, and points at the same values in the document', () => {
    const beyond = zeroInsertionFilm('beyond', layer, STRINGS);
    const [, cut, more] = framesOf(beyond, WIDE);
    assert.equal(said(cut)[1], '7×7 becomes 5×5: 7 − 2·1');
    assert.match(said(cut)[0], /cut away/);
    assert.equal(said(more)[1], '5×5 becomes 6×6: 7 − 2·1 + 1');
    assert.ok(cut.scene.shapes.some((shape) => shape.kind === 'rect' && shape.hatched));
    assert.deepEqual(beyond.frame(4, WIDE, nothing).cell, { tensor: 'output', index: [2, 2] });
  });

  it('says, where no padding beyond K−1 is legal, what would be left', () => {
    const small = subjectOfLayer(upsampling(1, 0), planeOf([[1, 2]]), planeOf([[1, 1]]));
    const film = zeroInsertionFilm('beyond', small, STRINGS);
    assert.deepEqual(said(film.frame(0, WIDE, nothing)), [
      'No padding beyond K−1 is legal here: it would leave nothing of the output.',
      'o = (i−1)·s − 2p + K + op = (1−1)·1 − 2·1 + 1 + 0 = −1, (2−1)·1 − 2·2 + 2 + 0 = −1',
    ]);
  });

  it('says that 0·∞ is NaN where an inserted zero meets an infinite tap', () => {
    const weight = tensorOf('float64', [1, 1, 2, 2], [Infinity, 1, 1, 1]);
    const subject = subjectOfLayer(upsampling(2, 0), planeOf([[1, 2]]), weight);
    const { tables } = zeroInsertionFilm('own', subject, STRINGS).frame(0, WIDE, nothing);
    assert.match(plainText(tables?.at(-1)?.note ?? []), /0·∞ is NaN/);
  });

  it('of a plain convolution says that it is about transposed ones, and shows stride 1 as its own', () => {
    const op = { ...upsampling(1, 1), kind: 'conv', outputPadding: undefined } as const;
    const subject = subjectOfLayer(op, layer.input, layer.weight);
    const film = zeroInsertionFilm('conv', subject, STRINGS);
    const [first, pad] = framesOf(film, WIDE);
    assert.match(said(first)[0], /about transposed convolution. A plain one of stride 1 is its own/);
    assert.equal(said(pad)[1], '4×4 becomes 6×6: 4 + 2·1');
    assert.ok(!film.phases.some(({ title }) => title === STRINGS.phaseFlip));
  });
});

describe('frames of zero insertion, over random legal layers', () => {
  const ways = [
    ['own', 'convTranspose'],
    ['beyond', 'convTranspose'],
    ['conv', 'conv'],
  ] as const;
  for (const [which, kind] of ways)
    it(`can be drawn in any room: ${which}`, () => {
      fc.assert(
        fc.property(subjects(kind, 2), (subject) => {
          const film = zeroInsertionFilm(which, subject, STRINGS);
          for (const room of ROOMS) framesOf(film, room).forEach(assertDrawn);
        }),
        { numRuns: 40, seed: 20261129 },
      );
    });

  it('write the values of the output, each in its place', () => {
    fc.assert(
      fc.property(subjects('convTranspose', 2), (subject) => {
        const film = zeroInsertionFilm('own', subject, STRINGS);
        const { scene } = film.frame(stepsOf(film) - 1, { width: 4000, height: 4000 }, nothing);
        const texts = written(scene, 'out');
        forEachPosition(subject.plan.outputShape.slice(2), (place, flat) => {
          const value = subject.part.data[flat] + 0;
          assert.equal(texts.get(place.join())?.replace('−', '-'), String(value));
        });
      }),
      { numRuns: 60, seed: 20261129 },
    );
  });
});
