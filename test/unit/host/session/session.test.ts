// The owner of a document, from an edit to what a view is told, with the compute thread's own work and without VS Code.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { TensorName } from '../../../../src/core/tensor/plane';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import type { Edited } from '../../../../src/host/session/events';
import type { PanelUpdate } from '../../../../src/protocol/panel';
import { EDITED, opened, OUTPUT, stride, typed, watch, worked } from './opened';
import { settled } from './surroundings';

describe('a session', () => {
  it('computes what it is opened with, and shows what is watched of it', async () => {
    const { session, last, values, revisions } = await opened();
    assert.deepEqual(values('output'), OUTPUT);
    assert.deepEqual([last().status.case, ...revisions()], ['ready', 1, 1, 1]);
    assert.deepEqual(Array.from(session.output?.data ?? []), OUTPUT);
  });

  it('leaves the tensors that it was given as they were', async () => {
    const { session } = await opened();
    session.apply(typed(5));
    assert.deepEqual([...worked.input.data], [2, 3, 1, 3]);
  });

  describe('edited', () => {
    it('counts a revision, computes it, and says what can be undone', async () => {
      const { session, edits, last, values, revisions } = await opened();
      assert.equal(session.apply(typed(5)).ok, true);
      assert.equal(session.revision, 2);
      await settled();
      assert.deepEqual(values('output'), EDITED);
      assert.deepEqual(revisions(), [2, 2, 2]);
      assert.deepEqual([last().edited?.undo, last().edited?.redo], ['«Edit cell»', undefined]);
      assert.deepEqual(
        edits.map(({ how, outcome }) => [how, outcome.merged]),
        [['edit', false]],
      );
    });

    it('says how many values float32 could not hold', async () => {
      const { session, notices } = await opened({
        ...worked,
        dtype: 'float32',
        input: tensorOf('float32', [1, 1, 2, 2], [2, 3, 1, 3]),
        weight: tensorOf('float32', [1, 1, 1, 1], [1]),
      });
      session.apply(typed(3e38));
      assert.deepEqual(notices, []);
      // A file's values were counted where they were converted.
      const value = { ...tensorOf('float32', [1, 1, 2, 2], [2, 3, 1, 3]), lost: { large: 0, small: 2 } };
      session.load('input', { ...value, data: new Float32Array(new SharedArrayBuffer(16)) }, 'a.npy');
      assert.match(
        notices
          .splice(0)
          .map(({ message }) => message)
          .join(),
        /^«2 values are below what float32 can hold/,
      );
      session.apply(typed(1e39));
      assert.deepEqual(
        notices.map(({ message }) => message),
        ['«1 values are beyond what float32 can hold (3.4e38) and became infinite.»'],
      );
    });

    it('names a size that cannot be one by its name, and the setting of memory that is not allowed', async () => {
      const { session, notices } = await opened();
      session.receive({ kind: 'resize', spatial: [0, 4] });
      session.receive({ kind: 'resize', batch: 2.5 });
      session.receive({ kind: 'resize', spatial: [2 ** 20, 2 ** 20] });
      assert.deepEqual(
        notices.map(({ message }) => message.replace(/ \([\d,]+ bytes\)/g, '')),
        [
          '«The input size is 0; it must be a whole number from 1 to 2147483647.»',
          '«The batch is 2.5; it must be a whole number from 1 to 2147483647.»',
          '««The input of shape [1, 1, 1048576, 1048576] would take 8 TiB, above the limit of 1 GiB.» The setting transposedConv.memoryLimit says how much is allowed.»',
        ],
      );
    });

    it('is looked at as the view says with the edit, in one question, unless it is refused', async () => {
      const { session, engine, values } = await opened();
      const looked = engine.looked.length;
      assert.equal(session.receive(stride(2), { ...watch, whole: ['output'] }).ok, true);
      await settled();
      assert.deepEqual(engine.evaluated.at(-1)?.watch.whole, ['output']);
      assert.deepEqual([values('output').length, values('input').length, engine.looked.length], [25, 0, looked]);
      session.receive({ kind: 'resize', spatial: [0, 4] }, { ...watch, whole: ['weight'] });
      await settled();
      assert.deepEqual(engine.looked.at(-1)?.watch.whole, ['output']);
    });

    it('and edited again meanwhile, is not looked at in between', async () => {
      const { session, engine, values } = await opened();
      const looked = engine.looked.length;
      engine.hold();
      session.receive(stride(2), { ...watch, whole: ['output'] });
      session.receive(stride(3), { ...watch, whole: ['input', 'output'] });
      for (let answers = 0; answers < 3; answers++) await engine.answer();
      assert.deepEqual([values('output').length, values('input').length, engine.looked.length], [36, 4, looked]);
    });

    it('counts anew only the tensor that was written to', async () => {
      const { session, updates } = await opened();
      const statistics = (update: PanelUpdate | undefined, name: TensorName) =>
        update?.received?.sight.statistics.find(({ tensor }) => tensor === name)?.statistics;
      const before = updates.at(-1);
      session.apply(typed(50));
      await settled();
      assert.equal(statistics(updates.at(-1), 'input')?.max, 50);
      assert.equal(statistics(updates.at(-1), 'weight'), statistics(before, 'weight'));
    });

    it('takes back with undo and does again with redo, each a revision of its own', async () => {
      const { session, edits, last, values } = await opened();
      session.apply(typed(5));
      session.undo();
      await settled();
      assert.deepEqual([session.revision, values('output')], [3, OUTPUT]);
      assert.deepEqual([last().edited?.undo, last().edited?.redo], [undefined, '«Edit cell»']);
      session.redo();
      await settled();
      assert.deepEqual([session.revision, values('output')], [4, EDITED]);
      assert.deepEqual(
        edits.map(({ how }) => how),
        ['edit', 'undo', 'redo'],
      );
    });

    it('does nothing where there is nothing to undo', async () => {
      const { session, edits } = await opened();
      session.undo();
      session.redo();
      assert.deepEqual([session.revision, edits.length], [1, 0]);
    });

    it('is shown illegal as it was typed, over the last good output', async () => {
      const { session, last, values, revisions } = await opened();
      session.apply(stride(0));
      await settled();
      assert.deepEqual([last().status.case, ...revisions()], ['invalid', 2, 2, 1]);
      assert.deepEqual(last().edited?.operation.stride, [0, 0]);
      assert.match(last().edited?.problems[0]?.message ?? '', /^«.*stride.*»$/);
      assert.deepEqual(values('output'), OUTPUT);
      session.apply(stride(1));
      await settled();
      assert.deepEqual([last().status.case, ...revisions()], ['ready', 3, 3, 3]);
      assert.deepEqual(last().edited?.problems, []);
    });
  });

  describe('refuses', () => {
    const strange: readonly (readonly [what: string, message: unknown])[] = [
      ['what is no edit', { kind: 'setCells', tensor: '__proto__' }],
      ['nothing at all', undefined],
      ['a cell that is not there', { kind: 'setCells', tensor: 'input', indices: [99], values: [1] }],
    ];
    for (const [what, message] of strange) {
      it(`${what}: in words, with the document and its revision as they were`, async () => {
        const { session, notices, edits, updates, values, revisions } = await opened();
        const before = updates.length;
        assert.equal(session.receive(message).ok, false);
        assert.equal(session.revision, 1);
        assert.equal(notices.length, 1);
        assert.equal(notices[0].severity, 'error');
        assert.match(notices[0].message, /^«.+»$/);
        assert.equal(edits.length, 0);
        await settled();
        // A page that has shown the edit already must get the true values back.
        assert.ok(updates.slice(before).some(({ received }) => received !== undefined));
        assert.deepEqual(
          [values('input'), revisions()],
          [
            [2, 3, 1, 3],
            [1, 1, 1],
          ],
        );
      });
    }

    it('an edit of a document that has never been legal, and sends its values again', async () => {
      const { session, updates, values } = await opened({ ...worked, op: { ...worked.op, stride: [0, 0] } });
      const before = updates.length;
      session.receive(undefined);
      await settled();
      assert.ok(updates.slice(before).some(({ received }) => received !== undefined));
      assert.deepEqual(values('input'), [2, 3, 1, 3]);
    });
  });

  describe('saved', () => {
    const merged = (edits: readonly Edited[]): readonly boolean[] => edits.map(({ outcome }) => outcome.merged);

    it('goes on with a new step: the edit after it is one that an editor must hear of', async () => {
      const { session, edits } = await opened();
      session.apply(typed(6, 'drag'));
      session.apply(typed(7, 'drag'));
      session.seal();
      session.apply(typed(8, 'drag'));
      assert.deepEqual(merged(edits), [false, true, false]);
      session.undo();
      assert.equal(session.document.input.data[0], 7);
    });

    it('and reverted has the values of the file, and nothing to undo but what was saved', async () => {
      const { session, last, values } = await opened();
      session.apply(stride(1));
      session.seal();
      const { undo } = (await settled(), last().edited) ?? {};
      session.apply(typed(9));
      session.apply(typed(8));
      session.revert(worked, 'file');
      await settled();
      assert.deepEqual(values('output'), OUTPUT);
      assert.deepEqual([last().edited?.undo, last().edited?.redo], [undo, undefined]);
    });

    it('and reverted when the step that was saved is undone has that step to be undone', async () => {
      const { session, last } = await opened();
      session.apply(typed(9));
      session.seal();
      session.undo();
      session.revert(worked, 'file');
      await settled();
      assert.deepEqual([last().edited?.undo !== undefined, last().edited?.redo], [true, undefined]);
    });
  });

  describe('following its file', () => {
    it('is no step of its own: it is undone with the step before it, and done again with that', async () => {
      const { session, edits, values, last } = await opened();
      const step = session.apply(typed(9));
      session.follow({ ...worked, input: tensorOf('float64', [1, 1, 2, 2], [5, 3, 1, 3]), view: { zoom: 3 } }, 'file');
      await settled();
      assert.deepEqual([values('input'), values('output')], [[5, 3, 1, 3], EDITED]);
      assert.deepEqual(
        edits.map(({ how }) => how),
        ['edit', 'follow'],
      );
      assert.deepEqual(session.document.view, worked.view);
      assert.match(last().edited?.undo ?? '', /Edit|cell/i);
      assert.ok(step.ok);
      session.undo(step.value.step);
      await settled();
      assert.deepEqual([values('input'), values('output')], [[2, 3, 1, 3], OUTPUT]);
      session.redo(step.value.step);
      await settled();
      assert.deepEqual([values('input'), values('output')], [[5, 3, 1, 3], EDITED]);
    });

    it('keeps the steps apart that are not asked for: one that is undone already is not undone again', async () => {
      const { session, values } = await opened();
      const [first, second] = [session.apply(typed(6)), session.apply(typed(5))];
      assert.ok(first.ok && second.ok);
      session.undo(second.value.step);
      session.undo(second.value.step);
      await settled();
      assert.deepEqual(values('input'), [6, 3, 1, 3]);
      session.redo(first.value.step);
      await settled();
      assert.deepEqual(values('input'), [6, 3, 1, 3]);
    });
  });

  it('takes over a tensor that was made for it in shared memory, as an edit that can be undone', async () => {
    const { session, edits, last, values } = await opened();
    const value = { dtype: 'float64', shape: [1, 1, 2, 2], data: new Float64Array(new SharedArrayBuffer(32)) } as const;
    value.data.set([5, 3, 1, 3]);
    session.load('input', value, 'x.npy');
    assert.equal(session.document.input.data.buffer, value.data.buffer);
    await settled();
    assert.deepEqual([values('output'), last().edited?.undo, edits.length], [EDITED, '«Load x.npy»', 1]);
    session.undo();
    await settled();
    assert.deepEqual(values('output'), OUTPUT);
    session.redo();
    session.apply(typed(2));
    await settled();
    assert.deepEqual(values('output'), OUTPUT);
  });

  it('becomes of another rank with a tensor that has it, in one step', async () => {
    const { session, edits, values } = await opened();
    const value = { dtype: 'float64', shape: [1, 1, 5], data: new Float64Array(new SharedArrayBuffer(40)) } as const;
    value.data.set([5, 3, 1, 3, 2]);
    session.load('input', value, 'x.npy', { rank: 1 });
    assert.deepEqual([session.document.input.shape, session.document.weight.shape.length], [[1, 1, 5], 3]);
    assert.equal(session.document.input.data.buffer, value.data.buffer);
    // VS Code knows of one step, and takes that one back.
    const steps = edits.filter(({ outcome }) => !outcome.merged);
    assert.equal(steps.length, 1);
    session.undo(steps[0].outcome.step);
    await settled();
    assert.deepEqual([session.document.input.shape, values('output')], [[1, 1, 2, 2], OUTPUT]);
  });

  it('converts a tensor that was made for another precision', async () => {
    const { session } = await opened();
    const value = { dtype: 'float32', shape: [1, 1, 2, 2], data: new Float32Array(new SharedArrayBuffer(16)) } as const;
    session.load('input', value, 'x.npy');
    assert.ok(session.document.input.data instanceof Float64Array);
  });

  it('shares its tensors with a document that takes its place and keeps them, and undoes edits of both', async () => {
    const { session, values } = await opened();
    const { input } = session.document;
    session.apply({ kind: 'replaceDocument', document: { ...session.document, title: 'other' } });
    assert.equal(session.document.input, input);
    session.apply(typed(5));
    session.undo();
    session.undo();
    await settled();
    assert.deepEqual(values('output'), OUTPUT);
  });

  it('remembers how it is looked at, which is no edit', async () => {
    const { session, edits } = await opened();
    let heard = 0;
    session.onDidRemember(() => heard++);
    session.remember({ colourMap: 'magma' });
    assert.deepEqual([heard, session.revision, edits.length], [1, 1, 0]);
    assert.deepEqual(session.document.view, { colourMap: 'magma' });
  });

  it('sends everything to a view that has just come', async () => {
    const { session, updates, values } = await opened();
    updates.length = 0;
    session.refresh();
    await settled();
    assert.deepEqual([values('input'), values('output')], [[2, 3, 1, 3], OUTPUT]);
  });

  it('gives single elements, and NaN where there are none', async () => {
    const { session } = await opened();
    assert.deepEqual([...session.values('input', [3, 0, 4])], [3, 2, NaN]);
    assert.deepEqual([...session.values('output', [6])], [7]);
    assert.deepEqual([...session.values('bias', [0])], [NaN]);
  });

  it('says in the user’s words what it is called and where it comes from', async () => {
    const { session, last } = await opened({ ...worked, origin: { kind: 'file', uri: 'file:///home/x.tconv.json' } });
    assert.deepEqual([last().edited?.title, last().edited?.origin], ['worked', 'x.tconv.json']);
    const position = { line: 4, character: 0 };
    const origin = {
      kind: 'python',
      uri: 'file:///a/net.py',
      callee: 'f',
      range: { start: position, end: position },
    } as const;
    session.apply({ kind: 'replaceDocument', document: { ...worked, title: 'Blur', origin } });
    session.setCode({ label: 'net.py', state: 'parted' });
    assert.deepEqual(
      [last().edited?.title, last().edited?.origin, last().edited?.code],
      ['worked', 'net.py:5', { label: 'net.py', state: 'parted' }],
    );
  });
});
