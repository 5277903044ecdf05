import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Snapshot } from '../../../src/language/analyses';
import type { Environment } from '../../../src/language/environments';
import { ReadingError } from '../../../src/reader/client';
import { settled } from './support';
import { FakeStore, layer, started } from './keeper';

describe('a reading with installed packages', () => {
  const PACKAGES = 'file:///env/site-packages';
  const found: Environment = { origin: 'folder', name: 'env', packages: [PACKAGES] };
  const own = layer(3, 'import torch', 'from zoo import width') + 'y = conv(torch.zeros(1, 3, width(), 9))\n';
  const outputOf = ({ analysis }: Snapshot): unknown => analysis.reports[0]?.uses[0]?.outputShape;
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn++) await settled();
  };

  function withPackages(
    installed: Readonly<Record<string, string>> = {
      [`${PACKAGES}/zoo.py`]: 'import torch\ndef width():\n    return 20\n',
    },
  ) {
    const all = started(installed);
    all.environment.found = found;
    return { ...all, document: all.workspace.open('net.py', own) };
  }

  it('tells at once what is known without them, and then with them', async () => {
    const { document, of, outdated } = withPackages();
    assert.deepEqual(outputOf(await of(document)), [1, 8, 'n - 2', 7]);
    await turns();
    assert.equal(outdated(), 1);
    const then = await of(document);
    assert.deepEqual(outputOf(then), [1, 8, 18, 7]);
    assert.equal(then.environment, found);
    await turns();
    assert.equal(outdated(), 1);
  });

  it('waits for them where somebody asks for all that can be known', async () => {
    const { document, analyses } = withPackages();
    assert.deepEqual(outputOf(await analyses.settled(document.asDocument)), [1, 8, 18, 7]);
  });

  it('does not read the text again when nothing is installed under that name', async () => {
    const { document, reader, of, outdated } = withPackages({});
    await of(document);
    await turns();
    assert.deepEqual([outdated(), reader.readings], [0, 1]);
  });

  it('reads the text again when an environment is found', async () => {
    const { document, environment, of } = withPackages();
    environment.found = undefined;
    await of(document);
    environment.found = found;
    environment.changed.fire();
    await of(document);
    await turns();
    assert.deepEqual(outputOf(await of(document)), [1, 8, 18, 7]);
  });

  it('asks in the next session at once for all that was found in rounds', async () => {
    const installed = {
      [`${PACKAGES}/zoo.py`]: 'from deep.one import width\n# torch\n',
      [`${PACKAGES}/deep/one.py`]: 'from .two import width\n# torch\n',
      [`${PACKAGES}/deep/two.py`]: '# torch\ndef width():\n    return 20\n',
    };
    const store = new FakeStore();
    const session = async (): Promise<number> => {
      const { workspace, reader, environment, analyses } = started(installed, store);
      environment.found = found;
      const missing = reader.missing.bind(reader);
      let rounds = 0;
      reader.missing = (request) => {
        rounds++;
        return missing(request);
      };
      const { analysis } = await analyses.settled(workspace.open('net.py', own).asDocument);
      assert.deepEqual(analysis.reports[0].uses[0].outputShape, [1, 8, 18, 7]);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return rounds;
    };
    assert.deepEqual([await session(), await session()], [3, 1]);
    // What stands in the store may be anything.
    store.text = '[["file:///w/net.py", {"imports": 3}], 4';
    assert.equal(await session(), 3);
  });

  it('reads a text without them that ends the thread with them', async () => {
    const { document, reader, of, failures } = withPackages();
    reader.before = async ({ packages = [] }) => {
      if (packages.length > 0) throw new ReadingError('slow', 'It took too long.');
    };
    assert.deepEqual(outputOf(await of(document)), [1, 8, 'n - 2', 7]);
    assert.deepEqual(failures, []);
  });
});
