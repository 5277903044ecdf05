// Values that are slow, print, raise or lie, and a program that goes on: each has its sentence, and the next question
// is answered as if nothing had been.
import assert from 'node:assert/strict';
import { LiveReader } from '../../src/live/reader';
import { Turns } from '../../src/live/turns';
import { Debugged } from './debugged';

/** Tests of a debugger; its version, and a Python that has it. */
export function badWeather(version: string, python: string): void {
  describe(`a stopped program in debugpy ${version}, in bad weather,`, () => {
    let debugged: Debugged;

    before(async function () {
      if (!python) this.skip();
      debugged = new Debugged('weather.py', python);
      await debugged.attach();
    });

    after(() => debugged?.end());

    it('is in this debugger', async () => {
      const asked = '[int(each) for each in __import__("debugpy").__version__.split(".")]';
      const found = await read(asked);
      assert.ok(found.kind === 'tensor');
      assert.equal([...found.values.data].join('.'), version);
    });

    const read = (expression: string, reader = debugged.reader): ReturnType<LiveReader['read']> =>
      reader.read(debugged.program, expression);

    async function held(): Promise<void> {
      const found = await read('held');
      assert.ok(found.kind === 'tensor');
      assert.deepEqual([...found.values.data], [2, 2, 2]);
    }

    it('is read in the thread that has stopped', held);

    it('prints by itself, which is no part of the answer', async () => {
      const found = await read('printing');
      assert.ok(found.kind === 'tensor');
      assert.deepEqual([...found.values.data], [0, 1, 2]);
      await debugged.until(/said by the program/);
    });

    it('raises, even when it is asked what it has raised', async () => {
      await assert.rejects(read('raising'), /answered with an error. Mute: /);
      await held();
    });

    it('has a property that hangs, of which nobody asks', async () => {
      assert.deepEqual(await read('hidden'), { kind: 'other', type: '__main__.Hidden', entries: [] });
    });

    it('lies about its shape, and is read as it is', async () => {
      const found = await read('liar');
      assert.ok(found.kind === 'tensor');
      assert.deepEqual([found.shape, [...found.values.data]], [[6], [0, 1, 2, 3, 4, 5]]);
    });

    it('takes too long: nothing else is asked until it has ended, and then everything is', async () => {
      const hasty = new LiveReader(new Turns(300));
      const before = debugged.asked.length;
      await assert.rejects(read('slow', hasty), /has not answered for 0\.3 s \(slow\)/);
      await assert.rejects(read('held', hasty), /still busy with what was asked of it before: slow/);
      assert.equal(debugged.asked.length, before);
      await debugged.answered(before + 1);
      const found = await read('held', hasty);
      assert.ok(found.kind === 'tensor');
      await held();
    });

    it('has gone on', async () => {
      await debugged.release();
      await assert.rejects(read('held'), /The debugger refused the question|no value here/);
    });
  });
}
