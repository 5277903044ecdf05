import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import { type Bells, askingPort, servingPort } from '../../../src/engine/port';
import { connect, serve, Transferring } from '../../../src/protocol/rpc';

interface Api {
  add(one: number, other: number): number;
  give(): Float32Array;
}

/** Both sides in one thread: the asking side never gets its answer in place, and always waits its full time. */
function channel(bells: Bells | undefined): {
  readonly remote: ReturnType<typeof connect<Api>>['remote'];
  readonly heard: unknown[];
  drain(): boolean;
  end(): void;
} {
  const { port1, port2 } = new MessageChannel();
  const asking = askingPort({ port: port1, bells });
  const stop = serve(servingPort({ port: port2, bells }), {
    add: (one: number, other: number) => one + other,
    give: () => {
      const values = Float32Array.of(1, 2);
      return new Transferring(values, [values.buffer]);
    },
  });
  const heard: unknown[] = [];
  asking.listen((message) => heard.push(message));
  return {
    remote: connect<Api>(asking).remote,
    heard,
    drain: () => asking.drain(),
    end: () => {
      stop();
      port1.close();
      port2.close();
    },
  };
}

for (const [name, bells] of [
  ['with bells', () => new SharedArrayBuffer(8)],
  ['without shared memory', () => undefined],
] as const) {
  describe(`the line to the thread, ${name}`, () => {
    it('answers question after question, and many at once in their order', async () => {
      const { remote, heard, end } = channel(bells());
      for (let i = 0; i < 50; i++) assert.equal(await remote.add(i, 1), i + 1);
      assert.deepEqual(
        await Promise.all(Array.from({ length: 50 }, (_, i) => remote.add(i, i))),
        Array.from({ length: 50 }, (_, i) => 2 * i),
      );
      assert.deepEqual([...(await remote.give())], [1, 2]);
      assert.equal(heard.length, 101, 'each answer is delivered once');
      assert.deepEqual(
        heard.map((message) => (message as { id: number }).id),
        Array.from({ length: 101 }, (_, i) => i + 1),
      );
      end();
    });

    it('delivers what has arrived and was not delivered when asked to', () => {
      const { port1, port2 } = new MessageChannel();
      const asking = askingPort({ port: port1, bells: bells() });
      const heard: unknown[] = [];
      const stop = asking.listen((message) => heard.push(message));
      port2.postMessage('one');
      port2.postMessage('two');
      assert.equal(asking.drain(), true);
      assert.deepEqual(heard, ['one', 'two']);
      assert.equal(asking.drain(), false);
      stop();
      port2.postMessage('three');
      asking.drain();
      assert.deepEqual(heard, ['one', 'two']);
      port1.close();
    });
  });
}
