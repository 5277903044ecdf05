import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedApi, extensionId, tensor, until } from './support';

/**
 * What the extension writes into its log. The tests' `vscode` is the extension's own, and this file is loaded before
 * the extension is activated. What VS Code makes of it cannot be read: the server of the tests has no module that
 * writes logs.
 */
const written: string[] = [];
const { createOutputChannel } = vscode.window;
Object.assign(vscode.window, {
  createOutputChannel: (name: string, options: { log: true }): vscode.LogOutputChannel => {
    const channel = createOutputChannel(name, options);
    const recorded = (level: 'info' | 'error') => (text: string) => {
      written.push(`${level}: ${text}`);
      channel[level](text);
    };
    return { ...channel, info: recorded('info'), error: recorded('error') };
  },
});

function inWorkspace(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Nobody waits for the page: what the log says does not depend on whether one is there to show it. */
const openAsInput = (uri: vscode.Uri): Thenable<unknown> =>
  vscode.commands.executeCommand('transposedConv.openAsInput', uri);

/** A line that has been written since so many were there: other tests of this host write some, too. */
const lineWith = (text: string, from: number): Promise<string | undefined> =>
  until(
    () => written.slice(from).find((line) => line.includes(text)),
    (line) => line !== undefined,
  );

describe('the log', () => {
  before(() => activatedApi());
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is shown by its command', async () => {
    await vscode.commands.executeCommand('transposedConv.showLog');
    const shown = await until(
      () => vscode.window.visibleTextEditors.filter(({ document }) => document.uri.scheme === 'output'),
      (found) => found.length > 0,
    );
    assert.deepEqual(
      shown.map(({ document }) => document.uri.path),
      [`${extensionId}.Transposed Conv Inspector.log`],
    );
  });

  it('begins with the versions', () => {
    const { version } = vscode.extensions.getExtension(extensionId)?.packageJSON as { version: string };
    assert.ok(written[0].startsWith(`info: Version ${version}, VS Code ${vscode.version}, `), written[0]);
  });

  it('says by a code that a file was refused, and nothing of the file', async () => {
    const uri = inWorkspace('private-name.npy');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('private content'));
    const from = written.length;
    void openAsInput(uri);
    assert.match((await lineWith('Refused', from)) ?? '', /^info: Refused: file-[\w-]+$/);
    await vscode.workspace.fs.delete(uri);
  });

  it('says of a failure its kind, and not its message, which names the file', async () => {
    const from = written.length;
    // Of a file system that nobody provides.
    void openAsInput(vscode.Uri.from({ scheme: 'private-nowhere', path: '/private-name.npy' }));
    assert.match((await lineWith('Failed', from)) ?? '', /^error: Failed: Unavailable/);
    assert.doesNotMatch(written.join('\n'), /private|tci-workspace/);
  });

  it('says that the compute thread has ended', async () => {
    const api = await activatedApi();
    const from = written.length;
    const one = tensor([1, 1, 1], [1]);
    await api.compute({
      op: { kind: 'conv', stride: [1], padding: [0], dilation: [1] },
      input: one,
      weight: one,
    });
    await vscode.commands.executeCommand('transposedConv.restartEngine');
    assert.match(
      (await lineWith('compute thread', from)) ?? '',
      /^error: The compute thread ended: it (exited|was ended)$/,
    );
  });
});
