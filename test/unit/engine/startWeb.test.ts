// How a web worker is started, with a stand-in for the browser's.
import assert from 'node:assert/strict';
import { resolveObjectURL } from 'node:buffer';
import { threadStarter } from '../../../src/engine/start.web';

type Hear = (event: { readonly data?: unknown; readonly message?: string; preventDefault(): void }) => void;

class FakeWorker {
  static readonly made: FakeWorker[] = [];
  readonly posted: unknown[] = [];
  readonly hears = new Map<string, Hear>();
  terminated = false;
  constructor(
    readonly address: string,
    readonly options: { readonly name: string },
  ) {
    FakeWorker.made.push(this);
  }
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  addEventListener(type: string, hear: Hear): void {
    this.hears.set(type, hear);
  }
  terminate(): void {
    this.terminated = true;
  }
}

const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

describe('a thread in the web', () => {
  const scope = globalThis as { Worker?: unknown };
  before(() => (scope.Worker = FakeWorker));
  after(() => delete scope.Worker);
  beforeEach(() => FakeWorker.made.splice(0));

  /** A started thread, what was heard of its end, and the worker once it is there. */
  const started = async (start: ReturnType<typeof threadStarter>) => {
    const ends: string[] = [];
    const thread = start(({ message }) => ends.push(message));
    await turn();
    return { thread, ends, worker: FakeWorker.made.at(-1) };
  };

  it('runs the text that was loaded, from a blob, and loads it once', async () => {
    let loads = 0;
    const start = threadStarter('reader', () => Promise.resolve(`text ${++loads}`));
    const { worker } = await started(start);
    await started(start);
    assert.deepEqual([loads, FakeWorker.made.length], [1, 2]);
    assert.equal(worker?.options.name, 'reader');
    assert.equal(await resolveObjectURL(worker.address)?.text(), 'text 1');
  });

  it('gets what was posted before it was there, in order and as it was', async () => {
    const start = threadStarter('reader', () => Promise.resolve(''));
    const thread = start(() => undefined);
    const values = Float32Array.of(1);
    thread.port.post({ values });
    values[0] = 2;
    thread.port.post({ values });
    await turn();
    thread.port.post('last');
    assert.deepEqual(FakeWorker.made[0].posted, [
      { values: Float32Array.of(1) },
      { values: Float32Array.of(2) },
      'last',
    ]);
  });

  it('says that it could not be loaded, and tries again the next time', async () => {
    let loads = 0;
    const start = threadStarter('reader', () =>
      ++loads === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(''),
    );
    const { ends } = await started(start);
    assert.deepEqual([ends, FakeWorker.made.length], [['offline'], 0]);
    const { ends: none } = await started(start);
    assert.deepEqual([none, FakeWorker.made.length], [[], 1]);
  });

  it('is over when an error is not caught in it, and says so once', async () => {
    const { worker, ends, thread } = await started(threadStarter('reader', () => Promise.resolve('')));
    const fault = new Event('error', { cancelable: true });
    worker?.hears.get('error')?.(Object.assign(fault, { message: 'out of memory' }));
    await thread.end();
    assert.deepEqual([ends, worker?.terminated], [['out of memory'], true]);
    // Else the host itself would have it, too.
    assert.equal(fault.defaultPrevented, true);
  });

  it('keeps to itself that it was ended while it loaded its script', async () => {
    const { worker, ends, thread } = await started(threadStarter('reader', () => Promise.resolve('')));
    await thread.end();
    const fault = new Event('error', { cancelable: true });
    worker?.hears.get('error')?.(Object.assign(fault, { message: 'failed to load' }));
    assert.deepEqual([ends, fault.defaultPrevented], [['it was ended'], true]);
  });

  it('never starts when it is ended before it was loaded', async () => {
    const ends: string[] = [];
    const thread = threadStarter('reader', () => Promise.resolve(''))(({ message }) => ends.push(message));
    await thread.end();
    await turn();
    assert.deepEqual([ends.length, FakeWorker.made.length], [1, 0]);
  });

  it('passes on what the worker says, to whoever still listens', async () => {
    const { worker, thread } = await started(threadStarter('reader', () => Promise.resolve('')));
    const heard: unknown[] = [];
    const stop = thread.port.listen((message) => heard.push(message));
    worker?.hears.get('message')?.({ preventDefault: () => undefined, data: 1 });
    stop();
    worker?.hears.get('message')?.({ preventDefault: () => undefined, data: 2 });
    assert.deepEqual(heard, [1]);
  });
});
