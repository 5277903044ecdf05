import assert from 'node:assert/strict';
import fc from 'fast-check';
import { forEachPosition } from '../../../../src/core/kernels/positions';
import { STRINGS } from '../../../../src/protocol/strings';
import { plainText } from '../../../../webview/drawing/words';
import { stepsOf } from '../../../../webview/film/film';
import { subKernelsFilm } from '../../../../webview/views/phases/film';
import { planeOf, subjectOfLayer, subjects, upsampling, strided } from '../../core/derive/drawn';
import { assertDrawn, following, framesOf, nothing, ROOMS, said, WIDE, written } from './scenes';

const layer = strided();

describe('the film of sub-kernels', () => {
  const film = subKernelsFilm(layer, STRINGS);
  const at = (step: number): readonly [string, string] => said(film.frame(step, WIDE, nothing));

  it('of k3 s2 p1 op1 cuts four, makes four, and interleaves 16 blocks', () => {
    assert.equal(stepsOf(film), 24);
    assert.deepEqual(at(0), [
      'The kernel falls into 4 small ones: taps of different remainders by the stride never meet.',
      '◰ phase 0 makes out[0::2, 0::2] with w[1,1]',
    ]);
    assert.equal(at(3)[1], '◲ phase 3 makes out[1::2, 1::2] with w[2,2] w[2,0] w[0,2] w[0,0]');
    assert.equal(at(5)[1], '◳ phase 1: 4×4 outputs × 2 taps = 32 products');
    assert.deepEqual(at(13), [
      'The small outputs interleave: every block of 2×2 takes one cell of each.',
      'block 6 of 16: out[2,2] = 4, out[2,3] = 4, out[3,2] = 6, out[3,3] = 5 from in[1..2, 1..2]',
    ]);
  });

  it('lists a block with its products, counts them against zero insertion, and sums each phase’s taps', () => {
    const frame = film.frame(13, WIDE, nothing);
    assert.deepEqual(frame.cell, { tensor: 'output', index: [2, 2] });
    const [block, , products, sums] = frame.tables ?? [];
    const rows = (table: typeof block): string[] =>
      table.rows.map(({ cells }) => cells.map((cell) => plainText(cell)).join(' | '));
    assert.deepEqual(rows(block), [
      'out[2,2] | 1·4 | 4',
      'out[2,3] | 1·2 + 1·2 | 4',
      'out[3,2] | 1·2 + 2·2 | 6',
      'out[3,3] | 1·1 + 1·1 + 2·1 + 1·1 | 5',
    ]);
    assert.deepEqual(rows(products), ['zero insertion, 64 · 9 | 576', 'phases | 144', 'zero insertion ÷ phases | 4 ×']);
    assert.deepEqual(rows(sums), ['◰ phase 0 | 1 | 4', '◳ phase 1 | 2 | 4', '◱ phase 2 | 2 | 4', '◲ phase 3 | 4 | 4']);
    assert.equal(
      plainText(sums.note ?? []),
      'All equal: a constant input stays constant although the overlap is uneven (1, 2, 4 taps).',
    );
  });

  it('shows the block of a followed output, whichever step is on', () => {
    const { tables } = film.frame(0, WIDE, following({ tensor: 'output', index: [3, 3] }));
    assert.equal(tables?.[0].title, 'The block of out[2,2]');
  });

  it('says of a phase without taps that it is the bias alone, or 0 where there is none', () => {
    const subject = subjectOfLayer(upsampling(2, 0), planeOf([[1, 2]]), planeOf([[5]]));
    const frames = (bias: number | undefined): string[] =>
      framesOf(subKernelsFilm({ ...subject, bias }, STRINGS), WIDE).map((frame) => said(frame)[0]);
    assert.equal(frames(3)[1], 'No tap reaches phase 1: it is the bias alone.');
    assert.equal(frames(undefined)[1], 'No tap reaches phase 1: there is no bias, so it is 0.');
    const { numbers } = subKernelsFilm(subject, STRINGS).frame(1, WIDE, nothing);
    assert.equal(plainText(numbers), '◳ phase 1 is out[0::2, 1::2]: 1×1 outputs, no product');
  });

  it('of more than four phases shows four at a time, and says which', () => {
    const subject = subjectOfLayer(upsampling(3, 0), planeOf([[1, 2]]), layer.weight);
    const { scene } = subKernelsFilm(subject, STRINGS).frame(5, WIDE, nothing);
    const texts = scene.shapes.flatMap((shape) => (shape.kind === 'text' ? [plainText(shape.words)] : []));
    assert.ok(texts.includes('phases 4–7 of 9'));
    assert.ok(texts.some((text) => text.startsWith('phase 5')));
  });
});

describe('frames of sub-kernels, over random legal layers', () => {
  it('can be drawn in any room', () => {
    fc.assert(
      fc.property(subjects('convTranspose', 2), (subject) => {
        const film = subKernelsFilm(subject, STRINGS);
        for (const room of ROOMS) framesOf(film, room).forEach(assertDrawn);
      }),
      { numRuns: 30, seed: 20261129 },
    );
  });

  it('write the values of the output and of the small outputs, each in its place', () => {
    fc.assert(
      fc.property(subjects('convTranspose', 2), (subject) => {
        const { plan, part } = subject;
        const film = subKernelsFilm(subject, STRINGS);
        const { scene } = film.frame(stepsOf(film) - 1, { width: 9000, height: 9000 }, nothing);
        const number = (text: string | undefined): number => Number(text?.replace('−', '-'));
        const texts = written(scene, 'out');
        const first = written(scene, 'small0');
        forEachPosition(plan.outputShape.slice(2), (place, flat) => {
          const value = part.data[flat] + 0;
          assert.equal(number(texts.get(place.join())), value);
          if (place.every((at, axis) => at % plan.axes[axis].stride === 0)) {
            const small = place.map((at, axis) => at / plan.axes[axis].stride);
            assert.equal(number(first.get(small.join())), value);
          }
        });
      }),
      { numRuns: 40, seed: 20261129 },
    );
  });
});
