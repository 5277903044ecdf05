import assert from 'node:assert/strict';
import type { InspectorDocument } from '../../../../src/core/state/document';
import { type Choice, DiskFollower } from '../../../../src/host/documents/diskFollower';
import { DocumentFile } from '../../../../src/host/documents/documentFile';
import { settled } from '../session/surroundings';
import { worked } from '../session/opened';
import { MemoryFolder } from './memoryFolder';

const NAME = 'a.tconv.json';

/** A document on a disk, an editor that shows it, and a user who answers as the test says. */
async function opened({ dirty }: { dirty: boolean }) {
  const folder = new MemoryFolder();
  const place = { folder, name: NAME };
  await DocumentFile.write(place, worked);
  const { file } = await DocumentFile.read(place, 2 ** 20);
  const did: string[] = [];
  const answers: (Choice | 'overwrite' | undefined)[] = [];
  const asked = <Answer>(what: string): Promise<Answer> => {
    did.push(what);
    return Promise.resolve(answers.shift() as Answer);
  };
  const does = (what: string) => (): Promise<void> => {
    did.push(what);
    return Promise.resolve();
  };
  const follower = new DiskFollower({
    file,
    isDirty: () => dirty,
    reload: does('reload'),
    revert: does('revert'),
    compare: does('compare'),
    ask: () => asked('ask'),
    askToWrite: () => asked('ask to write'),
  });
  const byOthers = (): void => folder.put(NAME, folder.text(NAME).replace('"dtype"', ' "dtype"'));
  return { follower, file, folder, did, answers, byOthers };
}

const edited: InspectorDocument = { ...worked, op: { ...worked.op, stride: [2, 2] } };

describe('a document in an editor', () => {
  it('without changes is reloaded when its file changes, and not before', async () => {
    const { follower, did, byOthers } = await opened({ dirty: false });
    await follower.look();
    assert.deepEqual(did, []);
    byOthers();
    await follower.look();
    assert.deepEqual(did, ['reload']);
  });

  it('is not reloaded for what it has saved itself, even while it is being saved', async () => {
    const { follower, did } = await opened({ dirty: false });
    const saved = follower.save(edited);
    const looks: Promise<void>[] = [];
    for (let turn = 0; turn < 20; turn++) {
      looks.push(follower.look());
      await Promise.resolve();
    }
    assert.equal(await saved, true);
    await Promise.all(looks);
    assert.deepEqual(did, []);
  });

  const choices: readonly [Choice | undefined, readonly string[]][] = [
    ['reload', ['ask', 'revert']],
    ['keep', ['ask']],
    [undefined, ['ask']],
  ];
  for (const [choice, wanted] of choices) {
    it(`with changes is asked about when its file changes: ${choice ?? 'no answer'}`, async () => {
      const { follower, did, answers, byOthers } = await opened({ dirty: true });
      byOthers();
      answers.push('compare', choice);
      await follower.look();
      assert.deepEqual(did, ['ask', 'compare', ...wanted]);
    });
  }

  it('is asked about once at a time', async () => {
    const { follower, did, byOthers } = await opened({ dirty: true });
    byOthers();
    await Promise.all([follower.look(), follower.look(), settled().then(() => follower.look())]);
    assert.ok(did.length >= 1);
    const open = follower.look();
    const before = did.length;
    await open;
    assert.equal(did.length, before + 1);
  });

  it('is saved over a change that was kept without another question', async () => {
    const { follower, did, answers, byOthers, folder } = await opened({ dirty: true });
    byOthers();
    answers.push('keep');
    await follower.look();
    assert.equal(await follower.save(edited), true);
    assert.deepEqual(did, ['ask']);
    assert.match(folder.text(NAME), /"stride":\[2,2\]/);
  });

  const overwriting: readonly ['overwrite' | 'compare' | undefined, boolean, readonly string[]][] = [
    ['overwrite', true, ['ask to write']],
    ['compare', false, ['ask to write', 'compare']],
    [undefined, false, ['ask to write']],
  ];
  for (const [answer, isWritten, wanted] of overwriting) {
    it(`asks before it is saved over a change that nobody has seen: ${answer ?? 'no answer'}`, async () => {
      const { follower, did, answers, byOthers, folder } = await opened({ dirty: true });
      byOthers();
      answers.push(answer);
      const theirs = folder.photograph();
      assert.equal(await follower.save(edited), isWritten);
      assert.deepEqual(did, wanted);
      if (isWritten) assert.match(folder.text(NAME), /"stride":\[2,2\]/);
      else assert.deepEqual(folder.photograph(), theirs);
    });
  }
});
