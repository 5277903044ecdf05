// The owner of a document, from an edit to what a view is told, with the compute thread's own work and without VS Code.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { InspectorDocument } from '../../../../src/core/state/document';
import type { Edit } from '../../../../src/core/state/edits';
import type { TensorName } from '../../../../src/core/tensor/plane';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { type Edited, type Notice, Session } from '../../../../src/host/session/session';
import type { PanelUpdate } from '../../../../src/protocol/panel';
import { settled, surroundings, TestEngine } from './surroundings';

/** The references' example. */
const worked: InspectorDocument = {
  version: 1,
  op: { kind: 'convTranspose', stride: [1, 1], padding: [0, 0], dilation: [1, 1], outputPadding: [0, 0] },
  dtype: 'float64',
  input: tensorOf('float64', [1, 1, 2, 2], [2, 3, 1, 3]),
  weight: tensorOf('float64', [1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]),
  view: {},
};
/** As PyTorch computes it. */
const OUTPUT = [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3];
/** The same with 5 instead of 2 in the input's corner. */
const EDITED = [0, 5, 8, 3, 0, 6, 7, 3, 5, 4, 8, 3, 1, 3, 1, 3];

const watch = { planes: [], whole: ['input', 'weight', 'output'], statistics: 'tensor' } as const;
const typed = (value: number, group?: string): Edit => ({
  kind: 'setCells',
  tensor: 'input',
  indices: Uint32Array.of(0),
  values: Float64Array.of(value),
  ...(group === undefined ? {} : { group }),
});
const stride = (value: number): Edit => ({ kind: 'setParameter', field: 'stride', value });

async function opened(document: InspectorDocument = worked, engine = new TestEngine()) {
  const session = new Session(document, surroundings(engine));
  const updates: PanelUpdate[] = [];
  const edits: Edited[] = [];
  const notices: Notice[] = [];
  session.onDidUpdate((update) => updates.push(update));
  session.onDidEdit((edit) => edits.push(edit));
  session.onDidNotice((notice) => notices.push(notice));
  session.watch(watch);
  await settled();
  const last = (): PanelUpdate => {
    const update = updates.at(-1);
    assert.ok(update);
    return update;
  };
  /** The newest values of a tensor that a view was sent. */
  const values = (name: TensorName): readonly number[] => {
    const sights = updates.flatMap(({ received }) => received?.sight ?? []);
    return Array.from(sights.at(-1)?.whole.find(({ tensor }) => tensor === name)?.values ?? []);
  };
  /** Of the edited, the received and the computed document, as the last update says. */
  const revisions = (): readonly (number | undefined)[] => {
    const { edited, received, computed } = last();
    return [edited?.revision, received?.head.revision, computed?.revision];
  };
  return { session, engine, updates, edits, notices, last, values, revisions };
}

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

  describe('asked for more while it computes', () => {
    it('computes the newest next, and none of those between', async () => {
      const { session, engine, updates, values, revisions } = await opened();
      engine.hold();
      for (const value of [7, 8, 9, 5]) session.apply(typed(value));
      // Nothing has been shown for a while, or the first one is given up: either way one more is computed.
      await settled();
      await engine.answer();
      await engine.answer();
      const asked = engine.evaluated.map(({ revision }) => revision);
      assert.deepEqual([asked.at(-1), asked.filter((revision) => revision === 3 || revision === 4)], [5, []]);
      assert.deepEqual(values('output'), EDITED);
      assert.deepEqual(revisions(), [5, 5, 5]);
      assert.ok(updates.every(({ status }) => status.case !== 'failed'));
    });

    it('shows what it was computing under its own revision, and the newest after it', async () => {
      const engine = new TestEngine();
      engine.hold();
      const { session, revisions, values } = await opened(worked, engine);
      // Nothing has been shown yet, so the work under way is let finish.
      session.apply({ kind: 'setBias', on: true });
      await engine.answer();
      assert.deepEqual([revisions(), values('output')], [[2, 1, 1], OUTPUT]);
      assert.equal(engine.evaluated.length, 2);
      await engine.answer();
      assert.deepEqual(revisions(), [2, 2, 2]);
    });

    it('looks again when the view has moved on meanwhile', async () => {
      const { session, engine, values } = await opened();
      engine.hold();
      session.apply(typed(5));
      const looks = engine.looked.length;
      session.watch({ ...watch, whole: ['output'] });
      await settled();
      await engine.answer();
      await engine.answer();
      assert.deepEqual([engine.looked.length - looks, values('input'), values('output')], [1, [], EDITED]);
    });

    it('says how far it is, while it is under way, to its own views only', async () => {
      const { session, engine, last } = await opened();
      engine.hold();
      session.apply(typed(5));
      await settled();
      const own = engine.evaluated.at(-1)?.session ?? -1;
      engine.progress({ session: own, revision: 2, done: 0.5 });
      engine.progress({ session: own + 1, revision: 2, done: 0.9 });
      assert.deepEqual(last().status, { case: 'computing', revision: 2, done: 0.5 });
      await engine.answer();
      engine.progress({ session: own, revision: 2, done: 0.9 });
      assert.equal(last().status.case, 'ready');
    });

    it('stops when it is told to, says so, and computes the next edit', async () => {
      const { session, engine, last, values } = await opened();
      engine.hold();
      session.apply(typed(7));
      await settled();
      session.cancel();
      await engine.answer();
      const message = '«Cancelled. The last result is shown.»';
      assert.deepEqual(last().status, { case: 'failed', revision: 2, message });
      session.apply(typed(5));
      await settled();
      await engine.answer();
      assert.deepEqual(values('output'), EDITED);
    });
  });

  describe('whose thread dies', () => {
    it('asks once more, and says so', async () => {
      const { session, engine, notices, values } = await opened();
      engine.deaths = 1;
      session.apply(typed(5));
      await settled();
      assert.deepEqual(values('output'), EDITED);
      assert.deepEqual(notices, [
        {
          message: '«The compute thread stopped: a test. It was started again; nothing was lost.»',
          severity: 'info',
        },
      ]);
    });

    it('of the same again says that it failed, keeps the document, and computes it when asked to', async () => {
      const { session, engine, last, values } = await opened();
      engine.deaths = 2;
      session.apply(typed(5));
      await settled();
      assert.deepEqual(last().status, { case: 'failed', revision: 2, message: 'The compute thread stopped: a test.' });
      assert.equal(session.document.input.data[0], 5);
      session.retry();
      await settled();
      assert.deepEqual(values('output'), EDITED);
    });

    it('while it only looks, looks again', async () => {
      const { session, engine, updates, notices } = await opened();
      engine.deaths = 1;
      const before = updates.length;
      session.watch({ ...watch, whole: ['weight'] });
      await settled();
      assert.deepEqual([updates.slice(before).filter(({ received }) => received).length, notices.length], [1, 1]);
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

    it('and reverted has the values of the file and nothing to undo', async () => {
      const { session, last, values } = await opened();
      session.apply(typed(9));
      session.reset(worked);
      await settled();
      assert.deepEqual([session.revision, values('output')], [3, OUTPUT]);
      assert.equal(last().edited?.undo, undefined);
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
    assert.deepEqual([last().edited?.title, last().edited?.origin], ['«Untitled»', 'x.tconv.json']);
    const position = { line: 4, character: 0 };
    const origin = {
      kind: 'python',
      uri: 'file:///a/net.py',
      callee: 'f',
      range: { start: position, end: position },
    } as const;
    session.apply({ kind: 'replaceDocument', document: { ...worked, title: 'Blur', origin } });
    session.setCode({ label: 'net.py', parted: true });
    assert.deepEqual(
      [last().edited?.title, last().edited?.origin, last().edited?.code],
      ['«Blur»', 'net.py:5', { label: 'net.py', parted: true }],
    );
  });

  it('once it is closed says nothing more, and gives its memory back', async () => {
    const { session, engine, updates } = await opened();
    engine.hold();
    session.apply(typed(5));
    await settled();
    const { session: id } = engine.evaluated[0];
    session.dispose();
    const before = updates.length;
    await engine.answer();
    session.setCode(undefined);
    assert.deepEqual([updates.length, engine.released, engine.listening], [before, [id], 0]);
  });
});
