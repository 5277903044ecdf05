import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type InspectorDocument, channelsOf } from '../../../../src/core/state/document';
import type { Edit } from '../../../../src/core/state/edits';
import { History } from '../../../../src/core/state/history';
import { resolveDocument } from '../../../../src/core/state/resolveDocument';
import { elementCount, tensorOf } from '../../../../src/core/tensor/tensor';
import { documents, edits, filled, sharedStore } from './arbitraries';

/** A copy that later edits cannot reach. */
function photograph(document: InspectorDocument): unknown {
  const still = ({ dtype, shape, data }: InspectorDocument['input']): unknown => ({
    dtype,
    shape,
    values: Array.from(data),
  });
  const { input, weight, bias, ...head } = document;
  return { ...head, input: still(input), weight: still(weight), bias: bias && still(bias) };
}

function assertWellFormed(document: InspectorDocument): void {
  const { input, weight, bias, op, dtype } = document;
  const rank = weight.shape.length - 2;
  assert.ok(rank >= 1 && rank <= 3);
  assert.ok(input.shape.length === rank + 1 || input.shape.length === rank + 2);
  for (const values of [op.stride, op.dilation, op.padding]) assert.equal(values.length, rank);
  for (const tensor of [input, weight, ...(bias ? [bias] : [])]) {
    assert.equal(tensor.dtype, dtype);
    assert.equal(tensor.data.length, elementCount(tensor.shape));
    assert.ok(tensor.data.buffer instanceof SharedArrayBuffer, 'the store did not give this memory');
  }
}

const small: InspectorDocument = {
  version: 1,
  op: { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [0, 0] },
  dtype: 'float32',
  input: filled('float32', [1, 1, 4, 4], 0),
  weight: filled('float32', [1, 1, 3, 3], 1),
  view: {},
};

function applied(history: History, edit: Edit): InspectorDocument {
  const outcome = history.apply(edit);
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.problems[0].message);
  return outcome.value.document;
}

describe('History', () => {
  it('undoes any run of edits to the first document and redoes it to the last, step by step', () => {
    fc.assert(
      fc.property(documents, fc.array(edits, { maxLength: 12 }), (document, run) => {
        const history = new History(document, sharedStore());
        const states = [photograph(history.document)];
        for (const edit of run) {
          const outcome = history.apply(edit);
          assertWellFormed(history.document);
          if (!outcome.ok)
            assert.deepEqual(photograph(history.document), states.at(-1), 'a refused edit changed something');
          else if (outcome.value.merged) states[states.length - 1] = photograph(history.document);
          else states.push(photograph(history.document));
        }
        for (let at = states.length - 2; at >= 0; at--) {
          assert.ok(history.undo());
          assert.deepEqual(photograph(history.document), states[at]);
        }
        assert.equal(history.undo(), undefined);
        for (let at = 1; at < states.length; at++) {
          assert.ok(history.redo());
          assert.deepEqual(photograph(history.document), states[at]);
        }
        assert.equal(history.redo(), undefined);
      }),
      { seed: 20, numRuns: 1000 },
    );
  });

  it('keeps channels, weight and bias consistent through every legal change of sizes', () => {
    const changes = edits.filter(
      (edit) =>
        edit.kind === 'resize' || (edit.kind === 'setParameter' && (edit.field === 'groups' || edit.field === 'kind')),
    );
    fc.assert(
      fc.property(documents, fc.array(changes, { maxLength: 8 }), (document, run) => {
        const history = new History(document, sharedStore());
        for (const edit of run) history.apply(edit);
        const { input, output } = channelsOf(history.document);
        const groups = history.document.op.groups ?? 1;
        const resolution = resolveDocument(history.document);
        const codes = resolution.ok ? [] : resolution.problems.map((each) => each.code);
        if (groups >= 1 && input % groups === 0 && output % groups === 0) {
          for (const code of ['groups-divide', 'channels-mismatch', 'bias-shape'])
            assert.ok(!codes.includes(code), code);
          if (resolution.ok) assert.equal(resolution.plan.outputChannels, output);
        } else {
          assert.ok(
            codes[0]?.startsWith('groups-'),
            `nothing said about ${groups} groups of ${input} and ${output} channels`,
          );
        }
      }),
      { seed: 21, numRuns: 500 },
    );
  });

  it('merges the edits of one drag, and loses nothing that a smaller size cut off on the way', () => {
    const history = new History(small, sharedStore());
    const before = photograph(history.document);
    const kernel = (value: number): Edit => ({ kind: 'setParameter', field: 'kernel', value, group: 'drag' });
    for (const size of [2, 1, 2, 4, 3]) applied(history, kernel(size));
    assert.deepEqual(Array.from(history.document.weight.data), Array.from(small.weight.data));
    assert.ok(history.undo());
    assert.deepEqual(photograph(history.document), before);
    assert.equal(history.undo(), undefined);
  });

  it('starts a new step after seal(), so that a save in the middle of a drag leaves the document dirty afterwards', () => {
    const history = new History(small, sharedStore());
    const cell = (value: number): Edit => ({
      kind: 'setCells',
      tensor: 'input',
      indices: Uint32Array.of(3),
      values: Float64Array.of(value),
      group: 'drag',
    });
    applied(history, cell(5));
    history.seal();
    const outcome = history.apply(cell(6));
    assert.ok(outcome.ok && !outcome.value.merged);
    history.undo();
    assert.equal(history.document.input.data[3], 5);
  });

  it('keeps an illegal stride as typed and refuses an impossible kernel with the nearest legal one', () => {
    const history = new History(small, sharedStore());
    assert.deepEqual(applied(history, { kind: 'setParameter', field: 'stride', axis: 0, value: 0 }).op.stride, [0, 1]);
    const refused = history.apply({ kind: 'setParameter', field: 'kernel', value: -2 });
    assert.ok(!refused.ok);
    assert.equal(refused.problems[0].repair?.value, 1);
  });

  it('refuses what would exceed the limit with the number of bytes, before memory is taken', () => {
    const history = new History(small, sharedStore(1024));
    const refused = history.apply({ kind: 'resize', spatial: [2 ** 31 - 1, 2 ** 31 - 1] });
    assert.ok(!refused.ok);
    assert.equal(refused.problems[0].code, 'tensor-too-large');
    assert.match(refused.problems[0].message, /would take 16400 PiB .*, above the limit of 1 KiB \(1,024 bytes\)/);
  });

  it('pastes cells beyond the edge into a larger tensor, as one step', () => {
    const history = new History(small, sharedStore());
    const before = photograph(history.document);
    const grown = applied(history, {
      kind: 'growForCells',
      tensor: 'input',
      spatial: [4, 6],
      indices: Uint32Array.of(4, 5, 23),
      values: Float64Array.of(1.5, 2.5, 3.5),
    });
    assert.deepEqual(grown.input.shape, [1, 1, 4, 6]);
    const old = Array.from(small.input.data);
    const expected = [0, 4, 8, 12].flatMap((at) => [...old.slice(at, at + 4), 0, 0]);
    [expected[4], expected[5], expected[23]] = [1.5, 2.5, 3.5];
    assert.deepEqual(Array.from(grown.input.data), expected);
    assert.deepEqual(history.undoLabel, { template: 'Edit {0} cells', args: [3] });
    history.undo();
    assert.deepEqual(photograph(history.document), before);
    history.redo();
    assert.deepEqual(Array.from(history.document.input.data), expected);
  });

  it('does not write pasted cells into what undo goes back to, when the size is the old one after all', () => {
    const history = new History(small, sharedStore());
    const before = photograph(history.document);
    const [indices, values] = [Uint32Array.of(0), Float64Array.of(9)];
    applied(history, { kind: 'growForCells', tensor: 'weight', spatial: [3, 3], indices, values });
    assert.equal(history.document.weight.data[0], 9);
    history.undo();
    assert.deepEqual(photograph(history.document), before);
  });

  for (const [title, edit, lost] of [
    [
      'cells',
      {
        kind: 'setCells',
        tensor: 'input',
        indices: Uint32Array.of(0, 1, 2, 3),
        values: Float64Array.of(1e39, 1e-50, Infinity, 0.1),
      },
      { large: 1, small: 1 },
    ],
    ['a constant', { kind: 'fill', tensor: 'input', fill: { fill: 'constant', value: -1e39 } }, { large: 1, small: 0 }],
    [
      'a tensor of more digits',
      { kind: 'replaceTensor', tensor: 'input', value: tensorOf('float64', [1, 1, 1, 3], [1e300, NaN, 1e-300]) },
      { large: 1, small: 1 },
    ],
    ['a change of parameters', { kind: 'setParameter', field: 'stride', value: 2 }, { large: 0, small: 0 }],
  ] as const satisfies readonly (readonly [string, Edit, unknown])[]) {
    it(`counts what float32 cannot hold of ${title}`, () => {
      const outcome = new History(small, sharedStore()).apply(edit);
      assert.ok(outcome.ok);
      assert.deepEqual(outcome.value.lost, lost);
    });
  }

  it('counts what is lost when the precision becomes float32, and nothing while it is float64', () => {
    const wide = {
      ...small,
      dtype: 'float64',
      input: tensorOf('float64', [1, 1, 2, 2], [1e39, 1e-50, 1, -1e300]),
      weight: filled('float64', [1, 1, 3, 3], 1),
    } as const;
    const history = new History(wide, sharedStore());
    const [indices, values] = [Uint32Array.of(2), Float64Array.of(1e200)];
    const written = history.apply({ kind: 'setCells', tensor: 'input', indices, values });
    assert.ok(written.ok);
    assert.deepEqual(written.value.lost, { large: 0, small: 0 });
    const narrowed = history.apply({ kind: 'setDtype', dtype: 'float32' });
    assert.ok(narrowed.ok);
    assert.deepEqual(narrowed.value.lost, { large: 3, small: 1 });
  });

  it('repeats channels for a colour image and gives the weight as many', () => {
    const history = new History(small, sharedStore());
    const document = applied(history, {
      kind: 'replaceTensor',
      tensor: 'input',
      value: filled('float32', [1, 3, 4, 4], 5),
    });
    assert.deepEqual(document.weight.shape, [1, 3, 3, 3]);
    assert.deepEqual(Array.from(document.weight.data.subarray(18)), Array.from(small.weight.data));
  });

  it('keeps the kernel of every pair of channels when the operation is switched', () => {
    const weight = tensorOf('float32', [2, 3, 1, 1], [1, 2, 3, 4, 5, 6]);
    const history = new History({ ...small, input: filled('float32', [1, 3, 2, 2], 0), weight }, sharedStore());
    const document = applied(history, { kind: 'setParameter', field: 'kind', value: 'convTranspose' });
    assert.deepEqual(document.weight.shape, [3, 2, 1, 1]);
    assert.deepEqual(Array.from(document.weight.data), [1, 4, 2, 5, 3, 6]);
  });

  it('keeps two channels’ own kernels when the groups make it depthwise', () => {
    const weight = tensorOf('float32', [2, 2, 1, 1], [1, 2, 3, 4]);
    const history = new History({ ...small, input: filled('float32', [1, 2, 2, 2], 0), weight }, sharedStore());
    assert.deepEqual(
      Array.from(applied(history, { kind: 'setParameter', field: 'groups', value: 2 }).weight.data),
      [1, 4],
    );
  });

  it('forgets the oldest steps when the log would take more than its limit', () => {
    const history = new History(small, sharedStore(), 200);
    for (let value = 0; value < 10; value++) {
      applied(history, { kind: 'fill', tensor: 'input', fill: { fill: 'constant', value } });
    }
    let steps = 0;
    while (history.undo()) steps++;
    assert.equal(steps, 3);
    assert.equal(history.document.input.data[0], 6);
  });

  it('does not undo a change of view', () => {
    const history = new History(small, sharedStore());
    applied(history, { kind: 'setParameter', field: 'stride', value: 2 });
    history.setView({ channel: 1 });
    history.undo();
    assert.deepEqual(history.document.view, { channel: 1 });
  });
});
