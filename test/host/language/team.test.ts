import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedApi } from '../support';
import { closeAll, eventually, hoverAt } from './support';

const NET = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 8, 3, stride=2, padding=1)

    def forward(self, x):
        return self.down(x)
`;

const setting = (shape: string): string =>
  `[tool.transposed-conv-inspector.shapes."models/net.py"]\n"Net.forward:x" = ${shape}\n`;

describe('a shape that a team has set in pyproject.toml', () => {
  const folder = (): vscode.Uri => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, 'team');
  const write = (name: string, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), name), new TextEncoder().encode(text));
  before(async () => {
    await activatedApi();
    await write('pyproject.toml', setting('["N", 3, 60, 60]'));
    await write('models/net.py', NET);
  });
  after(() => vscode.workspace.fs.delete(folder(), { recursive: true }));
  afterEach(closeAll);

  // As PyTorch has it: (60 + 2 − 3)//2 + 1 = 30, and of 32 it is 16.
  it('is read of the project’s folder, and again when it is written', async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), 'models/net.py'));
    await vscode.window.showTextDocument(document);
    await eventually(
      () => hoverAt(document, 'self.down(x)'),
      (text) => text.includes('(N, 8, 30, 30)'),
    );
    await write('pyproject.toml', setting('["N", 3, 32, 32]'));
    await eventually(
      () => hoverAt(document, 'self.down(x)'),
      (text) => text.includes('(N, 8, 16, 16)'),
    );
    await write('pyproject.toml', 'this is no TOML');
    await eventually(
      () => hoverAt(document, 'self.down(x)'),
      (text) => /\(N, 8, .*H/.test(text),
    );
  });

  it('is said to be wrong in pyproject.toml itself, as long as it is', async () => {
    const uri = vscode.Uri.joinPath(folder(), 'pyproject.toml');
    const told = (): readonly string[] =>
      vscode.languages.getDiagnostics(uri).map(({ range, message }) => `${range.start.line}: ${message}`);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), 'models/net.py'));
    await vscode.window.showTextDocument(document);
    await write('pyproject.toml', `[project]\n${setting('["N", 3, -1, 32]')}`);
    await eventually(told, (all) => all.length === 1);
    assert.deepEqual(told(), [
      '1: Nothing of these settings holds: shapes."models/net.py"."Net.forward:x" must be a list of whole numbers and names, ["N", 3, 64, 64].',
    ]);
    await write('pyproject.toml', setting('["N", 3, 32, 32]'));
    await eventually(told, (all) => all.length === 0);
  });
});
