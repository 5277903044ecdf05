import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Cancelled } from '../../../src/language/cancelled';
import { ReadingError } from '../../../src/reader/client';
import { kernelOf, layer, started } from './keeper';
import { pathOf, settled } from './support';

/** A promise that a test fulfils, and a count of who waits for it. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), wait: () => opened };
}

describe('the keeper of analyses', () => {
  it('reads a version once, however many ask', async () => {
    const { workspace, reader, of, snapshots } = started();
    const document = workspace.open('net.py', layer(3));
    const [one, two] = await Promise.all([of(document), of(document)]);
    assert.equal(kernelOf(one), 3);
    assert.equal(two, one);
    assert.equal(await of(document), one);
    assert.deepEqual([reader.readings, snapshots.length], [1, 1]);
  });

  it('reads a new version anew, and a document of the same name and version that is another', async () => {
    const { workspace, of } = started();
    const document = workspace.open('net.py', layer(3));
    await of(document);
    workspace.type(document, layer(5));
    assert.equal(kernelOf(await of(document)), 5);
    const other = workspace.open('net.py', layer(7));
    other.version = document.version;
    assert.equal(kernelOf(await of(other)), 7);
  });

  it('does not read a text without anything to report', async () => {
    const { workspace, reader, of, snapshots } = started();
    const { analysis } = await of(workspace.open('add.py', 'def add(a, b):\n    return a + b\n'));
    assert.deepEqual([analysis.reports, reader.readings, snapshots.length], [[], 0, 1]);
  });

  it('lets the newest win: versions that have not been begun are given up', async () => {
    const { workspace, reader, of } = started();
    const { open, wait } = gate();
    const document = workspace.open('net.py', layer(0));
    await of(document);
    reader.before = wait;
    workspace.type(document, layer(1));
    const first = of(document);
    await settled();
    const given: Promise<unknown>[] = [];
    for (const kernel of [2, 3]) {
      workspace.type(document, layer(kernel));
      given.push(of(document));
    }
    workspace.type(document, layer(4));
    const last = of(document);
    open();
    for (const each of given) await assert.rejects(each, Cancelled);
    assert.equal(kernelOf(await last), 4);
    // The one that had been begun told what it found.
    assert.equal(kernelOf(await first), 1);
    assert.deepEqual(reader.texts, [layer(0), layer(1), layer(4)]);
  });

  it('gives up a version whose imports are still being looked for when the next is there', async () => {
    const { workspace, reader, of } = started({ 'sizes.py': 'KERNEL = 3\n' });
    const { open, wait } = gate();
    workspace.before = wait;
    const document = workspace.open('net.py', layer('KERNEL', 'from sizes import KERNEL'));
    const first = of(document);
    await settled();
    workspace.type(document, layer('KERNEL + 2', 'from sizes import KERNEL'));
    const second = of(document);
    open();
    await assert.rejects(first, Cancelled);
    assert.equal(kernelOf(await second), 5);
    assert.equal(reader.readings, 1);
  });

  it('reads one text after another, in the order in which they are asked for', async () => {
    const { workspace, reader, of } = started();
    const [a, b] = [workspace.open('a.py', layer(1)), workspace.open('b.py', layer(2))];
    await Promise.all([of(a), of(b)]);
    assert.deepEqual(reader.texts, [layer(1), layer(2)]);
  });

  it('gives up a document that is closed', async () => {
    const { workspace, reader, of, snapshots } = started();
    const { open, wait } = gate();
    reader.before = wait;
    const document = workspace.open('net.py', layer(3));
    const asked = of(document);
    await settled();
    workspace.close(document);
    open();
    await assert.rejects(asked, Cancelled);
    assert.deepEqual(snapshots, []);
  });

  it('waits for a text at rest when asked to', async () => {
    const { workspace, reader, analyses } = started();
    const { open, wait } = gate();
    const blocker = workspace.open('other.py', layer(9));
    const document = workspace.open('net.py', layer(1));
    reader.before = wait;
    const busy = analyses.of(blocker.asDocument);
    const asked = analyses.settled(document.asDocument);
    await settled();
    workspace.type(document, layer(2));
    const newer = analyses.of(document.asDocument);
    open();
    assert.equal(kernelOf(await asked), 2);
    await Promise.all([busy, newer]);
  });
});

describe('imports and shapes that change', () => {
  const NET = layer('KERNEL', 'from sizes import KERNEL');

  it('a file written on disk: what was read before is out of date', async () => {
    const { workspace, of, outdated } = started({ 'sizes.py': 'KERNEL = 3\n' });
    const document = workspace.open('net.py', NET);
    assert.equal(kernelOf(await of(document)), 3);
    await settled();
    const before = outdated();
    workspace.write('sizes.py', 'KERNEL = 5\n');
    await settled();
    assert.equal(outdated(), before + 1);
    assert.equal(kernelOf(await of(document)), 5);
  });

  it('a file typed in another editor, saved or not; and what is typed where nobody imports it', async () => {
    const { workspace, of, outdated } = started({ 'sizes.py': 'KERNEL = 3\n' });
    const document = workspace.open('net.py', NET);
    const [sizes, other] = [workspace.open('sizes.py'), workspace.open('other.py', '')];
    assert.equal(kernelOf(await of(document)), 3);
    await settled();
    const before = outdated();
    workspace.type(other, 'x = 1');
    assert.equal(outdated(), before);
    workspace.type(sizes, 'KERNEL = 7\n');
    assert.equal(outdated(), before + 1);
    assert.equal(kernelOf(await of(document)), 7);
    workspace.close(sizes);
    await settled();
    assert.equal(kernelOf(await of(document)), 3);
  });

  it('a file typed in while it is being imported for the first time', async () => {
    const { workspace, reader, of } = started();
    const sizes = workspace.open('sizes.py', 'KERNEL = 3\n');
    const document = workspace.open('net.py', NET);
    const { open, wait } = gate();
    reader.before = wait;
    const asked = of(document);
    await settled();
    workspace.type(sizes, 'KERNEL = 5\n');
    const again = of(document);
    open();
    await asked.catch(() => undefined);
    assert.equal(kernelOf(await again), 5);
  });

  it('a file deleted, and made again', async () => {
    const { workspace, of } = started({ 'sizes.py': 'KERNEL = 3\n' });
    const document = workspace.open('net.py', NET);
    await of(document);
    workspace.remove('sizes.py');
    await settled();
    assert.notEqual(kernelOf(await of(document)), 3);
    workspace.write('sizes.py', 'KERNEL = 9\n');
    await settled();
    assert.equal(kernelOf(await of(document)), 9);
  });

  it('an example that stands in a file that imports this one is found', async () => {
    const { workspace, analyses } = started({
      'train.py': 'import torch\nfrom net import Net\nNet()(torch.zeros(1, 3, 20, 20))\n',
    });
    const net = [
      'import torch.nn as nn',
      'class Net(nn.Module):',
      '    def __init__(self):',
      '        super().__init__()',
      '        self.conv = nn.Conv2d(3, 8, 3)',
      '    def forward(self, x):',
      '        return self.conv(x)',
      '',
    ].join('\n');
    const document = workspace.open('net.py', net);
    const { analysis } = await analyses.settled(document.asDocument);
    assert.deepEqual(analysis.reports[0].uses[0].outputShape, [1, 8, 18, 18]);
  });

  it('a shape that the user set', async () => {
    const { workspace, of, shapes } = started();
    const text = [
      'import torch.nn as nn',
      'class Net(nn.Module):',
      '    def forward(self, x):',
      '        return nn.Conv2d(3, 8, 3)(x)',
      '',
    ].join('\n');
    const document = workspace.open('net.py', text);
    await of(document);
    shapes.set = { 'Net.forward:x': [1, 3, 10, 10] };
    shapes.changed.fire();
    assert.deepEqual((await of(document)).analysis.reports[0].uses[0].outputShape, [1, 8, 8, 8]);
  });
});

describe('a reading that fails', () => {
  const failing = (error: Error) => (): Promise<void> => Promise.reject(error);

  it('is told once, with what went wrong, and counts as read', async () => {
    const { workspace, reader, of, failures, snapshots } = started();
    const error = new ReadingError('fault', 'x is not a function');
    reader.before = failing(error);
    const document = workspace.open('net.py', layer(3));
    const snapshot = await of(document);
    assert.deepEqual(snapshot.failure, { why: 'fault', message: 'x is not a function', error });
    assert.deepEqual(snapshot.analysis.reports, []);
    assert.equal(await of(document), snapshot);
    workspace.type(document, layer(5));
    await of(document);
    assert.deepEqual([failures.length, snapshots.length], [1, 2]);
  });

  it('by a fault is tried again with the next version', async () => {
    const { workspace, reader, of } = started();
    reader.before = failing(new TypeError('x is not a function'));
    const document = workspace.open('net.py', layer(3));
    assert.equal((await of(document)).failure?.why, 'fault');
    reader.before = async () => undefined;
    workspace.type(document, layer(5));
    const { failure, ...snapshot } = await of(document);
    assert.deepEqual([failure, kernelOf(snapshot)], [undefined, 5]);
  });

  for (const why of ['slow', 'ended'] as const) {
    it(`because it was ${why} does not end the thread with every key press, but is tried again when asked or saved`, async () => {
      const { workspace, reader, analyses, of, failures, outdated } = started();
      let asked = 0;
      reader.before = async () => {
        asked++;
        throw new ReadingError(why, 'It took longer.');
      };
      const document = workspace.open('net.py', layer(3));
      await of(document);
      workspace.type(document, layer(5));
      assert.equal((await of(document)).failure?.why, why);
      assert.deepEqual([asked, failures.length], [1, 1]);
      const before = outdated();
      analyses.readAgain(document.path);
      assert.equal(outdated(), before + 1);
      assert.equal((await of(document)).failure?.why, why);
      assert.equal(asked, 2);
      reader.before = async () => undefined;
      workspace.save(document);
      const snapshot = await of(document);
      assert.deepEqual([snapshot.failure, kernelOf(snapshot)], [undefined, 5]);
    });
  }

  it('is forgotten with its document', async () => {
    const { workspace, reader, of } = started();
    reader.before = failing(new ReadingError('slow', 'It took longer.'));
    workspace.close(
      await of(workspace.open('net.py', layer(3))).then(() => workspace.documents.get(pathOf('net.py'))!),
    );
    reader.before = async () => undefined;
    assert.equal(kernelOf(await of(workspace.open('net.py', layer(3)))), 3);
  });

  it('leaves alone what could be read: to try again reads nothing', async () => {
    const { workspace, analyses, of, outdated } = started();
    const document = workspace.open('net.py', layer(3));
    await of(document);
    await settled();
    const before = outdated();
    analyses.readAgain(document.path);
    assert.equal(outdated(), before);
  });

  it('since the extension ends is no failure', async () => {
    const { workspace, reader, analyses, of, failures } = started();
    const { open, wait } = gate();
    reader.before = async () => {
      await wait();
      throw new ReadingError('ended', 'The reading thread has been shut down.');
    };
    const asked = of(workspace.open('net.py', layer(3)));
    await settled();
    analyses.dispose();
    open();
    await assert.rejects(asked, Cancelled);
    assert.deepEqual(failures, []);
  });
});
