import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedApi } from '../support';
import { DECODER, ILLEGAL, closeAll, eventually, setting, untitled } from './support';

const diagnosticsOf = (document: vscode.TextDocument): vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri).filter((each) => each.source === 'Transposed Conv');
const all = (document: vscode.TextDocument): vscode.Range => new vscode.Range(0, 0, document.lineCount, 0);

describe('what the editor shows of convolutions in Python', () => {
  before(async () => void (await activatedApi()));
  afterEach(closeAll);

  it('draws no inlay hint and no code lens unless asked', async () => {
    const document = await untitled(DECODER);
    assert.deepEqual(await vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, all(document)), []);
    assert.deepEqual(await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri), []);
  });

  it('draws the output shape behind each call when asked', async () => {
    const document = await untitled(DECODER);
    await setting('inlayHints.enabled', true);
    try {
      const ask = (): Thenable<vscode.InlayHint[]> => vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, all(document));
      const hints = await eventually(ask, (found) => found.length === 2);
      assert.deepEqual(hints.map(({ label }) => label), ['→ (N, 32, 32, 32)', '→ (N, 3, 64, 64)']);
    } finally {
      await setting('inlayHints.enabled', undefined);
    }
  });

  it('puts a lens above each call when asked, which opens it', async () => {
    const document = await untitled(DECODER);
    await setting('codeLens.enabled', true);
    try {
      const ask = (): Thenable<vscode.CodeLens[]> => vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 10);
      const [first] = await eventually(ask, (found) => found.length === 2);
      assert.match(first.command?.title ?? '', /\(N, 64, 16, 16\) → \(N, 32, 32, 32\)/);
      assert.equal(first.command?.command, 'transposedConv.openCall');
    } finally {
      await setting('codeLens.enabled', undefined);
    }
  });

  it('reports an illegal parameter in the framework’s words', async () => {
    const document = await untitled(ILLEGAL);
    const [found] = await eventually(() => diagnosticsOf(document), (each) => each.some(({ severity }) => severity === vscode.DiagnosticSeverity.Error));
    assert.match(found.message, /output padding must be smaller than either stride or dilation/);
  });

  it('reports nothing of a right file, and nothing when turned off', async () => {
    const right = await untitled(DECODER);
    const api = await activatedApi();
    await api.analyze(right);
    assert.deepEqual(diagnosticsOf(right).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error), []);
    const wrong = await untitled(ILLEGAL);
    await eventually(() => diagnosticsOf(wrong), (each) => each.length > 0);
    await setting('diagnostics.enabled', false);
    try {
      await eventually(() => diagnosticsOf(wrong), (each) => each.length === 0);
    } finally {
      await setting('diagnostics.enabled', undefined);
    }
  });
});
