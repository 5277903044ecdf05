import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ProblemError, problem } from '../../../src/core/problem';
import { connect, handOver, type Port, serve, Transferring } from '../../../src/protocol/rpc';

/** Two ports that hear each other, by structured clone as a worker or a webview would. */
function pair(): { readonly near: Port; readonly far: Port; inject(message: unknown): void } {
  const ears = { near: new Set<(message: unknown) => void>(), far: new Set<(message: unknown) => void>() };
  const port = (own: 'near' | 'far', other: 'near' | 'far'): Port => ({
    post: (message, transfer) => {
      const cloned: unknown = structuredClone(message, { transfer: [...(transfer ?? [])] });
      queueMicrotask(() => {
        for (const hear of ears[other]) hear(cloned);
      });
    },
    listen: (receive) => {
      ears[own].add(receive);
      return () => ears[own].delete(receive);
    },
  });
  return {
    near: port('near', 'far'),
    far: port('far', 'near'),
    inject: (message) => {
      for (const hear of ears.far) hear(message);
    },
  };
}

interface Api {
  add(one: number, other: number): number;
  fail(): void;
  refuse(): void;
  give(): ArrayBuffer;
  take(file: { readonly bytes: ArrayBuffer }, name: string): string;
}

function served(): {
  readonly remote: ReturnType<typeof connect<Api>>;
  inject(message: unknown): void;
  readonly given: ArrayBuffer;
} {
  const { near, far, inject } = pair();
  const given = new ArrayBuffer(8);
  serve(far, {
    add: (one: number, other: number) => one + other,
    fail: () => {
      throw new RangeError('too far');
    },
    refuse: () => {
      throw new ProblemError([problem({ code: 'x', field: 'stride', template: 'no' })]);
    },
    give: () => new Transferring(given, [given]),
    take: ({ bytes }: { readonly bytes: ArrayBuffer }, name: string) => `${name} ${bytes.byteLength}`,
  });
  return { remote: connect<Api>(near), inject, given };
}

describe('RPC', () => {
  it('sends no argument that is left out at the end: JSON, which a webview sends, makes null of undefined', () => {
    const sent: unknown[] = [];
    const post = (message: unknown): void => void sent.push(JSON.parse(JSON.stringify(message)));
    const { remote } = connect<{ ask(one?: number, other?: number): void }>({ post, listen: () => () => undefined });
    void remote.ask(1, undefined);
    void remote.ask();
    void remote.ask(undefined, 2);
    assert.deepEqual(
      sent.map((message) => (message as { args: unknown }).args),
      [[1], [], [null, 2]],
    );
  });

  it('hands over the buffers of an argument that are marked, and copies all others', async () => {
    const { remote } = served();
    const [copied, marked] = [new ArrayBuffer(8), new ArrayBuffer(16)];
    assert.equal(await remote.remote.take({ bytes: copied }, 'copied'), 'copied 8');
    assert.equal(await remote.remote.take(handOver({ bytes: marked }, [marked]), 'marked'), 'marked 16');
    assert.deepEqual([copied.byteLength, marked.byteLength], [8, 0]);
  });

  it('answers each call with its own result, in whatever order', async () => {
    const { remote } = served();
    const sums = await Promise.all([1, 2, 3, 4].map((each) => remote.remote.add(each, 10)));
    assert.deepEqual(sums, [11, 12, 13, 14]);
  });

  it('makes what a method throws a rejection, with the problems that it carries', async () => {
    const { near, far } = pair();
    serve(far, {
      refuse: () => {
        throw new ProblemError([problem({ code: 'x', field: 'stride', template: 'no' })]);
      },
    });
    const { remote } = connect<Pick<Api, 'refuse'>>(near, ({ name, data }) => Object.assign(new Error(name), { data }));
    await assert.rejects(
      remote.refuse(),
      (error: Error & { data?: { code: string }[] }) =>
        error.message === 'ProblemError' && error.data?.[0]?.code === 'x',
    );
  });

  it('says of a fault where it arose on the other side, and of a refusal nothing', async () => {
    const { near, far } = pair();
    serve(far, {
      fail: function divide() {
        throw new RangeError('too far');
      },
      refuse: () => {
        throw new ProblemError([problem({ code: 'x', field: 'stride', template: 'no' })]);
      },
    });
    const heard: unknown[] = [];
    near.listen((message) => heard.push((message as { error: { trace?: readonly string[] } }).error.trace));
    const { remote } = connect<Pick<Api, 'fail' | 'refuse'>>(near);
    await assert.rejects(remote.fail(), (error: Error) =>
      /^Error: too far\n {4}at .*divide \(/.test(error.stack ?? ''),
    );
    await assert.rejects(remote.refuse());
    assert.equal(heard[1], undefined);
  });

  it('rejects with a reply whose trace is none', async () => {
    const { near, far } = pair();
    const { remote } = connect<Pick<Api, 'fail'>>(near);
    far.post({ rpc: 'reply', id: 1, error: { name: 'Error', message: 'odd', trace: 5 } });
    await assert.rejects(remote.fail(), /odd/);
  });

  it('rejects a method that there is not, inherited ones too', async () => {
    const { remote } = served();
    const unknown = remote.remote as unknown as Record<string, () => Promise<unknown>>;
    for (const name of ['constructor', '__proto__', 'toString', 'nothing'])
      await assert.rejects(unknown[name](), /no method/);
  });

  it('hands buffers over instead of copying them', async () => {
    const { remote, given } = served();
    assert.equal((await remote.remote.give()).byteLength, 8);
    assert.equal(given.byteLength, 0);
  });

  it('rejects every call under way when the other side has died', async () => {
    const { near } = pair();
    const { remote, fail } = connect<Api>(near);
    const calls = [remote.add(1, 2), remote.fail()];
    fail(new Error('dead'));
    for (const call of calls) await assert.rejects(call, /dead/);
  });

  it('is not moved by 3,000 seeded messages of strangers, and goes on answering', async () => {
    const { remote, inject } = served();
    const call = fc.record(
      { rpc: fc.constantFrom('call', 'reply', 'x'), id: fc.anything(), method: fc.anything(), args: fc.anything() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), call), (message) => {
        inject(message);
      }),
      { numRuns: 3000, seed: 20261121 },
    );
    assert.equal(await remote.remote.add(20, 22), 42);
  });
});
