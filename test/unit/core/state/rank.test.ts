import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { InspectorDocument } from '../../../../src/core/state/document';
import { History } from '../../../../src/core/state/history';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { sharedStore } from './arbitraries';

const row: InspectorDocument = {
  version: 1,
  op: { kind: 'convTranspose', stride: [2], dilation: [1], padding: [[0, 1]], outputPadding: [1] },
  dtype: 'float32',
  input: tensorOf('float32', [1, 2, 3], [1, 2, 3, 4, 5, 6]),
  weight: tensorOf('float32', [2, 1, 2], [7, 8, 9, 10]),
  view: {},
};

function changed(document: InspectorDocument, rank: number, limit?: number): History {
  const history = new History(document, sharedStore(limit));
  const outcome = history.apply({ kind: 'setRank', rank });
  if (!outcome.ok) throw new Error(outcome.problems[0].message);
  return history;
}

describe('another number of dimensions', () => {
  it('repeats what there is along the new axis, which has the parameters of the outermost one', () => {
    const { op, input, weight } = changed(row, 2).document;
    assert.deepEqual(
      [op.stride, op.outputPadding],
      [
        [2, 2],
        [1, 1],
      ],
    );
    assert.deepEqual(op.padding, [
      [0, 1],
      [0, 1],
    ]);
    assert.deepEqual(input.shape, [1, 2, 3, 3]);
    assert.deepEqual([...input.data], [1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 4, 5, 6]);
    assert.deepEqual(weight.shape, [2, 1, 2, 2]);
    assert.deepEqual([...weight.data], [7, 8, 7, 8, 9, 10, 9, 10]);
  });

  it('keeps the middle slice of an axis that goes', () => {
    const square: InspectorDocument = {
      ...row,
      op: { ...row.op, stride: [3, 2], dilation: [1, 1], padding: [2, 1], outputPadding: [0, 1] },
      input: tensorOf('float32', [1, 3, 2], [1, 2, 3, 4, 5, 6]),
      weight: tensorOf('float32', [1, 1, 2, 2], [1, 2, 3, 4]),
    };
    const { op, input, weight } = changed(square, 1).document;
    assert.deepEqual([op.stride, op.padding, op.outputPadding], [[2], [1], [1]]);
    assert.deepEqual(
      [input.shape, [...input.data]],
      [
        [1, 2],
        [3, 4],
      ],
    );
    assert.deepEqual(
      [weight.shape, [...weight.data]],
      [
        [1, 1, 2],
        [3, 4],
      ],
    );
  });

  it('there and back from a row is the row, and undo is one step', () => {
    const history = changed(row, 3);
    history.apply({ kind: 'setRank', rank: 1 });
    assert.deepEqual([...history.document.input.data], [...row.input.data]);
    history.undo();
    assert.equal(history.document.weight.shape.length, 5);
    history.undo();
    assert.deepEqual(history.document.op, row.op);
  });

  it('that would take too much memory is refused, and changes nothing', () => {
    const long = { ...row, input: tensorOf('float32', [1, 2, 200], new Array<number>(400).fill(1)) };
    assert.throws(() => changed(long, 3, 100_000), /memory|large|limit/i);
  });
});

describe('all axes at once', () => {
  it('are one step of undo, each with its own value, and padding with its own sides', () => {
    const history = changed(row, 2);
    history.apply({ kind: 'setAxes', field: 'padding', values: [3, [0, 2]] });
    assert.deepEqual(history.document.op.padding, [
      [3, 3],
      [0, 2],
    ]);
    history.apply({ kind: 'setAxes', field: 'kernel', values: [1, 3] });
    assert.deepEqual(history.document.weight.shape, [2, 1, 1, 3]);
    history.undo();
    assert.deepEqual(history.document.weight.shape, [2, 1, 2, 2]);
    history.undo();
    assert.deepEqual(history.document.op.padding, [
      [0, 1],
      [0, 1],
    ]);
  });

  it('of several parameters are one step of undo, and all or none of them', () => {
    const history = changed(row, 2);
    const before = history.document;
    history.apply({
      kind: 'setParameters',
      parameters: [
        { field: 'kernel', values: [3, 3] },
        { field: 'padding', values: [1, [0, 1]] },
      ],
    });
    assert.deepEqual(history.document.weight.shape, [2, 1, 3, 3]);
    assert.deepEqual(history.document.op.padding, [
      [1, 1],
      [0, 1],
    ]);
    history.undo();
    assert.deepEqual(history.document, before);
    const refused = history.apply({
      kind: 'setParameters',
      parameters: [
        { field: 'stride', values: [3, 3] },
        { field: 'dilation', values: [1, 1, 1] },
      ],
    });
    assert.equal(refused.ok, false);
    assert.deepEqual(history.document, before);
  });

  it('are refused where there are more or fewer than the tensor has', () => {
    const history = changed(row, 2);
    const refused = history.apply({ kind: 'setAxes', field: 'stride', values: [1, 2, 3] });
    assert.equal(refused.ok, false);
    assert.deepEqual(history.document.op.stride, [2, 2]);
  });
});
