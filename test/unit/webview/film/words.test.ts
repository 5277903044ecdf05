import assert from 'node:assert/strict';
import { FILM_STRINGS } from '../../../../src/protocol/filmStrings';
import { PHASES_STRINGS } from '../../../../src/protocol/phasesStrings';
import { ZERO_INSERTION_STRINGS } from '../../../../src/protocol/zeroInsertionStrings';
import { plainText, wordsOf } from '../../../../webview/drawing/words';

describe('words with colours', () => {
  it('are runs in the colour of the marks around them, which may stand in one another', () => {
    assert.deepEqual(wordsOf('a <i>{0}<sub>1</sub></i> b', ['x']), [
      { text: 'a ' },
      { text: 'x', ink: 'input', bold: true },
      { text: '1', ink: 'input', bold: true, sub: true },
      { text: ' b' },
    ]);
  });

  it('keep every other sign of less and greater', () => {
    assert.equal(plainText(wordsOf('1 < 2 <b>and</b> 3 > 2')), '1 < 2 and 3 > 2');
  });

  it('have as many beginnings as ends in every text of the views', () => {
    for (const [name, text] of Object.entries({ ...FILM_STRINGS, ...PHASES_STRINGS, ...ZERO_INSERTION_STRINGS })) {
      const marks = text.match(/<\/?[a-z0-3]+>/g) ?? [];
      const open = marks.filter((mark) => !mark.startsWith('</')).length;
      assert.equal(open * 2, marks.length, name);
    }
  });
});
