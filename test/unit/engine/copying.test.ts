// The way of the tensors without shared memory: what is sent, what is kept, and who waits for whom.
import assert from 'node:assert/strict';
import { resolve } from '../../../src/core/plan';
import { zeros } from '../../../src/core/tensor/tensor';
import { CancelledError } from '../../../src/engine/cancel';
import { copying, keepingTensors, sendingChanges } from '../../../src/engine/copying';
import type { Running } from '../../../src/engine/crossing';
import { createHandlers } from '../../../src/engine/handlers';
import type { EngineApi, EvaluateRequest, LookRequest, SharedTensor } from '../../../src/protocol/engine';
import { type Port, type Remote, connect, serve } from '../../../src/protocol/rpc';

type Sent = EvaluateRequest | LookRequest;
const op = { kind: 'conv', stride: [1, 1], padding: [0, 0], dilation: [1, 1] } as const;
const watch = { planes: [], whole: ['output'], statistics: 'tensor' } as const;
const limit = 2 ** 30;

/** Both ends in this thread; messages are copied as between threads. */
function line(): { readonly remote: Remote<EngineApi>; readonly sent: Sent[]; readonly received: Sent[] } {
  const sent: Sent[] = [];
  const received: Sent[] = [];
  const ends: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number): Port => ({
    post: (message, transfer) => {
      const copy: unknown = structuredClone(message, { transfer: transfer ? [...transfer] : [] });
      if (own === 0) sent.push((copy as { args: [Sent] }).args[0]);
      for (const hear of ends[1 - own]) hear(copy);
    },
    listen: (receive) => {
      ends[own].push(receive);
      return () => undefined;
    },
  });
  const handlers = createHandlers({ answersCopies: true });
  const evaluate: typeof handlers.evaluate = (request) => {
    received.push(request);
    return handlers.evaluate(request);
  };
  serve(end(1), keepingTensors({ ...handlers, evaluate }));
  return { remote: sendingChanges(connect<never>(end(0)).remote), sent, received };
}

const tensor = (id: number, shape: readonly number[], fill: number): SharedTensor => {
  const { data } = zeros('float32', shape);
  data.fill(fill);
  return { id, version: 1, dtype: 'float32', shape, buffer: data.buffer };
};
const requestOf = (side: number): EvaluateRequest => ({
  session: 1,
  revision: 1,
  op,
  tensors: { input: tensor(1, [1, 1, side, side], 1), weight: tensor(2, [1, 1, 3, 3], 1) },
  watch,
  limit,
});
/** Node 20 leaves it to the collector. */
const canFree = 'transfer' in ArrayBuffer.prototype;
/** The roles whose values were sent. */
const rolesOf = ({ tensors }: Sent): string[] =>
  Object.entries(tensors).flatMap(([role, each]) =>
    (each as Partial<SharedTensor> | undefined)?.buffer ? [role] : [],
  );

describe('tensors that cross as copies', () => {
  it('are sent when the thread has not got that version of them, and only then', async () => {
    const { remote, sent } = line();
    const first = requestOf(4);
    const { output } = await remote.evaluate(first);
    const tensors = { ...first.tensors, output };
    await remote.look({ session: 1, rank: 2, tensors, watch });
    const input = { ...first.tensors.input, version: 2 };
    await remote.evaluate({ ...first, tensors: { ...first.tensors, input } });
    // The output of the first evaluation is not the one that the thread has by now.
    await remote.look({ session: 1, rank: 2, tensors: { ...tensors, input }, watch });
    await remote.evaluate({ ...first, session: 2, tensors: { ...first.tensors, input } });
    assert.deepEqual(sent.map(rolesOf), [['input', 'weight'], [], ['input'], ['output'], ['input', 'weight']]);
  });

  it('are all sent again after a failure, and after a release', async () => {
    const { remote, sent } = line();
    const first = requestOf(4);
    await assert.rejects(remote.evaluate({ ...first, limit: 1 }));
    await remote.evaluate(first);
    await remote.release(1);
    await remote.evaluate(first);
    assert.deepEqual(
      sent.filter((each) => typeof each === 'object').map(rolesOf),
      Array.from({ length: 3 }, () => ['input', 'weight']),
    );
  });

  it('leave no memory behind in the thread when others take their place', async () => {
    const { remote, received } = line();
    const first = requestOf(160);
    await remote.evaluate(first);
    const input = { ...first.tensors.input, version: 2 };
    await remote.evaluate({ ...first, tensors: { ...first.tensors, input } });
    assert.deepEqual(
      received.map(({ tensors }) => tensors.input.buffer.byteLength),
      [canFree ? 0 : 4 * 160 * 160, 4 * 160 * 160],
    );
  });

  it('count against the limit: the answer is one output more', () => {
    const request = requestOf(4);
    const resolution = resolve(op, [1, 1, 4, 4], [1, 1, 3, 3]);
    assert.ok(resolution.ok);
    const output = 4 * 2 * 2;
    assert.throws(() => createHandlers({ answersCopies: true }).evaluate({ ...request, limit: 2 * output }), {
      name: 'ProblemError',
    });
    assert.doesNotThrow(() => createHandlers().evaluate({ ...request, limit: 2 * output }));
  });

  it('that the thread has not got are missed aloud', () => {
    const handlers = keepingTensors(createHandlers());
    const { input, weight } = requestOf(4).tensors;
    assert.throws(
      () => handlers.look({ session: 1, rank: 2, tensors: { input, weight: { ...weight, buffer: undefined } }, watch }),
      /weight/,
    );
  });
});

describe('questions without shared memory', () => {
  /** A question that is answered when it is told to be. */
  function held(): { readonly ask: () => Promise<string>; answer(value: string): void; begun: boolean } {
    let settle: (value: string) => void = () => undefined;
    const answer = new Promise<string>((done) => (settle = done));
    const question = {
      begun: false,
      ask: () => {
        question.begun = true;
        return answer;
      },
      answer: (value: string) => settle(value),
    };
    return question;
  }
  const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
  const thread = (giveUp: () => void = () => assert.fail('the thread was ended')): (() => Running) => {
    const running = { remote: {} as Remote<EngineApi>, giveUp };
    return () => running;
  };

  it('are put one after another', async () => {
    const crossing = copying();
    const [first, second] = [held(), held()];
    const one = crossing.ask(first.ask, thread(), undefined);
    const other = crossing.ask(second.ask, thread(), undefined);
    await turn();
    assert.deepEqual([first.begun, second.begun], [true, false]);
    first.answer('one');
    assert.equal(await one.answer, 'one');
    await turn();
    assert.equal(second.begun, true);
    second.answer('two');
    assert.equal(await other.answer, 'two');
  });

  it('that are given up before their turn are never put', async () => {
    const crossing = copying();
    const controller = new AbortController();
    const [first, second] = [held(), held()];
    crossing.ask(first.ask, thread(), undefined);
    const { answer, stop } = crossing.ask(second.ask, thread(), controller.signal);
    controller.abort();
    stop();
    first.answer('');
    await assert.rejects(answer, CancelledError);
    assert.equal(second.begun, false);
  });

  it('that are given up while they take long end the thread', async () => {
    const crossing = copying();
    const { ask } = held();
    const ended = new Promise<void>((done) => {
      const { stop } = crossing.ask(ask, thread(done), new AbortController().signal);
      setTimeout(stop, 0);
    });
    await ended;
  });

  it('come after one that failed', async () => {
    const crossing = copying();
    const { answer } = crossing.ask(() => Promise.reject(new Error('no')), thread(), undefined);
    await assert.rejects(answer, /no/);
    assert.equal(await crossing.ask(() => Promise.resolve(7), thread(), undefined).answer, 7);
  });
});
