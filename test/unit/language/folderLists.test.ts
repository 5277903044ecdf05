import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FolderLists } from '../../../src/language/folderLists';
import { FakeWorkspace, pathOf } from './support';

async function held(lists: FolderLists, ...names: readonly string[]): Promise<readonly string[]> {
  const places = names.map(pathOf);
  lists.expect(places);
  const may = await Promise.all(places.map((place) => lists.mayHold(place)));
  return names.filter((_name, index) => may[index]);
}

describe('where a file may stand', () => {
  it('is told by its folder, each looked into once, and one that does not exist not at all', async () => {
    const workspace = new FakeWorkspace({ 'a.py': '', 'pkg/b.py': '' });
    const lists = new FolderLists(workspace);
    assert.deepEqual(
      await held(lists, 'a.py', 'torch.py', 'torch/__init__.py', 'torch/nn/__init__.py', 'pkg/b.py', 'pkg/c.py'),
      ['a.py', 'pkg/b.py'],
    );
    assert.deepEqual(await held(lists, 'numpy.py', 'numpy/__init__.py', 'pkg/numpy.py'), []);
    assert.deepEqual(workspace.listed.toSorted(), [pathOf('pkg'), pathOf('').slice(0, -1)].toSorted());
  });

  it('is told without looking into folders above those that were asked for', async () => {
    const workspace = new FakeWorkspace({ 'pkg/b.py': '' });
    assert.deepEqual(await held(new FolderLists(workspace), 'pkg/b.py'), ['pkg/b.py']);
    assert.deepEqual(workspace.listed, [pathOf('pkg')]);
  });

  it('is anywhere, where a folder cannot be listed', async () => {
    const lists = new FolderLists({ list: async () => undefined });
    assert.deepEqual(await held(lists, 'a.py', 'pkg/b.py'), ['a.py', 'pkg/b.py']);
  });

  it('is compared as it is called, not as a URI writes it', async () => {
    const lists = new FolderLists({
      list: async (path) => (path.endsWith('my%20pkg') ? new Set(['a b.py']) : new Set(['my pkg'])),
    });
    assert.deepEqual(await held(lists, 'c.py', 'my%20pkg/a%20b.py', 'my%20pkg/100%.py'), ['my%20pkg/a%20b.py']);
  });
});
