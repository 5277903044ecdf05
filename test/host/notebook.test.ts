// A notebook in VS Code, its cells run by a real ipykernel, behind the Jupyter extension's published API, for which an
// extension stands in: the real one cannot be had from a package registry.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Asides } from '../../src/host/live/asides';
import { Notebooks } from '../../src/host/live/notebooks';
import { activatedApi, until } from './support';

interface StandIn {
  readonly python: string | undefined;
  start(): { readonly asked: readonly string[]; readonly status: string };
}

describe('a notebook’s kernel', () => {
  let kernel: { readonly asked: readonly string[]; readonly status: string };

  before(async function () {
    const extension = vscode.extensions.getExtension<StandIn>('ms-toolsai.jupyter');
    const jupyter = await extension?.activate();
    if (!jupyter?.python) {
      this.skip();
      return;
    }
    await activatedApi();
    kernel = jupyter.start();
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

  async function shown(...texts: readonly string[]): Promise<vscode.NotebookDocument> {
    const cells = texts.map((text) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python'));
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData(cells));
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.selectKernel', { id: 'stand-in', extension: 'ms-toolsai.jupyter' });
    return notebook;
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
    const notebook = await shown(
      'import numpy as np\nimage = np.arange(6.0).reshape(2, 3)',
      'image[1, 2] = -4',
      'image[0, 0] = 9',
    );
    const [first, second, third] = notebook.getCells();
    await run(first);
    assert.equal(kernel.asked.length, 0);
    // As the notebook's list of variables has it.
    const variable = { name: 'image', type: 'ndarray', fileName: notebook.uri };
    await vscode.commands.executeCommand('transposedConv.live.inspect', variable);
    await opened('image');
    const once = kernel.asked.length;
    assert.ok(once > 0);
    await run(second);
    assert.equal(kernel.asked.length, once);
    await vscode.commands.executeCommand('transposedConv.live.pin');
    await run(third);
    await until(
      () => kernel.asked.length,
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

  it('has put out a value that opens, and not one of another cell that has its number', async () => {
    const notebook = await shown('import numpy as np\nnp.arange(4.0).reshape(2, 2) + 5', 'print("nothing")');
    const [value, printed] = notebook.getCells();
    await run(value);
    await run(printed);
    const number = value.executionSummary?.executionOrder;
    assert.ok(number !== undefined && value.outputs.length === 1);
    const before = tabs().length;
    await vscode.commands.executeCommand('transposedConv.live.inspectOutput', printed);
    assert.equal(tabs().length, before);
    await vscode.commands.executeCommand('transposedConv.live.inspectOutput', value);
    await opened(`Out-${number}`);
    // A cell that has changed since it ran has an output that is of another text.
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(value.document.uri, new vscode.Position(0, 0), '# ');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const count = tabs().length;
    await vscode.commands.executeCommand('transposedConv.live.inspectOutput', value);
    assert.equal(tabs().length, count);
  });

  it('is asked while a cell runs, once the user lets it be', async () => {
    const notebook = await shown(
      'import time\nimport numpy as np\nweight = np.zeros(3)\ngo_on = True',
      'while go_on:\n    weight += 1\n    time.sleep(0.01)',
    );
    const [first, second] = notebook.getCells();
    await run(first);
    const allowed: string[] = [];
    const asides = new Asides(({ ip }) => {
      allowed.push(ip);
      return Promise.resolve(true);
    });
    try {
      const notebooks = new Notebooks(asides);
      const between = await notebooks.between(notebook.uri);
      assert.equal(asides.of(notebook.uri), undefined);
      assert.ok(await asides.connect(notebook.uri, between));
      assert.deepEqual(allowed, ['127.0.0.1']);
      const beat = new Promise((resolve) => asides.onBeat(resolve));
      const running = run(second);
      await beat;
      await until(
        () => kernel.status,
        (status) => status === 'busy',
      );
      const place = await notebooks.at(notebook.uri);
      assert.match(await place.where(), /while a cell runs/);
      const values: number[] = [];
      while (new Set(values).size < 2) {
        const read = await place.reader.read(place.program, 'weight');
        assert.ok(read.kind === 'tensor');
        values.push(read.values.data[1]);
      }
      assert.ok(values[0] < values[values.length - 1]);
      await place.program.evaluate('globals().update(go_on=False) or "tconv:"');
      await running;
      assert.doesNotMatch(await (await notebooks.at(notebook.uri)).where(), /while a cell runs/);
    } finally {
      asides.dispose();
    }
  });
});
