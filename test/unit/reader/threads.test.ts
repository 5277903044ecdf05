// The reading thread as its callers see it, as a thread of Node and as a web worker.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { StartThread } from '../../../src/engine/thread';
import { ReaderClient, ReadingError } from '../../../src/reader/client';
import { readerStarter } from '../../../src/reader/start';
import { webWorkerStarter } from '../engine/webWorker';

const dist = join(process.cwd(), 'dist');
const hosts: readonly (readonly [name: string, start: () => StartThread])[] = [
  ['in Node', () => readerStarter(join(dist, 'reader.js'))],
  ['in the web', () => webWorkerStarter(join(dist, 'reading.js'), join(dist, 'web/reader.js'))],
];
const request = {
  path: 'file:///model.py',
  text: 'import torch\nimport torch.nn as nn\nfrom sizes import WIDTH\ny = nn.Conv2d(3, WIDTH, 3)(torch.zeros(1, 3, 8, 8))\n',
  inputShapes: {},
  folders: ['file:///'],
};

for (const [name, start] of hosts)
  describe(`the reading thread ${name}`, () => {
    let end: () => Promise<void> = () => assert.fail('no thread has been started');
    const started = start();
    const reader = new ReaderClient((ended) => {
      const thread = started(ended);
      end = thread.end;
      return thread;
    });
    after(() => reader.dispose());
    const shapes = async (): Promise<unknown> =>
      (await reader.read({ ...request, asKnown: true })).analysis!.reports.map(({ uses }) => uses[0].outputShape);

    it('reads a text, and asks for what it imports', async () => {
      const { wanted } = await reader.read(request);
      assert.ok(wanted.includes('file:///sizes.py'), wanted.join());
      await reader.know([{ path: 'file:///sizes.py', text: 'WIDTH = 24\n' }]);
      assert.deepEqual(await shapes(), [[1, 24, 6, 6]]);
    });

    it('when it ends is another one at the next question, which knows no files', async () => {
      const before = reader.ready();
      // Long enough that the thread is still at it when it ends.
      const lost = reader.read({ ...request, asKnown: true, text: request.text.repeat(3_000) });
      await Promise.all([
        assert.rejects(lost, (error) => error instanceof ReadingError && error.why === 'ended'),
        end(),
      ]);
      assert.notEqual(reader.ready(), before);
      assert.notDeepEqual(await shapes(), [[1, 24, 6, 6]]);
    });
  });
