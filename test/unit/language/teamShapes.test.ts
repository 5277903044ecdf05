import assert from 'node:assert/strict';
import { format } from '../../../src/core/problem';
import { Emitter } from '../../../src/language/emitter';
import { TeamShapes } from '../../../src/language/teamShapes';
import { InlineReader } from '../reader/support';
import { FakeWorkspace, ROOT } from './support';

const text = (file: string, size: number): string =>
  `[tool.transposed-conv-inspector.shapes."${file}"]\n"Net.forward:x" = ["N", 3, ${size}, ${size}]\n`;

function started(files: Readonly<Record<string, string>>) {
  const workspace = new FakeWorkspace(files);
  const written = new Emitter<void>();
  const { api } = new InlineReader();
  const team = new TeamShapes({
    files: workspace,
    reader: { settings: async (each) => api.settings(each) },
    folders: () => [ROOT],
    onDidChange: written.event,
  });
  /** The shapes of a file once they are known; none where nothing becomes known. */
  const settled = async (path: string): Promise<unknown> => {
    team.of(`${ROOT}/${path}`);
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    return team.of(`${ROOT}/${path}`);
  };
  return { workspace, written, team, settled };
}

describe('the shapes that a team has set', () => {
  it('are those of the nearest project above a file, by the path within it', async () => {
    const { settled } = started({
      'pyproject.toml': text('sub/models/net.py', 8),
      'models/net.py': '',
      'sub/pyproject.toml': text('./models/net.py', 16),
      'sub/models/net.py': '',
    });
    assert.deepEqual(await settled('sub/models/net.py'), { 'Net.forward:x': ['N', 3, 16, 16] });
    assert.deepEqual(await settled('models/net.py'), {});
  });

  it('are none in a project of another kind below, and none outside of the workspace', async () => {
    const { settled, team } = started({
      'pyproject.toml': text('lib/net.py', 8),
      'lib/setup.py': '',
      'lib/net.py': '',
      'pkg/net.py': '',
    });
    assert.deepEqual(await settled('lib/net.py'), {});
    assert.deepEqual(await settled('pkg/net.py'), {});
    assert.deepEqual(team.of('file:///elsewhere/net.py'), {});
  });

  it('are read again when the file is written, and none while it says something that is no setting', async () => {
    const { settled, workspace, written } = started({ 'pyproject.toml': text('net.py', 8), 'net.py': '' });
    assert.deepEqual(await settled('net.py'), { 'Net.forward:x': ['N', 3, 8, 8] });
    workspace.files.set(`${ROOT}/pyproject.toml`, text('net.py', 32));
    written.fire();
    assert.deepEqual(await settled('net.py'), { 'Net.forward:x': ['N', 3, 32, 32] });
    workspace.files.set(`${ROOT}/pyproject.toml`, '[tool.transposed-conv-inspector]\nshapes = 3\n');
    written.fire();
    assert.deepEqual(await settled('net.py'), {});
  });

  for (const [said, line, words] of [
    ['\n[tool.transposed-conv-inspector]\nshapes = 3\n', 2, 'shapes must be a table.'],
    ['[tool.transposed-conv-inspector]\n\nshapes = \n', 3, 'it is not TOML.'],
  ] as const)
    it(`are refused, with the line, by ${JSON.stringify(said)}`, async () => {
      const { settled, team, workspace, written } = started({ 'pyproject.toml': said, 'net.py': '' });
      const refused: unknown[] = [];
      team.onDidRefuse(({ file, line: at, template, args }) => refused.push([file, at, format(template, args)]));
      assert.deepEqual(await settled('net.py'), {});
      assert.deepEqual(refused, [[`${ROOT}/pyproject.toml`, line, words]]);
      workspace.files.set(`${ROOT}/pyproject.toml`, text('net.py', 32));
      written.fire();
      assert.deepEqual(await settled('net.py'), { 'Net.forward:x': ['N', 3, 32, 32] });
      assert.equal(refused.length, 1);
    });
});
