import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { python } from '../../python';
import { activatedApi } from '../support';
import { DECODER, ILLEGAL, askedOfThreads, closeAll, eventually, untitled } from './support';

describe('analyze, of the exported API', () => {
  afterEach(closeAll);

  it('tells every call of an untitled document', async () => {
    const api = await activatedApi();
    const document = await untitled(DECODER);
    const [first, second, ...more] = await api.analyze(document);
    assert.deepEqual(more, []);
    assert.equal(first.callee, 'torch.nn.ConvTranspose2d');
    assert.equal(document.getText(first.range), 'nn.ConvTranspose2d(base * 2, base, 4, stride=2, padding=1)');
    assert.deepEqual(first.weightShape, [64, 32, 4, 4]);
    assert.deepEqual(
      first.uses.map(({ inputShape, outputShape }) => [inputShape, outputShape]),
      [
        [
          ['N', 64, 16, 16],
          ['N', 32, 32, 32],
        ],
      ],
    );
    assert.equal(document.getText(first.uses[0].range), 'self.up1(x)');
    assert.deepEqual(second.uses[0].outputShape, ['N', 3, 64, 64]);
    assert.equal(second.parameters.output_padding, 1);
  });

  it('tells problems with their severity', async () => {
    const api = await activatedApi();
    const [report] = await api.analyze(await untitled(ILLEGAL));
    assert.ok(
      report.problems.some(({ severity, message }) => severity === 'error' && /output padding/.test(message)),
      JSON.stringify(report),
    );
  });

  it('reads the cells of a notebook in the order of the document', async () => {
    const api = await activatedApi();
    const code = (text: string): vscode.NotebookCellData =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        code('%matplotlib inline\nimport torch\nfrom torch import nn\nwidth = 12'),
        new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, '# A layer', 'markdown'),
        code('up = nn.ConvTranspose2d(width, 5, 4, stride=2, padding=1)'),
        code('y = up(torch.zeros(2, 12, 9, 9))'),
      ]),
    );
    const cell = notebook.cellAt(2).document;
    const [report] = await api.analyze(cell);
    assert.equal(cell.getText(report.range), 'nn.ConvTranspose2d(width, 5, 4, stride=2, padding=1)');
    assert.deepEqual(
      report.uses.map(({ outputShape }) => outputShape),
      [[2, 5, 18, 18]],
    );
    assert.deepEqual(await api.analyze(notebook.cellAt(0).document), []);
  });

  it('follows imports into files of the workspace, and into files that call what is defined', async () => {
    const api = await activatedApi();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const place = vscode.Uri.joinPath(folder.uri, 'language-test');
    const write = (name: string, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(vscode.Uri.joinPath(place, name), new TextEncoder().encode(text));
    await write('sizes.py', 'WIDTH = 24\n');
    await write(
      'net.py',
      python`
        import torch.nn as nn
        from sizes import WIDTH


        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.c = nn.Conv2d(3, WIDTH, 3, padding=1)

            def forward(self, x):
                return self.c(x)
      `,
    );
    await write(
      'test_net.py',
      python`
        import torch
        from net import Net


        def test_net():
            assert Net()(torch.zeros(1, 3, 40, 50)) is not None
      `,
    );
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(place, 'net.py'));
      // The workspace may have been looked through before these files were written; then a watcher tells of them, a
      // moment later.
      const [report] = await eventually(
        () => api.analyze(document),
        ([found]) => found.uses[0]?.outputShape[0] === 1,
      );
      assert.deepEqual(report.weightShape, [24, 3, 3, 3]);
      assert.deepEqual(
        report.uses.map(({ outputShape }) => outputShape),
        [[1, 24, 40, 50]],
      );
    } finally {
      await vscode.workspace.fs.delete(place, { recursive: true });
    }
  });

  it('leaves the host free while a long text is read', async () => {
    const api = await activatedApi();
    const layers = Array.from(
      { length: 900 },
      (_, index) =>
        `c${index} = nn.Conv2d(3, ${index + 1}, 3, padding=1)\ny${index} = c${index}(torch.zeros(1, 3, 32, 32))`,
    );
    const document = await vscode.workspace.openTextDocument({
      language: 'python',
      content: `import torch\nimport torch.nn as nn\n${layers.join('\n')}\n`,
    });
    let reading = true;
    let turns = 0;
    const turn = (): void => {
      turns++;
      if (reading) setTimeout(turn, 0);
    };
    turn();
    const asked = await askedOfThreads(async () => {
      assert.equal((await api.analyze(document)).length, 900);
    });
    reading = false;
    // A reading on this thread would be one turn of it.
    assert.ok(turns > 10, `${turns} turns`);
    // The web extension host has workers of its own, which do not post by their prototype: there nothing is seen.
    if (!('WorkerGlobalScope' in globalThis)) assert.ok(asked.includes('read'), asked.join(', '));
  });
});
