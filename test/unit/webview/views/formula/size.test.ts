import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Operation } from '../../../../../src/core/operation';
import { STRINGS } from '../../../../../src/protocol/strings';
import { plainText } from '../../../../../webview/drawing/words';
import { stepsOf } from '../../../../../webview/film/film';
import { sizeFilm, type SizeFrame } from '../../../../../webview/views/formula/sizeFilm';
import { anyCase, planOf } from '../../../core/arbitraries';

const wide = { width: 860, height: 600 };
const textsOf = ({ scene }: SizeFrame): readonly string[] =>
  scene.shapes.flatMap((shape) => (shape.kind === 'text' ? [plainText(shape.words)] : []));
const cellsOf = ({ scene }: SizeFrame, key: RegExp): number =>
  scene.shapes.filter((shape) => key.test(shape.key)).length;

const layer = (op: Partial<Operation>, input: number, kernel = 3): ReturnType<typeof sizeFilm> =>
  sizeFilm(
    planOf({ kind: 'convTranspose', stride: [2], padding: [1], dilation: [1], ...op }, [1, 1, input], [1, 1, kernel]),
    0,
    STRINGS,
  );

describe('the drawing of the size', () => {
  it('says the worked example in words and in numbers', () => {
    const frame = layer({ outputPadding: [1] }, 4).sizeFrame(0, wide);
    assert.equal(
      plainText(frame.sentence),
      '4 stamps start 2 apart; each is 3 wide; padding cuts both ends; op gives 1 back.',
    );
    assert.equal(plainText(frame.numbers), 'o = 3·2 + 1·2+1 − 2·1 + 1 = 6 + 3 − 2 + 1 = 8');
    const texts = textsOf(frame);
    for (const text of ['7 stay', 'o7', '+6', '−2', 'p′ = 1', '9 − 2 = 7', '1 + 1 = 2', '3 + (−1) = 2'])
      assert.ok(texts.includes(text), `${text} is not drawn`);
    assert.equal(cellsOf(frame, /^o\d+$/), 8);
    assert.equal(cellsOf(frame, /^e\d+$/), 1);
  });

  it('of a convolution counts places and says what is left over', () => {
    const frame = layer({ kind: 'conv', padding: [0] }, 6).sizeFrame(0, wide);
    assert.equal(
      plainText(frame.sentence),
      'A window 3 wide finds 2 places on the padded input; 1 at the end are left over.',
    );
    assert.equal(plainText(frame.numbers), 'o = ⌊(6 + 2·0 − (1·2+1)) / 2⌋ + 1 = ⌊(6 + 0 − 3) / 2⌋ + 1 = 2');
    assert.equal(cellsOf(frame, /^o\d+$/), 2);
  });

  it('has a dot where output padding lies beyond the last stamp, and a cell that was cut where it does not', () => {
    const beyond = layer({ outputPadding: [1], padding: [0] }, 4).sizeFrame(0, wide);
    assert.equal(cellsOf(beyond, /^e9\.$/), 1);
    assert.ok(textsOf(beyond).some((text) => text.includes('1 beyond the last stamp')));
    const back = layer({ outputPadding: [1] }, 4).sizeFrame(0, wide);
    assert.equal(cellsOf(back, /^e8\.$/), 0);
  });

  it('keeps what belongs to the term that is pointed at, and fades the rest to 30 %', () => {
    const film = layer({ outputPadding: [1] }, 4);
    const { scene, areas } = film.sizeFrame(0, wide, 'crop');
    const opacities = (key: RegExp): readonly (number | undefined)[] =>
      scene.shapes.filter((shape) => key.test(shape.key)).map(({ opacity }) => opacity);
    assert.ok(opacities(/^c-/).length >= 3 && opacities(/^c-/).every((opacity) => opacity === undefined));
    assert.ok(opacities(/^s\d/).length > 4 && opacities(/^s\d/).every((opacity) => opacity === 0.3));
    assert.deepEqual(new Set(areas.map(({ term }) => term)), new Set(film.derived.terms.map(({ name }) => name)));
  });

  it('steps from term to term: what is still to come is pale', () => {
    const film = layer({ outputPadding: [1] }, 4);
    assert.equal(stepsOf(film), 5);
    const pale = (step: number): boolean => {
      const extra = film.sizeFrame(step, wide).scene.shapes.find(({ key }) => key === 'e8');
      return extra?.opacity === 0.38;
    };
    assert.deepEqual([0, 1, 2, 3, 4].map(pale), [false, true, true, true, false]);
  });

  it('of a long axis leaves out the middle, and no number of the ledger', () => {
    const frame = layer({ outputPadding: [1] }, 500).sizeFrame(0, wide);
    const texts = textsOf(frame);
    assert.ok(texts.includes('⋯') && texts.includes('⋮') && texts.includes('+998') && texts.includes('1000'));
    for (const shape of frame.scene.shapes)
      if (shape.kind === 'rect') assert.ok(shape.x + shape.width < 880, shape.key);
  });

  it('can be drawn of every operation, at every step, in every room, with one shape to a key', () => {
    const rooms = [wide, { width: 400, height: 300 }, { width: 140, height: 100 }, { width: 2000, height: 300 }];
    fc.assert(
      fc.property(anyCase, fc.constantFrom(...rooms), ({ plan }, room) => {
        for (let axis = 0; axis < plan.rank; axis++) {
          const film = sizeFilm(plan, axis, STRINGS);
          for (let step = 0; step <= stepsOf(film); step++) {
            const { scene, numbers } = film.sizeFrame(step, room);
            const keys = scene.shapes.map(({ key }) => key);
            assert.equal(
              new Set(keys).size,
              keys.length,
              keys.find((key, at) => keys.indexOf(key) !== at),
            );
            assert.ok(plainText(numbers).endsWith(` = ${plan.axes[axis].output}`));
            for (const shape of scene.shapes)
              if (shape.kind === 'rect')
                assert.ok([shape.x, shape.y, shape.width, shape.height].every(Number.isFinite) && shape.width >= 0);
          }
        }
      }),
      { numRuns: 150, seed: 20261129 },
    );
  });
});
