// Documents as they stand on a disk: what a save changes of them, and what another program has changed.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npy, writeNpy } from '../../../../src/core/formats/npy';
import { memorySource } from '../../../../src/core/formats/source';
import type { InspectorDocument } from '../../../../src/core/state/document';
import { DOCUMENT_EXTENSION } from '../../../../src/core/state/serialize';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { DocumentFile, type Place } from '../../../../src/host/documents/documentFile';
import { MemoryFolder } from './memoryFolder';

const LIMIT = 2 ** 24;
const FIXTURES = 'test/fixtures/documents';
const NAME = 'by-hand.tconv.json';

function folderOf(version: string): MemoryFolder {
  const folder = new MemoryFolder();
  for (const name of readdirSync(join(FIXTURES, version)))
    folder.put(name, readFileSync(join(FIXTURES, version, name)));
  return folder;
}

async function read(name = NAME, folder = folderOf('version-1')) {
  const { document, file } = await DocumentFile.read({ folder, name }, LIMIT);
  folder.did.length = 0;
  return { document, file, folder };
}

const withStride = (document: InspectorDocument, ...stride: number[]): InspectorDocument => ({
  ...document,
  op: { ...document.op, stride },
});
const withWeight = (document: InspectorDocument, at: number, value: number): InspectorDocument => {
  const data = document.weight.data.slice();
  data[at] = value;
  return { ...document, weight: { ...document.weight, data } };
};

for (const version of readdirSync(FIXTURES).filter((name) => name.startsWith('version-'))) {
  const names = [...folderOf(version).files.keys()].filter((name) => name.endsWith(DOCUMENT_EXTENSION));
  for (const name of names) {
    it(`the document ${name} of ${version} opens, and is saved without a change of a single byte`, async () => {
      const { document, file, folder } = await read(name, folderOf(version));
      assert.ok(document.weight.data.length > 0);
      await file.save(document);
      assert.deepEqual(folder.did, []);
      // Elsewhere it has other names for its files, which hold the same bytes.
      const other = new MemoryFolder();
      const written = await file.copy({ folder: other, name }, document);
      assert.deepEqual([...other.files.keys()].sort(), [...written].sort());
      const copied = await DocumentFile.read({ folder: other, name }, LIMIT);
      assert.deepEqual(copied.document, document);
    });
  }
}

it('there is a document of version 1 to be opened', () => {
  assert.ok(readdirSync(join(FIXTURES, 'version-1')).filter((name) => name.endsWith(DOCUMENT_EXTENSION)).length >= 2);
});

describe('a save', () => {
  it('of another stride changes that number of the text, and no other file', async () => {
    const { document, file, folder } = await read();
    const before = folder.text(NAME);
    await file.save(withStride(document, 3, 2));
    assert.equal(folder.text(NAME), before.replace('"stride": [2, 2]', '"stride": [3,2]'));
    assert.deepEqual(
      folder.did.filter((each) => /\.npy/.test(each)),
      [],
    );
    const { document: again } = await DocumentFile.read({ folder, name: NAME }, LIMIT);
    assert.deepEqual(again, withStride(document, 3, 2));
  });

  it('of another value writes the tensor into a file of the document’s own, and not into what it was read from', async () => {
    const { document, file, folder } = await read('saved.tconv.json');
    const kernels = folder.photograph()['kernels.npy'];
    const input = tensorOf(
      'float32',
      [2, 4, 600],
      document.input.data.map((value) => value + 1),
    );
    await file.save({ ...document, input });
    assert.deepEqual(
      [npy.read(memorySource(folder.files.get('saved.input.npy')!), { limit: LIMIT }).entries[0].load()],
      [input],
    );
    const hand = await read(NAME, folder);
    const text = folder.text(NAME);
    await hand.file.save(withWeight(hand.document, 3, 0.1));
    assert.equal(folder.photograph()['kernels.npy'], kernels);
    // Small enough for the text, with what it does not know of still there.
    assert.match(
      folder.text(NAME),
      /"weight": {2}\{"shape": \[1, 2, 3, 3\],"values": \[\n {4}0, 0\.125, 0\.25,\n {4}0\.1, .*"licence": "CC0"\}/s,
    );
    assert.equal(folder.text(NAME).slice(-300), text.slice(-300));
  });

  it('of a bias that is switched on and off again leaves the text as it was', async () => {
    const { document, file, folder } = await read('saved.tconv.json');
    const before = folder.text('saved.tconv.json');
    const { bias, ...without } = document;
    await file.save(without);
    assert.doesNotMatch(folder.text('saved.tconv.json'), /"bias"/);
    assert.equal((await DocumentFile.read({ folder, name: 'saved.tconv.json' }, LIMIT)).document.bias, undefined);
    await file.save({ ...without, bias });
    const lines = (text: string): readonly string[] => text.replace(/\s+/g, '').split(/(?<=[,{}])/);
    assert.deepEqual(lines(folder.text('saved.tconv.json')), lines(before));
  });

  it('puts what is new behind what it follows, and drops what is gone, wherever it stands', async () => {
    const { document, file, folder } = await read();
    const { bias: _gone, ...without } = document;
    await file.save({ ...without, title: 'T', op: { ...document.op, groups: 1, outputPadding: [1, 0] } });
    const text = folder.text(NAME);
    assert.doesNotThrow(() => JSON.parse(text.slice(1)));
    assert.deepEqual(Object.keys(JSON.parse(text.slice(1)) as object), [
      'weight',
      'notes',
      'dtype',
      'format',
      'op',
      'input',
      'version',
      'title',
    ]);
    assert.match(text, /"dilation": \[1\.0, 1\],\r\n\t\t"outputPadding": \[1,0\],\r\n\t\t"groups": 1,\r\n\t\t"why"/);
  });

  it('writes a file anew that somebody has deleted, from what was read of it', async () => {
    const { document, file, folder } = await read();
    folder.files.delete('photo.npy');
    await file.save(document);
    const { document: again } = await DocumentFile.read({ folder, name: NAME }, LIMIT);
    assert.deepEqual(again.input, document.input);
    assert.match(folder.text(NAME), /"file": "by-hand\.input\.npy"/);
  });

  it('that fails leaves the document as it was, and the next one succeeds', async () => {
    const { document, file, folder } = await read('saved.tconv.json');
    const before = folder.photograph();
    // Both files change, each in two steps.
    const input = { ...document.input, data: document.input.data.map(() => 1) };
    const changed = { ...withStride(document, 3), input };
    for (const left of [0, 1, 2, 3]) {
      folder.left = left;
      await assert.rejects(file.save(changed), /The disk is full/);
      assert.deepEqual(folder.photograph(), before);
    }
    await file.save(changed);
    assert.deepEqual((await DocumentFile.read({ folder, name: 'saved.tconv.json' }, LIMIT)).document, changed);
  });
});

describe('a change on the disk', () => {
  const isSeen = (file: DocumentFile): Promise<boolean> => file.hasChanged();

  it('is none after a save, nor when somebody writes the same again', async () => {
    const { document, file, folder } = await read();
    assert.equal(await isSeen(file), false);
    await file.save(withStride(document, 3, 3));
    assert.equal(await isSeen(file), false);
    folder.put(NAME, folder.text(NAME));
    assert.equal(await isSeen(file), false);
  });

  it('is seen in the document, and in the files beside it', async () => {
    for (const name of [NAME, 'photo.npy', 'kernels.npy']) {
      const { file, folder } = await read();
      folder.put(name, `${folder.text(name)} `);
      assert.equal(await isSeen(file), true, name);
      await file.accept();
      assert.equal(await isSeen(file), false, name);
    }
  });

  it('is none of files that the document does not name, nor while it is not there', async () => {
    const { file, folder } = await read();
    folder.put('saved.tconv.json', '{}');
    assert.equal(await isSeen(file), false);
    folder.files.delete(NAME);
    assert.equal(await isSeen(file), false);
  });

  it('is seen by a document that is opened from a backup, in whose folder the file is not', async () => {
    const { document, file, folder } = await read();
    const backups: Place = { folder: new MemoryFolder(), name: '4711' };
    const changed = withStride(document, 3, 3);
    await file.copy(backups, changed);
    const opened = await DocumentFile.read(backups, LIMIT);
    assert.deepEqual(opened.document, changed);
    const backed = await opened.file.backing({ folder, name: NAME }, file.seen);
    assert.equal(await isSeen(backed), false);
    folder.put('photo.npy', writeNpy(document.input));
    assert.equal(await isSeen(backed), true);
    await backed.save(changed);
    assert.deepEqual((await DocumentFile.read({ folder, name: NAME }, LIMIT)).document, changed);
    assert.match(folder.text(NAME), /"why": "it/);
  });
});
