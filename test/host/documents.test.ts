// Documents as VS Code sees them: which tabs there are, and under which addresses.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { placeFrom } from '../../src/protocol/place';
import { DocumentEditor } from '../../src/host/documents/editor';
import { RefusedDocument } from '../../src/host/documents/refused';
import { activatedApi, extensionId, tensor, until, within } from './support';
import { closeAll, ILLEGAL, untitled } from './language/support';

/** The addresses of the inspectors that are open. */
const inspectors = (): readonly vscode.Uri[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => (input instanceof vscode.TabInputCustom ? [input.uri] : [])),
  );
const opened = async (count: number): Promise<readonly string[]> =>
  (await until(inspectors, (found) => found.length === count)).map(
    ({ scheme, path }) => `${scheme} ${path.slice(path.lastIndexOf('/') + 1)}`,
  );

describe('a link to a document that is refused', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is done with when its editor says why', async () => {
    const [{ uri: root }] = vscode.workspace.workspaceFolders ?? [];
    const newer = vscode.Uri.joinPath(root, 'newer-link.tconv.json');
    await vscode.workspace.fs.writeFile(
      newer,
      new TextEncoder().encode('{"format":"transposed-conv-inspector","version":99}'),
    );
    try {
      const extensionUri = vscode.extensions.getExtension(extensionId)?.extensionUri;
      // What an editor needs besides is not asked of one that only refuses.
      const [services, untitledDocuments, comparison] = [{ extensionUri }, {}, {}] as unknown as ConstructorParameters<
        typeof DocumentEditor
      >;
      const editor = new DocumentEditor(services, untitledDocuments, comparison);
      const opened = editor.openAt(newer, placeFrom(undefined));
      const panel = vscode.window.createWebviewPanel('test', 'test', vscode.ViewColumn.Active);
      editor.resolveCustomEditor(new RefusedDocument(newer, 'It is newer.'), panel);
      await within(10_000, opened);
    } finally {
      await vscode.workspace.fs.delete(newer);
    }
  });
});

describe('a new inspector', () => {
  before(() => activatedApi());
  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  afterEach(closeAll);

  it('is an untitled document, with a name of its own each time, and is clean', async () => {
    await vscode.commands.executeCommand('transposedConv.new');
    await vscode.commands.executeCommand('transposedConv.new');
    assert.deepEqual(await opened(2), ['untitled Untitled-1.tconv.json', 'untitled Untitled-2.tconv.json']);
    assert.ok(vscode.window.tabGroups.all.every(({ tabs }) => tabs.every(({ isDirty }) => !isDirty)));
  });

  it('is the one that there is, for the command that opens one', async () => {
    await vscode.commands.executeCommand('transposedConv.open');
    await vscode.commands.executeCommand('transposedConv.open');
    assert.deepEqual(await opened(1), ['untitled Untitled-1.tconv.json']);
  });

  it('has the name of what another extension opens, and does not take that of a file', async () => {
    const api = await activatedApi();
    const [{ uri: root }] = vscode.workspace.workspaceFolders ?? [];
    const taken = vscode.Uri.joinPath(root, 'blur-1-2.tconv.json');
    await vscode.workspace.fs.writeFile(taken, new Uint8Array());
    try {
      const both = [1, 1];
      await api.open({
        version: 1,
        title: 'blur: 1/2',
        op: { kind: 'conv', stride: both, padding: both, dilation: both },
        dtype: 'float64',
        input: tensor([1, 1, 4, 4], Array<number>(16).fill(1)),
        weight: tensor([1, 1, 3, 3], Array<number>(9).fill(1)),
        view: {},
      });
      assert.deepEqual(await opened(1), ['untitled blur-1-2-2.tconv.json']);
    } finally {
      await vscode.workspace.fs.delete(taken);
    }
  });

  it('opens for a call that is refused', async () => {
    const document = await untitled(ILLEGAL);
    const { line, character } = document.positionAt(ILLEGAL.indexOf('nn.ConvTranspose2d'));
    await vscode.commands.executeCommand('transposedConv.openCall', {
      uri: document.uri.toString(),
      line,
      character,
      use: 0,
    });
    assert.deepEqual(await opened(1), ['untitled ConvTranspose2d.tconv.json']);
  });
});
