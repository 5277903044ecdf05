import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { STRINGS } from '../../../src/protocol/strings';
import { lookChoices } from '../../../webview/state/lookChoices';
import { DEFAULT_VIEW, type View } from '../../../webview/view';

const views = [
  { id: 'grids', title: 'Grids' },
  { id: 'other', title: 'Other' },
];

/** The view after an item of the menu was chosen. */
function chosen(view: View, id: string, side = true): View {
  let after = view;
  const look = lookChoices(views, view, side, STRINGS).find((each) => each.id === id);
  assert.ok(look, id);
  look.choose({
    look: (change) => {
      after = { ...after, ...(typeof change === 'function' ? change(after) : change) };
    },
    zoom: (by) => {
      after = { ...after, zoom: by === 'fit' ? 1 : after.zoom * by };
    },
  });
  return after;
}
const on = (view: View, side = true): readonly string[] =>
  lookChoices(views, view, side, STRINGS)
    .filter((each) => each.on)
    .map(({ id }) => id);

describe('the menu of how a document is looked at', () => {
  it('names each thing once, and says what is on', () => {
    const ids = lookChoices(views, DEFAULT_VIEW, true, STRINGS).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(on(DEFAULT_VIEW), [
      'stage:grids',
      'pane:cell',
      'pane:against',
      'pane:matrix',
      'colours:diverging',
    ]);
  });

  it('puts a view on the stage from its beginning', () => {
    const after = chosen({ ...DEFAULT_VIEW, sub: 'part', step: 3 }, 'stage:other');
    assert.deepEqual([after.stage, after.sub, after.step], ['other', '', 0]);
  });

  for (const id of ['pane:cell', 'pane:learn', 'colours:diverging', 'colours:plane', 'matrix:symbols'])
    it(`turns ${id} to the other side, and chosen again back`, () => {
      const after = chosen(DEFAULT_VIEW, id);
      assert.notEqual(on(after).includes(id), on(DEFAULT_VIEW).includes(id));
      assert.deepEqual(on(chosen(after, id)), on(DEFAULT_VIEW));
    });

  it('chooses one pane where only one has room', () => {
    const after = chosen(DEFAULT_VIEW, 'pane:facts', false);
    assert.equal(after.tab, 'facts');
    assert.deepEqual(
      on(after, false).filter((id) => id.startsWith('pane:')),
      ['pane:facts'],
    );
  });

  it('zooms in and out, and back to all', () => {
    assert.ok(chosen(DEFAULT_VIEW, 'zoom:in').zoom > 1);
    assert.equal(chosen({ ...DEFAULT_VIEW, zoom: 8 }, 'zoom:fit').zoom, 1);
    assert.ok(chosen({ ...DEFAULT_VIEW, zoom: 8 }, 'zoom:out').zoom < 8);
  });
});
