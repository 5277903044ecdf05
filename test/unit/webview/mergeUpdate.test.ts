import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { problem } from '../../../src/core/problem';
import type { DocumentHead, PanelUpdate } from '../../../src/protocol/panel';
import { pinAt, pointAt } from '../../../webview/state/link';
import { planeOf, shownShapes } from '../../../webview/grid/planeOf';
import { mergeUpdate } from '../../../webview/state/mergeUpdate';
import { emptyModel, headOf, noSight, transposed } from './documents';

function ready(head: DocumentHead): PanelUpdate {
  return {
    status: { case: 'ready', revision: head.revision, milliseconds: 1 },
    edited: head,
    received: { head, sight: noSight },
    computed: head,
  };
}

describe('updates from the host', () => {
  const first = mergeUpdate(emptyModel(), ready(headOf(5)));

  it('bring head, plan and result', () => {
    assert.equal(first.edited.head.revision, 5);
    assert.deepEqual(first.edited.plan?.outputShape, [1, 1, 8, 8]);
    assert.equal(first.computed?.plan, first.edited.plan);
  });

  it('are dropped when they are older than what is shown', () => {
    const late = mergeUpdate(first, ready(headOf(4, { title: 'late' })));
    assert.equal(late.edited, first.edited);
    assert.equal(late.computed, first.computed);
    assert.equal(late.status, first.status);
  });

  it('keep the last good result while the document is illegal', () => {
    const wrong = headOf(6, {
      operation: { ...transposed, stride: [0, 0] },
      problems: [problem({ code: 'x', field: 'stride', template: 'no' })],
    });
    const model = mergeUpdate(first, { status: { case: 'invalid', revision: 6 }, edited: wrong });
    assert.equal(model.edited.plan, undefined);
    assert.equal(model.computed, first.computed);
    assert.equal(model.edited.head.revision, 6);
  });

  it('bring the values of a document that is illegal from the start', () => {
    const wrong = headOf(1, {
      operation: { ...transposed, stride: [0, 0] },
      problems: [problem({ code: 'x', field: 'stride', template: 'no' })],
    });
    const model = mergeUpdate(emptyModel(), {
      status: { case: 'invalid', revision: 1 },
      edited: wrong,
      received: { head: wrong, sight: noSight },
    });
    assert.equal(model.computed, undefined);
    assert.deepEqual(planeOf('input', shownShapes(model), model.view.slices)?.extent, { rows: 4, columns: 4 });
    assert.equal(planeOf('output', shownShapes(model), model.view.slices), undefined);
  });

  it('bring a tensor that was resized illegally, and let go of what pointed into the one before', () => {
    const pinned = pinAt(first, { tensor: 'input', index: [0, 0, 3, 3] });
    assert.ok(pinned.link);
    const wrong = headOf(6, {
      inputShape: [1, 2, 2, 2],
      problems: [problem({ code: 'x', field: 'input', template: 'no' })],
    });
    const model = mergeUpdate(pinned, {
      status: { case: 'invalid', revision: 6 },
      edited: wrong,
      received: { head: wrong, sight: noSight },
    });
    assert.deepEqual(planeOf('input', shownShapes(model), model.view.slices)?.extent, { rows: 2, columns: 2 });
    assert.deepEqual(planeOf('output', shownShapes(model), model.view.slices)?.extent, { rows: 8, columns: 8 });
    assert.equal(model.link, undefined);
    assert.equal(pointAt(model, { tensor: 'input', index: [0, 0, 0, 0] }).link, undefined);
  });

  it('keep the plan when only values changed, so that nothing is written anew', () => {
    const next = mergeUpdate(first, ready(headOf(6)));
    assert.equal(next.edited.plan, first.edited.plan);
    assert.equal(next.computed?.plan, first.edited.plan);
    assert.equal(next.computed?.head.revision, 6);
  });
});

describe('the output on show', () => {
  const first = mergeUpdate(emptyModel(), ready(headOf(5)));

  it('keeps its shape until its values have come', () => {
    const larger = headOf(6, { inputShape: [1, 1, 5, 5] });
    const model = mergeUpdate(first, { status: { case: 'ready', revision: 6, milliseconds: 1 }, computed: larger });
    assert.deepEqual(model.computed?.plan.outputShape, [1, 1, 8, 8]);
    assert.deepEqual(mergeUpdate(model, ready(larger)).computed?.plan.outputShape, [1, 1, 10, 10]);
  });

  it('keeps its plan when only values changed, also behind a document that is of another size by now', () => {
    const resized = headOf(7, { inputShape: [1, 1, 5, 5] });
    const model = mergeUpdate(first, { ...ready(headOf(6)), edited: resized });
    assert.equal(model.computed?.head.revision, 6);
    assert.equal(model.computed?.plan, first.computed?.plan);
  });
});

describe('the link', () => {
  const model = mergeUpdate(emptyModel(), ready(headOf(1)));
  const cell = { tensor: 'output', index: [0, 0, 7, 7] } as const;

  it('follows the pointer', () => {
    const on = pointAt(model, cell);
    assert.deepEqual(on.link?.contributions.list, [
      { input: [0, 0, 3, 3], weight: [0, 0, 2, 2], output: [0, 0, 7, 7] },
    ]);
    assert.equal(pointAt(on, { tensor: 'output', index: [0, 0, 7, 7] }), on);
    assert.equal(pointAt(on, undefined).link, undefined);
  });

  it('stays where it is pinned until the same is pinned again', () => {
    const pinned = pinAt(model, cell);
    assert.equal(pointAt(pinned, undefined), pinned);
    assert.equal(pinAt(pinned, cell).link?.pinned, false);
  });

  it('ends when its cell is no more', () => {
    const smaller = headOf(2, { operation: { ...transposed, outputPadding: [0, 0] } });
    assert.equal(mergeUpdate(pinAt(model, cell), ready(smaller)).link, undefined);
  });

  it('of an entry ends with its matrix', () => {
    const products = pointAt(model, cell).link?.contributions.list ?? [];
    const entry = pinAt(model, products);
    assert.equal(entry.link?.entry, true);
    assert.equal(mergeUpdate(entry, ready(headOf(2))).link, entry.link);
    assert.equal(mergeUpdate(entry, ready(headOf(2, { inputShape: [1, 1, 5, 5] }))).link, undefined);
  });

  it('is not there for a cell that is not there', () => {
    assert.equal(pointAt(model, { tensor: 'input', index: [0, 0, 4, 0] }).link, undefined);
    assert.equal(pointAt(model, { tensor: 'input', index: [0, 0] }).link, undefined);
  });
});
