import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { STRINGS } from '../../../../src/protocol/strings';
import { stepsOf } from '../../../../webview/film/film';
import { plainText } from '../../../../webview/drawing/words';
import { causalFilm } from '../../../../webview/views/field/causalFilm';
import { cases, planOf } from '../../core/arbitraries';
import { subjectOfLayer } from '../../core/derive/drawn';
import { windowed } from '../../core/derive/windowed';
import { assertDrawn, framesOf, nothing, ROOMS, said, WIDE, written } from './scenes';

describe('the film of a causal signal', () => {
  const op = { kind: 'convTranspose', stride: [2], padding: [1], dilation: [1] } as const;
  const input = tensorOf('float64', [1, 1, 6], [1, 2, 3, 4, 5, 6]);
  const weight = tensorOf('float64', [1, 1, 4], [1, 2, 3, 4]);
  const layer = planOf(op, input.shape, weight.shape);
  const film = causalFilm(subjectOfLayer(op, input, weight), layer, STRINGS);
  const at = (step: number): readonly [string, string] => said(film.frame(step, WIDE, nothing));

  it('trims K − s sums, carries them over from chunk to chunk, and ends with the whole', () => {
    assert.equal(stepsOf(film), 4);
    assert.match(at(0)[0], /the last 2 would need more, and are trimmed\.$/);
    assert.equal(at(0)[1], '(i − 1)·s + K = 14, trimmed to i·s = 12');
    assert.equal(at(1)[1], 'in[0..3] → out[0..7]; carried over: 12, 16');
    assert.equal(at(2)[1], 'in[4..5] → out[8..11]; carried over: nothing');
    assert.equal(at(3)[1], 'largest difference 0 over 12 outputs');
  });

  it('writes what was carried where it belongs, and what is played', () => {
    const { scene } = film.frame(2, { width: 2000, height: 900 }, nothing);
    assert.deepEqual([...written(scene, 'before').values()], ['12', '16']);
    // in[4] = 5 adds 5 and 10 to them.
    assert.deepEqual([...written(scene, 'sums').values()].slice(0, 2), ['17', '26']);
    assert.equal(written(scene, 'out').get('8'), '17');
  });

  it('can be drawn in any room, over random signals', () => {
    fc.assert(
      fc.property(cases('convTranspose'), fc.nat(60), (given, pick) => {
        if (given.plan.rank !== 1) return;
        const subject = windowed(given, 4, pick);
        if (!subject) return;
        const random = causalFilm(subject, given.plan, STRINGS);
        for (const room of ROOMS) framesOf(random, room).forEach(assertDrawn);
        assert.ok(plainText(random.frame(0, WIDE, nothing).numbers).length > 0);
      }),
      { numRuns: 60, seed: 20261129 },
    );
  });
});
