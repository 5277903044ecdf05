import assert from 'node:assert/strict';
import { backupId, parseBackupId } from '../../../../src/host/documents/backups';
import { asStem, namesFor, stemOf } from '../../../../src/host/documents/names';

const first = <Value>(values: Generator<Value>, count: number): Value[] =>
  Array.from({ length: count }, () => values.next().value as Value);

describe('the name of a document', () => {
  it('is that of its file, without the extension', () => {
    assert.deepEqual(['/a/b.c/dec2.tconv.json', 'Untitled-1.tconv.json', '/a/x.json'].map(stemOf), [
      'dec2',
      'Untitled-1',
      'x.json',
    ]);
  });

  it('is made of any words so that every file system takes it, and of none where there are none', () => {
    assert.deepEqual(['self.up', 'a/b: c?', '..\\x', '转置 卷积', ' ?/ ', ''].map(asStem), [
      'self.up',
      'a-b-c',
      'x',
      '转置-卷积',
      undefined,
      undefined,
    ]);
    assert.equal(asStem('a'.repeat(500))?.length, 80);
  });

  it('has a number where there is another of that name', () => {
    assert.deepEqual(first(namesFor('dec2'), 3), ['dec2.tconv.json', 'dec2-2.tconv.json', 'dec2-3.tconv.json']);
    assert.deepEqual(first(namesFor(undefined), 2), ['Untitled-1.tconv.json', 'Untitled-2.tconv.json']);
  });
});

describe('what a backup is of', () => {
  it('is given back as it was', () => {
    const seen = { 'a.tconv.json': { modified: 5, size: 7, link: false }, 'a.input.npy': null };
    for (const backup of [{ address: 'file:///b/1' }, { address: 'file:///b/1', seen }])
      assert.deepEqual(parseBackupId(backupId(backup)), backup);
  });

  it('is an address alone where an earlier version wrote it', () => {
    assert.deepEqual(parseBackupId('file:///b/1'), { address: 'file:///b/1' });
  });
});
