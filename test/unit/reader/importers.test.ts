import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { KnownFiles } from '../../../src/reader/files';
import { ROOT } from './support';

/** The files that are run for the examples of one, as paths within the workspace. */
function importersOf(path: string, files: Readonly<Record<string, string>>): readonly string[] {
  const known = new KnownFiles();
  known.know(Object.entries(files).map(([name, text]) => ({ path: `${ROOT}/${name}`, text })));
  const view = known.view({ folders: [ROOT], packages: [] });
  const state = view.state?.();
  const found = view.importers?.(`${ROOT}/${path}`) ?? [];
  assert.equal(view.state?.(), state, 'to ask changes nothing');
  assert.deepEqual(known.takeWanted(), { wanted: [], later: [] }, 'and asks for nothing');
  return found.map((each) => each.path.slice(ROOT.length + 1));
}

describe('the files that import one', () => {
  const NET = { 'nets/net.py': 'class Net: pass\n', 'nets/__init__.py': '' };

  it('are those that do by its name, as a module, from their folder and from its package', () => {
    const files = {
      ...NET,
      'a.py': 'from nets.net import Net\n',
      'b.py': 'import nets.net as n\n',
      'c.py': 'from nets import net\n',
      'nets/d.py': 'from .net import Net\n',
      'nets/e.py': 'from net import Net\n',
    };
    assert.deepEqual(importersOf('nets/net.py', files), ['a.py', 'b.py', 'c.py', 'nets/d.py', 'nets/e.py']);
  });

  it('are none that mean another file of that name, or something in one', () => {
    const files = {
      ...NET,
      'other/net.py': 'class Net: pass\n',
      'other/use.py': 'from .net import Net\n',
      'words.py': 'from other.use import Net as net\nfrom other.use import net\n',
    };
    assert.deepEqual(importersOf('nets/net.py', files), []);
    assert.deepEqual(importersOf('other/net.py', files), ['other/use.py', 'words.py']);
  });

  it('are also those of whose imports something is not known yet', () => {
    const files = { ...NET, 'a.py': 'from nets import net\nfrom missing import net\n', 'b.py': 'import far.net\n' };
    assert.deepEqual(importersOf('nets/net.py', files), ['a.py', 'b.py']);
  });
});
