// What a document was held against goes where the document goes: to another name, into another folder.
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { type Reference, References, withReference } from '../../../../src/host/panel/references';

/** As much of an address as is asked of it. */
const uri = (address: string): vscode.Uri => ({ toString: () => address }) as vscode.Uri;
const picture = (address: string): Reference => ({
  uri: address,
  name: 'larger.npy',
  choice: {} as Reference['choice'],
});

function store(): Pick<vscode.Memento, 'get' | 'update'> {
  const kept = new Map<string, unknown>();
  return {
    get: <Value>(key: string) => structuredClone(kept.get(key)) as Value | undefined,
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
}

describe('what a document was held against', () => {
  const untitled = uri('untitled:/work/Untitled-1.tconv.json');
  const saved = uri('file:///work/decoder.tconv.json');

  it('is that of the file under which an untitled document is saved, and not of the next untitled one', async () => {
    const references = new References(store());
    await references.keep(untitled, picture('file:///work/larger.npy'));
    await references.carry(untitled, saved);
    await references.forget(untitled);
    assert.equal(references.of(saved)?.uri, 'file:///work/larger.npy');
    assert.equal(references.of(untitled), undefined);
  });

  it('is gone where a document without one is saved over the file', async () => {
    const references = new References(store());
    await references.keep(saved, picture('file:///work/larger.npy'));
    await references.carry(untitled, saved);
    assert.equal(references.of(saved), undefined);
  });

  it('follows the document and the picture, renamed by themselves or with their folder', async () => {
    const references = new References(store());
    await references.keep(saved, picture('file:///work/pictures/larger.npy'));
    await references.follow([
      { oldUri: uri('file:///work/decoder.tconv.json'), newUri: uri('file:///work/nets/up.tconv.json') },
      { oldUri: uri('file:///work/pictures'), newUri: uri('file:///work/photos') },
      { oldUri: uri('file:///work/pic'), newUri: uri('file:///elsewhere') },
    ]);
    assert.equal(references.of(saved), undefined);
    assert.equal(references.of(uri('file:///work/nets/up.tconv.json'))?.uri, 'file:///work/photos/larger.npy');
  });

  it('is told to the page where the document itself names none', () => {
    const reference = picture('file:///work/larger.npy');
    assert.deepEqual(withReference({ stage: 'compare' }, reference), {
      stage: 'compare',
      upsampling: { against: 'given', file: 'larger.npy' },
    });
    const own = { upsampling: { file: 'own.npy' } };
    assert.equal(withReference(own, reference), own);
  });
});
