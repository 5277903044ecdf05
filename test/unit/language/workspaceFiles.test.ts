import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { WorkspaceFiles } from '../../../src/language/workspaceFiles';
import type { KnownFile } from '../../../src/reader/api';
import { FakeWorkspace, pathOf, settled } from './support';

/** What the thread was told, as it stands after all of it. */
class Told {
  generation = 1;
  readonly files = new Map<string, string | undefined>();
  readonly closed: string[] = [];
  count = 0;

  ready(): number {
    return this.generation;
  }

  async know(files: readonly KnownFile[]): Promise<void> {
    this.count += files.length;
    for (const { path, text } of files) this.files.set(path, text);
  }

  async forget(paths: readonly string[]): Promise<void> {
    for (const path of paths)
      for (const known of [...this.files.keys()])
        if (known === path || known.startsWith(`${path}/`)) this.files.delete(known);
  }

  async close(path: string): Promise<void> {
    this.closed.push(path);
  }

  restart(): void {
    this.generation++;
    this.files.clear();
  }
}

function started(files: Readonly<Record<string, string>>) {
  const workspace = new FakeWorkspace(files);
  const told = new Told();
  const subject = new WorkspaceFiles(told, workspace);
  let changes = 0;
  subject.onDidChange(() => changes++);
  const at = (name: string): string | undefined => told.files.get(pathOf(name));
  return { workspace, told, subject, at, changes: () => changes };
}

const knows = (told: Told, name: string): boolean => told.files.has(pathOf(name));

describe('what the reading thread is told of files', () => {
  it('is what an editor shows before what is saved, once for each version, and not of the text to be read', async () => {
    const { workspace, told, subject, at } = started({ 'a.py': 'saved', 'b.py': 'saved' });
    const a = workspace.open('a.py', 'typed');
    await subject.tellOpen(pathOf('b.py'));
    await subject.tellOpen(pathOf('b.py'));
    assert.deepEqual([at('a.py'), told.count], ['typed', 1]);
    workspace.type(a, 'typed more');
    await subject.tellOpen(pathOf('a.py'));
    assert.equal(at('a.py'), 'typed');
    await subject.tellOpen(pathOf('b.py'));
    assert.equal(at('a.py'), 'typed more');
    await subject.telling()([pathOf('a.py')]);
    assert.equal(at('a.py'), 'typed more');
  });

  it('is told anew to a new thread', async () => {
    const { workspace, told, subject, at } = started({ 'a.py': 'saved', 'b.py': 'saved' });
    workspace.open('a.py', 'typed');
    await subject.tellOpen('');
    await subject.survey();
    told.restart();
    await subject.tellOpen('');
    await subject.survey();
    assert.deepEqual([at('a.py'), at('b.py')], ['typed', 'saved']);
  });

  it('is that nothing stands at a place, without asking the disk for files of folders that do not exist', async () => {
    const { workspace, subject, told, at } = started({ 'pkg/a.py': 'A' });
    const tell = subject.telling();
    assert.equal(await tell([pathOf('torch.py'), pathOf('torch/__init__.py')]), false);
    assert.equal(await tell([pathOf('pkg/a.py'), pathOf('pkg/torch.py')]), true);
    assert.deepEqual([at('pkg/a.py'), at('torch.py'), knows(told, 'torch/__init__.py')], ['A', undefined, true]);
    assert.deepEqual(workspace.read_, [pathOf('pkg/a.py')]);
  });

  it('is every file of the workspace, once', async () => {
    const { subject, told, workspace } = started(
      Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`m${index}.py`, String(index)])),
    );
    workspace.open('m3.py', 'typed');
    await subject.tellOpen('');
    await Promise.all([subject.survey(), subject.survey()]);
    assert.deepEqual([told.files.size, told.count], [40, 40]);
    assert.equal(told.files.get(pathOf('m3.py')), 'typed');
  });

  it('follows what is written and deleted, and says so', async () => {
    const { workspace, subject, told, at, changes } = started({ 'a.py': 'old' });
    workspace.write('a.py', 'nobody reads yet');
    await settled();
    assert.deepEqual([changes(), told.count], [0, 0]);
    await subject.tellOpen('');
    workspace.write('a.py', 'new');
    await settled();
    assert.deepEqual([at('a.py'), changes()], ['new', 1]);
    workspace.remove('a.py');
    await settled();
    assert.deepEqual([knows(told, 'a.py'), changes()], [false, 2]);
  });

  it('forgets a folder with all in it, and looks through the workspace again', async () => {
    const { workspace, subject, told, at } = started({ 'pkg/a.py': 'A', 'b.py': 'B' });
    await subject.tellOpen('');
    await subject.survey();
    workspace.write('pkg/a.py', 'A');
    workspace.remove('pkg');
    workspace.files.set(pathOf('moved/a.py'), 'A');
    await settled();
    assert.deepEqual([knows(told, 'pkg/a.py'), at('b.py')], [false, 'B']);
    await subject.survey();
    assert.equal(at('moved/a.py'), 'A');
  });

  it('does not look through the workspace again for one file that is deleted', async () => {
    const { workspace, subject, told } = started({ 'a.py': 'A', 'b.py': 'B' });
    await subject.tellOpen('');
    await subject.survey();
    const { count } = told;
    workspace.remove('a.py');
    await settled();
    await subject.survey();
    assert.equal(told.count, count);
  });

  it('is after closing what is saved; what reading the document gave is dropped', async () => {
    const { workspace, subject, told, at, changes } = started({ 'a.py': 'saved' });
    const a = workspace.open('a.py', 'typed and never saved');
    await subject.tellOpen('');
    workspace.close(a);
    await settled();
    assert.deepEqual([at('a.py'), told.closed, changes()], ['saved', [pathOf('a.py')], 1]);
  });

  it('changes for nobody when a document is closed of which nobody else was told', async () => {
    const { workspace, subject, told, changes } = started({ 'a.py': 'saved' });
    const a = workspace.open('a.py');
    await subject.tellOpen(a.path);
    workspace.close(a);
    await settled();
    assert.deepEqual([told.closed, changes()], [[a.path], 0]);
  });

  it('is forgotten with the document that asked for it, where nobody would say that it changes', async () => {
    const outside = 'file:///elsewhere/helper.py';
    const { workspace, subject, told } = started({ [outside]: 'H', 'a.py': 'A' });
    const document = workspace.open('file:///elsewhere/net.py', 'import helper');
    await subject.tellOpen(document.path);
    await subject.telling()([outside, 'file:///elsewhere/torch.py', pathOf('a.py')]);
    assert.equal(told.files.get(outside), 'H');
    workspace.close(document);
    await settled();
    assert.deepEqual([...told.files.keys()], [pathOf('a.py')]);
  });

  it('ends quietly with the thread: the next one is told everything', async () => {
    const { workspace, subject, told, changes } = started({ 'a.py': 'A' });
    await subject.tellOpen('');
    told.know = () => Promise.reject(new Error('The thread has ended.'));
    workspace.write('a.py', 'B');
    await settled();
    assert.equal(changes(), 0);
  });

  it('is told no more after the end', async () => {
    const { workspace, subject, told } = started({ 'a.py': 'A' });
    await subject.tellOpen('');
    subject.dispose();
    workspace.write('a.py', 'B');
    await settled();
    assert.equal(told.count, 0);
  });
});
