import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EMPTY_FIELD, heard, sent, typed } from '../../../webview/state/fieldText';

describe('a numeric field', () => {
  const shown = heard(EMPTY_FIELD, 1);

  it('shows what the document says', () => assert.equal(shown.text, '1'));

  it('keeps what is typed while the answers to it come in', () => {
    let state = sent(typed(shown, '1'), 1);
    state = sent(typed(state, '12'), 12);
    state = sent(typed(state, '123'), 123);
    for (const answer of [1, 12, 123]) {
      state = heard(state, answer);
      assert.equal(state.text, '123');
    }
  });

  it('keeps what is typed when an answer was skipped', () => {
    const state = heard(sent(sent(typed(shown, '12'), 7), 12), 12);
    assert.deepEqual(state, { text: '12', known: 12, pending: [] });
  });

  it('keeps what is no number while the document stays as it is', () => {
    assert.equal(heard(typed(shown, '2x'), 1).text, '2x');
  });

  it('gives way to a change from elsewhere', () => {
    const answered = heard(sent(typed(shown, '5'), 5), 5);
    assert.equal(heard(answered, 1).text, '1');
    assert.equal(heard(typed(shown, '2x'), 4).text, '4');
  });

  it('hears NaN as the answer to NaN, and prints what comes from elsewhere', () => {
    const state = heard(sent(typed(shown, 'nan'), NaN), NaN);
    assert.equal(state.text, 'nan');
    assert.equal(heard(state, Math.fround(0.1), (value) => value.toFixed(1)).text, '0.1');
  });
});
