import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { analyzeFile } from '../../../src/python';
import { ReaderClient, ReadingError } from '../../../src/reader/client';
import { readerStarter } from '../../../src/reader/start';
import { createReader } from '../../../src/reader/handlers';

const request = { path: 'file:///w/net.py', text: 'conv', inputShapes: {}, folders: [] };

describe('a text that cannot be read', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'tci-reader-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** A client of a thread that does this with every call. */
  async function withThread(
    body: string,
    longest: number,
    use: (client: ReaderClient) => Promise<void>,
  ): Promise<void> {
    const script = join(folder, 'thread.cjs');
    writeFileSync(
      script,
      `const { parentPort } = require('node:worker_threads');\nparentPort.on('message', ({ id, method }) => { ${body} });\n`,
    );
    const client = new ReaderClient(readerStarter(script), longest);
    try {
      await use(client);
    } finally {
      await client.dispose();
    }
  }
  const rejectsAs = (why: string, message: RegExp) => (error: unknown) =>
    error instanceof ReadingError && error.why === why && message.test(error.message);

  it('for so long is slow, and the next is read by a new thread', () =>
    withThread(
      "if (method === 'read') for (;;); parentPort.postMessage({ rpc: 'reply', id, result: true });",
      50,
      async (client) => {
        const first = client.ready();
        await assert.rejects(client.read(request), rejectsAs('slow', /0\.05 s/));
        assert.equal(await client.isImported('file:///w/net.py'), true);
        assert.notEqual(client.ready(), first);
      },
    ));

  it('ends the thread: it says with which words', () =>
    withThread("throw new Error('out of something')", 20_000, async (client) => {
      await assert.rejects(client.read(request), rejectsAs('ended', /out of something/));
    }));

  it('meets a fault: the thread lives on', () =>
    withThread(
      "parentPort.postMessage({ rpc: 'reply', id, error: { name: 'TypeError', message: 'x is not a function' } });",
      20_000,
      async (client) => {
        const first = client.ready();
        await assert.rejects(client.read(request), rejectsAs('fault', /x is not a function/));
        assert.equal(client.ready(), first);
      },
    ));

  it('is told to be so with the place of the fault, and what is read next builds on nothing', () => {
    const built: boolean[] = [];
    let faulty = false;
    const reader = createReader((asked) => {
      built.push(asked.previous !== undefined);
      if (faulty) throw new TypeError('x is not a function');
      return analyzeFile(asked);
    });
    const read = (): unknown => reader.read({ ...request, asKnown: true });
    read();
    faulty = true;
    assert.throws(read, /x is not a function[^]*client\.test/);
    faulty = false;
    read();
    assert.deepEqual(built, [false, true, false]);
  });

  it('has nothing to forget before anything was read', async () => {
    const client = new ReaderClient(readerStarter(join(folder, 'nowhere.cjs')));
    await client.forget([request.path]);
    await client.close(request.path);
    await client.dispose();
  });
});
