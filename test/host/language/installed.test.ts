// Models of installed packages, which stand in an environment beside the user's file.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { python } from '../../python';
import { activatedApi } from '../support';
import { closeAll, eventually, hoverAt, setting } from './support';

const FILES: Readonly<Record<string, string>> = {
  '.venv/pyvenv.cfg': 'home = /usr/bin\ninclude-system-site-packages = false\n',
  '.venv/lib/python3.12/site-packages/zoo/__init__.py': 'from .nets import Net\n',
  '.venv/lib/python3.12/site-packages/zoo/nets.py': python`
    from torch import nn


    class Net(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.conv = nn.Conv2d(3, width, 3, stride=2)
            self.bad = nn.ConvTranspose2d(width, width, 3, stride=2, output_padding=2)

        def forward(self, x):
            return self.conv(x)
  `,
  'uses_zoo.py': python`
    import torch
    from torch import nn
    from zoo import Net

    model = Net(width=24)
    features = model(torch.zeros(2, 3, 65, 65))
    up = nn.ConvTranspose2d(24, 8, 2, stride=2)
    y = up(features)
  `,
};

describe('a model of an installed package', () => {
  const { workspaceFolders = [] } = vscode.workspace;
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(workspaceFolders[0].uri, name);

  before(async () => {
    await activatedApi();
    for (const [name, text] of Object.entries(FILES))
      await vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
  });
  after(async () => {
    await vscode.workspace.fs.delete(at('uses_zoo.py'));
    await vscode.workspace.fs.delete(at('.venv'), { recursive: true });
  });
  afterEach(closeAll);

  const opened = async (): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument(at('uses_zoo.py'));
    await vscode.window.showTextDocument(document);
    return document;
  };

  it('gives the shape of what the user’s own layer is given', async () => {
    const document = await opened();
    for (const text of ['nn.ConvTranspose2d', 'up(']) {
      const told = await eventually(
        () => hoverAt(document, text),
        (hover) => hover.includes('(2, 24, 32, 32)'),
      );
      assert.match(told, /\(2, 8, 64, 64\)/);
    }
  });

  it('has its problems told in no file that imports it, nor in its own, which nobody has opened', async () => {
    const api = await activatedApi();
    const [report] = await api.analyze(await opened());
    assert.deepEqual(report.uses[0].outputShape, [2, 8, 64, 64]);
    const told = vscode.languages
      .getDiagnostics()
      .filter(([uri, problems]) => /zoo/.test(uri.path) && problems.some(({ source }) => source === 'Transposed Conv'));
    assert.deepEqual(told, []);
  });

  it('is found when the folder of its environment comes and goes as a whole', async () => {
    const document = await opened();
    const known = (hover: string): boolean => hover.includes('(2, 24, 32, 32)');
    await eventually(() => hoverAt(document, 'up('), known);
    await vscode.workspace.fs.rename(at('.venv'), at('put-away'));
    await eventually(
      () => hoverAt(document, 'up('),
      (hover) => hover.includes('24, ') && !known(hover),
    );
    await vscode.workspace.fs.rename(at('put-away'), at('.venv'));
    await eventually(() => hoverAt(document, 'up('), known);
  });

  it('is not read when the user has turned that off', async () => {
    const document = await opened();
    await setting('installedPackages.enabled', false);
    try {
      await eventually(
        () => hoverAt(document, 'up('),
        (hover) => hover.includes('24, ') && !hover.includes('(2, 24, 32, 32)'),
      );
    } finally {
      await setting('installedPackages.enabled', undefined);
    }
  });
});
