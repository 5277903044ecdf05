import assert from 'node:assert/strict';
import { writeTogether } from '../../../../src/host/documents/folder';
import { MemoryFolder } from './memoryFolder';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const all = [
  { name: 'a.input.npy', bytes: bytes('new input') },
  { name: 'a.weight.npy', bytes: bytes('new weight') },
  { name: 'a.tconv.json', bytes: bytes('new document') },
];

function folderOf(files: Readonly<Record<string, string>>, moves = true): MemoryFolder {
  const folder = new MemoryFolder({ moves });
  for (const [name, text] of Object.entries(files)) folder.put(name, text);
  return folder;
}

describe('files that are written together', () => {
  it('are all there, with nothing beside them, and the last was put into its place last', async () => {
    const folder = folderOf({ 'a.tconv.json': 'old', other: 'other' });
    await writeTogether(folder, all);
    assert.deepEqual([...folder.files.keys()].sort(), ['a.input.npy', 'a.tconv.json', 'a.weight.npy', 'other']);
    assert.equal(folder.text('a.tconv.json'), 'new document');
    const places = folder.did.filter((each) => each.startsWith('move')).map((each) => each.split(' ')[2]);
    assert.deepEqual(places, ['a.input.npy', 'a.weight.npy', 'a.tconv.json']);
  });

  it('are not touched where they hold just this already', async () => {
    const folder = folderOf({ 'a.input.npy': 'new input', 'a.weight.npy': 'old' });
    await writeTogether(folder, all);
    assert.deepEqual(
      folder.did.filter((each) => each.includes('a.input.npy')),
      [],
    );
  });

  const states: readonly Readonly<Record<string, string>>[] = [
    {},
    { 'a.input.npy': 'old input', 'a.tconv.json': 'old document', other: 'other' },
  ];
  for (const before of states) {
    for (const [moves, changes] of [
      [true, 6],
      [false, 3],
    ] as const) {
      for (let left = 0; left < changes; left++) {
        const title = `are as they were, ${Object.keys(before).length} of them, when the disk fails after ${left} changes`;
        it(`${title}${moves ? '' : ', where files cannot be moved'}`, async () => {
          const folder = folderOf(before, moves);
          const photograph = folder.photograph();
          folder.left = left;
          await assert.rejects(writeTogether(folder, all), /The disk is full/);
          assert.deepEqual(folder.photograph(), photograph);
        });
      }
    }
  }

  it('are written in their places where files cannot be moved', async () => {
    const folder = folderOf({ 'a.tconv.json': 'old' }, false);
    await writeTogether(folder, all);
    assert.deepEqual(
      folder.did,
      all.map(({ name }) => `write ${name}`),
    );
  });

  it('go through a link to where it leads, and leave the link', async () => {
    const folder = folderOf({ 'a.input.npy': 'old' });
    folder.links.add('a.input.npy');
    await writeTogether(folder, all);
    assert.ok(folder.did.includes('write a.input.npy'));
    assert.ok(!folder.did.some((each) => /^move .* a\.input\.npy$/.test(each)));
    assert.equal(folder.text('a.input.npy'), 'new input');
    assert.equal(folder.files.size, 3);
  });
});
