import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstPixelKernels } from '../../../../src/core/derive/pixelMaps';
import { STRINGS } from '../../../../src/protocol/strings';
import { plainText } from '../../../../webview/drawing/words';
import { stepsOf } from '../../../../webview/film/film';
import { pixelFilm } from '../../../../webview/views/phases/pixelFilm';
import { planeOf, strided, subjectOfLayer, subjects, upsampling } from '../../core/derive/drawn';
import { assertDrawn, following, framesOf, nothing, ROOMS, said, WIDE, written } from './scenes';

const layer = strided();

describe('the film of a pixel transposed convolution', () => {
  const film = pixelFilm(layer, 'inputPixel', undefined, false, STRINGS);

  it('of 4×4 makes four maps cell by cell, interleaves them, and ends with the neighbours', () => {
    assert.equal(stepsOf(film), 4 * 16 + 2);
    assert.deepEqual(
      film.phases.map(({ title }) => title),
      ['F1', 'F2', 'F3', 'F4', 'interleave', 'neighbours'],
    );
    assert.deepEqual(said(film.frame(53, WIDE, nothing)), [
      'F4 reads F, F1, F2, F3: what is next to its cells in the output is there already.',
      'F4[1,1] = 0.25·1 + 0.25·2 + 0.25·1.75 + 0.25·1.25 = 1.5, placed at out[3,2]',
    ]);
    assert.equal(
      said(film.frame(65, WIDE, nothing))[1],
      '112 of 112 neighbours are made one from the other; in the transposed convolution 0 of 112',
    );
  });

  it('points at the output cell that is made, and lists its products with their symbols', () => {
    const frame = film.frame(53, WIDE, nothing);
    assert.deepEqual(frame.cell, { tensor: 'output', index: [3, 2] });
    const [products, ofInput] = frame.tables ?? [];
    assert.deepEqual(
      products.rows.map(({ cells }) => cells.map((cell) => plainText(cell)).join(' | ')),
      [
        'F1[1,1] | 1 | 0.25 | k4[F1; 1,1]',
        'F1[2,1] | 2 | 0.25 | k4[F1; 2,1]',
        'F2[1,0] | 1.75 | 0.25 | k4[F2; 1,0]',
        'F2[1,1] | 1.25 | 0.25 | k4[F2; 1,1]',
      ],
    );
    // ¼ of a cell of F2 is 1/16 of each of its four.
    const weights = ofInput.rows.map(({ cells }) => Number(plainText(cells[2])));
    assert.ok(Math.abs(weights.reduce((sum, each) => sum + each, 0) - 1) < 1e-12);
    assert.equal(written(frame.scene, 'F4').get('1,1'), '1.5');
  });

  it('says what tying neighbours costs: 9·(1 + 2 + 3 + 4) weights, or 9·(1 + 1 + 2 + 3) without the input', () => {
    const costs = (variant: 'inputPixel' | 'pixel'): string => {
      const { tables } = pixelFilm(layer, variant, undefined, false, STRINGS).frame(0, WIDE, nothing);
      return plainText(tables?.find(({ title }) => title === STRINGS.zeroCost)?.rows[0].cells[0] ?? []);
    };
    assert.match(costs('inputPixel'), /^The 4 maps .* by 90 weights; the kernel of this layer has 9\.$/);
    assert.match(costs('pixel'), / by 63 weights;/);
  });

  it('follows what is pointed at when all is made', () => {
    const frame = film.frame(64, WIDE, following({ tensor: 'output', index: [0, 1] }));
    assert.match(frame.tables?.[0].title ?? '', /^F3\[0,0\], placed at out\[0,1\]/);
  });

  it('can be drawn of any layer, with and without the input, as a heat map or not, in every room', () => {
    fc.assert(
      fc.property(
        subjects('convTranspose'),
        fc.constantFrom('inputPixel' as const, 'pixel' as const),
        fc.boolean(),
        (subject, variant, heat) => {
          if (subject.plan.rank > 2) return;
          const any = pixelFilm(subject, variant, undefined, heat, STRINGS);
          for (const room of ROOMS)
            for (const frame of framesOf(any, room)) {
              assertDrawn(frame);
              for (const text of said(frame)) assert.doesNotMatch(text, /undefined|\{\d\}|<\/?[a-z]+>/);
            }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('uses the kernels of the document', () => {
    const kernels = firstPixelKernels(2).map((weights) => weights.map((weight) => 2 * weight));
    const doubled = pixelFilm(layer, 'inputPixel', kernels, false, STRINGS);
    assert.match(said(doubled.frame(0, WIDE, nothing))[1], /^F1\[0,0\] = 2·0 = 0/);
    assert.match(said(doubled.frame(53, WIDE, nothing))[1], /F4\[1,1\] = 0\.5·2 \+ 0\.5·4 \+ /);
  });

  it('points at no cell of an output that has another size', () => {
    const other = subjectOfLayer(upsampling(3, 0), layer.input, planeOf([[1, 2, 1]]));
    const { cell, numbers } = pixelFilm(other, 'pixel', undefined, false, STRINGS).frame(20, WIDE, nothing);
    assert.equal(cell, undefined);
    assert.match(plainText(numbers), /placed at out\[/);
  });
});
