// The language server in a real VS Code, behind the client that VS Code's own extensions use. Its documents have a
// language of their own, so that what is shown of them is the server's and not the extension's.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activatedApi } from '../support';
import { at, closeAll, eventually, markdownOf } from './support';

const ROOT = vscode.extensions.getExtension('transposed-conv.transposed-conv-inspector')?.extensionPath ?? '';

export function servedTests(): void {
  describe('the language server, behind VS Code’s own client', () => {
    let folder = '';
    let client: LanguageClient;
    let document: vscode.TextDocument;
    /** By the address of each document, the codes of the problems that the server has told last. */
    const told = new Map<string, readonly unknown[]>();
    before(async () => {
      await activatedApi();
      folder = mkdtempSync(join(tmpdir(), 'served-'));
      writeFileSync(join(folder, 'net.served'), readFileSync(join(ROOT, 'test/fixtures/editors/net.py')));
      const command = join(ROOT, 'dist/cli/main.js');
      client = new LanguageClient(
        'served',
        { command: process.execPath, args: [command, 'server'], transport: TransportKind.stdio },
        {
          documentSelector: [{ scheme: 'file', pattern: '**/*.served' }],
          initializationOptions: {},
          middleware: {
            handleDiagnostics: (uri, diagnostics, next) => {
              told.set(
                uri.toString(),
                diagnostics.map(({ code }) => code),
              );
              next(uri, diagnostics);
            },
          },
        },
      );
      // What the extension's settings say in this window is not what a user of another editor has said.
      client.registerFeature({
        fillClientCapabilities: (capabilities) => {
          if (capabilities.workspace) capabilities.workspace.configuration = false;
        },
        initialize: () => undefined,
        getState: () => ({ kind: 'static' }),
        clear: () => undefined,
      });
      await client.start();
      document = await vscode.workspace.openTextDocument(join(folder, 'net.served'));
      await vscode.window.showTextDocument(document);
    });
    after(async () => {
      await client?.stop();
      await closeAll();
      if (folder) rmSync(folder, { recursive: true, force: true });
    });

    const diagnostics = (): readonly vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri);
    const whole = (): vscode.Range => new vscode.Range(0, 0, document.lineCount, 0);

    it('shows what is wrong in the Problems view', async () => {
      const [found] = await eventually(diagnostics, (all) => all.length === 1);
      assert.deepEqual(
        [found.source, found.code, found.severity],
        ['Transposed Conv', 'output-padding-large', vscode.DiagnosticSeverity.Error],
      );
      assert.equal(document.getText(found.range), '2');
    });

    it('hovers a layer where it is applied', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        at(document, 'self.up(x)'),
      );
      assert.match(markdownOf(hovers), /\(1, 32, 16, 16\).*→.*\(1, 16, 32, 32\)/);
    });

    it('draws the shapes that lines leave, and those behind calls', async () => {
      const hints = await eventually(
        () =>
          vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole()),
        (all) => all.length >= 3,
      );
      assert.deepEqual(hints.map(({ label, position }) => [label, position.line]).sort(), [
        [': (1, 16, 32, 32)', 9],
        ['→ (1, 16, 32, 32)', 10],
        ['→ (1, 16, 32, 32)', 6],
      ]);
    });

    it('has a lens above the model and above the layer', async () => {
      const lenses = await eventually(
        () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 9),
        (all) => all.length === 2,
      );
      assert.deepEqual(lenses.map(({ command }) => command?.title).sort(), [
        '(1, 32, 16, 16) → (1, 16, 32, 32) · 8,208 parameters',
        'x (1, 32, 16, 16) → (1, 16, 32, 32) · from a comment',
      ]);
    });

    it('mends what is wrong by an action, after which nothing is', async () => {
      const [{ range }] = diagnostics();
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
      );
      const titles = actions.map(({ title }) => title);
      assert.deepEqual(titles, ['Set output_padding=1', 'Ignore output-padding-large here']);
      assert.ok(actions[0].edit);
      await vscode.workspace.applyEdit(actions[0].edit);
      await eventually(diagnostics, (all) => all.length === 0);
      assert.match(document.getText(), /output_padding=1\)/);
    });

    it('reads a shape that the team sets when that has been written', async () => {
      writeFileSync(
        join(folder, 'pyproject.toml'),
        '[tool.transposed-conv-inspector.shapes."net.served"]\n"Net.forward:x" = [2, 32, 8, 8]\n',
      );
      await client.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: vscode.Uri.file(join(folder, 'pyproject.toml')).toString(), type: 1 }],
      });
      await eventually(
        async () =>
          markdownOf(
            await vscode.commands.executeCommand<vscode.Hover[]>(
              'vscode.executeHoverProvider',
              document.uri,
              at(document, 'self.up(x)'),
            ),
          ),
        (text) => text.includes('(2, 16, 16, 16)'),
      );
    });

    // Of a notebook the extension shows what it has read itself, so that the server is asked behind VS Code's back.
    it('reads a notebook that VS Code opens, cell by cell as they are put', async () => {
      const cells = [
        'from torch import nn, zeros\nup = nn.ConvTranspose2d(32, 16, 4, stride=2, padding=1)',
        'y = up(zeros(1, 32, 16, 16))',
        'up(zeros(1, 8, 16, 16))',
      ].map((source) => ({ cell_type: 'code', source, metadata: {}, outputs: [], execution_count: null }));
      const file = join(folder, 'notes.ipynb');
      writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
      const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(file));
      await vscode.window.showNotebookDocument(notebook);
      const [made, applied, wrong] = notebook.getCells().map((cell) => cell.document.uri.toString());
      const problems = (): unknown => [made, applied, wrong].map((uri) => told.get(uri));
      await eventually(problems, (all) => isDeepStrictEqual(all, [['channels-mismatch'], [], []]));
      const hover = await client.sendRequest<{ readonly contents: { readonly value: string } }>('textDocument/hover', {
        textDocument: { uri: applied },
        position: { line: 0, character: 4 },
      });
      assert.match(hover.contents.value, /\(1, 32, 16, 16\).*→.*\(1, 16, 32, 32\)/);
      const edit = new vscode.WorkspaceEdit();
      edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(2, 3))]);
      assert.ok(await vscode.workspace.applyEdit(edit));
      await eventually(problems, (all) => isDeepStrictEqual(all, [[], [], []]));
    });
  });
}
