// Where Python stands: on a file system that is no disk, in a notebook, in a folder that nobody has trusted.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { python } from '../../python';
import { activatedApi, extensionId } from '../support';
import { closeAll, eventually, hoverAt } from './support';

/** Files in memory, under a scheme that no editor knows. */
class MemoryFiles implements vscode.FileSystemProvider {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;

  constructor(private readonly files: Readonly<Record<string, string>>) {}

  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const text = this.files[path];
    if (text !== undefined) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length };
    if (Object.keys(this.files).some((each) => each.startsWith(`${path.replace(/\/$/, '')}/`)))
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    throw vscode.FileSystemError.FileNotFound(path);
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const folder = path.endsWith('/') ? path : `${path}/`;
    const below = Object.keys(this.files).filter((each) => each.startsWith(folder));
    if (below.length === 0) throw vscode.FileSystemError.FileNotFound(path);
    return below.map((each) => {
      const [name, ...rest] = each.slice(folder.length).split('/');
      return [name, rest.length > 0 ? vscode.FileType.Directory : vscode.FileType.File];
    });
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const text = this.files[path];
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return new TextEncoder().encode(text);
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}

const problemsOf = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Transposed Conv');

describe('Python that stands elsewhere', () => {
  before(() => activatedApi());
  afterEach(closeAll);

  it('on a virtual file system: hovers, and follows imports there', async () => {
    const files = new MemoryFiles({
      '/pkg/sizes.py': 'WIDTH = 24\n',
      '/pkg/net.py': python`
          import torch
          import torch.nn as nn
          from sizes import WIDTH

          up = nn.ConvTranspose2d(WIDTH, 3, 4, stride=2, padding=1)
          y = up(torch.zeros(1, 24, 8, 8))
          bad = nn.Conv2d(3, 4, 3, groups=2)
        `,
    });
    const registration = vscode.workspace.registerFileSystemProvider('memfs', files, { isReadonly: true });
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('memfs:/pkg/net.py'));
      await vscode.window.showTextDocument(document);
      const told = await eventually(
        () => hoverAt(document, 'nn.ConvTranspose2d'),
        (each) => each.includes('(1, 3, 16, 16)'),
      );
      assert.match(told, /`\(24, 3, 4, 4\)`/);
      await eventually(
        () => problemsOf(document.uri),
        (found) => found.some(({ code }) => code === 'groups-divide'),
      );
    } finally {
      registration.dispose();
    }
  });

  it('in a folder that is renamed: an import finds it no more, and finds it when it is called so again', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder.uri, name);
    const write = (name: string, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
    const rename = async (from: string, to: string): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(at(from), at(to));
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    await write('first/sizes.py', 'WIDTH = 24\n');
    await write(
      'moving.py',
      'import torch.nn as nn\nfrom first.sizes import WIDTH\nup = nn.ConvTranspose2d(WIDTH, 3, 4)\n',
    );
    try {
      const document = await vscode.workspace.openTextDocument(at('moving.py'));
      await vscode.window.showTextDocument(document);
      const told = (isRight: (text: string) => boolean): Promise<string> =>
        eventually(() => hoverAt(document, 'nn.ConvTranspose2d'), isRight);
      await told((text) => text.includes('(24, 3, 4, 4)'));
      await rename('first', 'second');
      await told((text) => text !== '' && !text.includes('(24, 3, 4, 4)'));
      await rename('second', 'first');
      await told((text) => text.includes('(24, 3, 4, 4)'));
    } finally {
      await closeAll();
      for (const name of ['first', 'second', 'moving.py'])
        await vscode.workspace.fs.delete(at(name), { recursive: true }).then(undefined, () => undefined);
    }
  });

  it('in a notebook: the cells are one module, in their order, and each has its own hovers, squiggles and fixes', async () => {
    const code = (text: string): vscode.NotebookCellData =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python');
    const cells = [
      'import torch\nfrom torch import nn\nwidth = 12',
      'up = nn.ConvTranspose2d(width, 5, 3, stride=2, output_padding=2)',
      'width = 99\ny = up(torch.zeros(2, 12, 9, 9))',
    ];
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData(cells.map(code)),
    );
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(1).document;
    const [found] = await eventually(
      () => problemsOf(cell.uri),
      (each) => each.some(({ code: which }) => which === 'output-padding-large'),
    );
    assert.deepEqual(problemsOf(notebook.cellAt(0).document.uri), []);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      cell.uri,
      found.range,
    );
    await vscode.workspace.applyEdit(actions.find(({ title }) => title === 'Set output_padding=1')!.edit!);
    // What a later cell does to `width` comes too late for the layer, and its use is told where it is made.
    await eventually(
      () => hoverAt(cell, 'nn.ConvTranspose2d'),
      (each) => each.includes('(2, 5, 20, 20)') && each.includes('(12, 5, 3, 3)'),
    );
    assert.match(await hoverAt(notebook.cellAt(2).document, 'up('), /\(2, 5, 20, 20\)/);
  });

  it('in a folder that nobody has trusted, and in one without a disk: the manifest says that all of it works', () => {
    const { capabilities } = vscode.extensions.getExtension(extensionId)?.packageJSON as { capabilities: unknown };
    // Only the folders of packages that such a folder's own settings name are not followed.
    const restrictedConfigurations = ['transposedConv.installedPackages.folders'];
    assert.deepEqual(capabilities, {
      untrustedWorkspaces: { supported: true, restrictedConfigurations },
      virtualWorkspaces: true,
    });
  });
});
