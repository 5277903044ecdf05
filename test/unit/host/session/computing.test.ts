// A session while its thread computes, when that dies, and after it has been closed.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EDITED, opened, OUTPUT, typed, watch, worked } from './opened';
import { settled, TestEngine } from './surroundings';

describe('a session and its thread', () => {
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
