// A notebook in VS Code, its cells run by a real ipykernel, behind the Jupyter extension's published API, for which an
// extension stands in: the real one cannot be had from a package registry.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedApi, extensionId, until } from './support';

interface StandIn {
  readonly python: string | undefined;
  start(program: string): { readonly asked: readonly string[] };
}

describe('a notebook’s kernel', () => {
  let asked: readonly string[];

  before(async function () {
    const extension = vscode.extensions.getExtension<StandIn>('ms-toolsai.jupyter');
    const jupyter = await extension?.activate();
    if (!jupyter?.python) {
      this.skip();
      return;
    }
    await activatedApi();
    const folder = vscode.extensions.getExtension(extensionId)!.extensionUri;
    ({ asked } = jupyter.start(vscode.Uri.joinPath(folder, 'test/live/programs/kernel.py').fsPath));
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const tabs = (): readonly string[] =>
    vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

  async function opened(name: string): Promise<void> {
    const label = `${name}.tconv.json`;
    const found = await until(tabs, (labels) => labels.includes(label));
    assert.ok(found.includes(label), found.join());
  }

  async function run(cell: vscode.NotebookCell): Promise<void> {
    const { uri } = cell.notebook;
    const ranges = [{ start: cell.index, end: cell.index + 1 }];
    await vscode.commands.executeCommand('notebook.cell.execute', { ranges, document: uri });
    const ended = await until(
      () => cell.executionSummary?.success,
      (success) => success !== undefined,
    );
    assert.equal(ended, true);
  }

  it('has a variable that opens, and is read again when a cell has run, as long as it is followed', async () => {
    const cell = (text: string): vscode.NotebookCellData =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python');
    const data = new vscode.NotebookData([
      cell('import numpy as np\nimage = np.arange(6.0).reshape(2, 3)'),
      cell('image[1, 2] = -4'),
      cell('image[0, 0] = 9'),
    ]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.selectKernel', { id: 'stand-in', extension: 'ms-toolsai.jupyter' });
    const [first, second, third] = notebook.getCells();
    await run(first);
    assert.equal(asked.length, 0);
    // As the notebook's list of variables has it.
    const variable = { name: 'image', type: 'ndarray', fileName: notebook.uri };
    await vscode.commands.executeCommand('transposedConv.live.inspect', variable);
    await opened('image');
    const once = asked.length;
    assert.ok(once > 0);
    await run(second);
    assert.equal(asked.length, once);
    await vscode.commands.executeCommand('transposedConv.live.pin');
    await run(third);
    await until(
      () => asked.length,
      (count) => count > once,
    );
    // Until the answer has been taken in there is no stop before, and the command says so.
    const difference = 'image-stop-2-stop-1';
    for (let tries = 0; tries < 20 && !tabs().includes(`${difference}.tconv.json`); tries++) {
      void vscode.commands.executeCommand('transposedConv.live.showDifference');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await opened(difference);
  });
});
