import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { python } from '../../python';
import { activatedApi } from '../support';
import { DECODER, ILLEGAL, closeAll, eventually, setting, untitled } from './support';

const diagnosticsOf = (document: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter((each) => each.source === 'Transposed Conv');
const all = (document: vscode.TextDocument): vscode.Range => new vscode.Range(0, 0, document.lineCount, 0);

describe('what the editor shows of convolutions in Python', () => {
  before(() => activatedApi());
  afterEach(closeAll);

  it('draws no inlay hint and no code lens unless asked', async () => {
    const document = await untitled(DECODER);
    assert.deepEqual(
      await vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, all(document)),
      [],
    );
    assert.deepEqual(await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri), []);
  });

  it('draws the output shape behind each call when asked', async () => {
    const document = await untitled(DECODER);
    await setting('inlayHints.enabled', true);
    try {
      const ask = (): Thenable<vscode.InlayHint[]> =>
        vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, all(document));
      const hints = await eventually(ask, (found) => found.length === 2);
      assert.deepEqual(
        hints.map(({ label }) => label),
        ['→ (N, 32, 32, 32)', '→ (N, 3, 64, 64)'],
      );
    } finally {
      await setting('inlayHints.enabled', undefined);
    }
  });

  it('puts a lens above each call when asked, which opens it', async () => {
    const document = await untitled(DECODER);
    await setting('codeLens.enabled', true);
    try {
      const ask = (): Thenable<vscode.CodeLens[]> =>
        vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 10);
      const [first] = await eventually(ask, (found) => found.length === 2);
      assert.match(first.command?.title ?? '', /\(N, 64, 16, 16\) → \(N, 32, 32, 32\)/);
      assert.equal(first.command?.command, 'transposedConv.openCall');
    } finally {
      await setting('codeLens.enabled', undefined);
    }
  });

  it('reports an illegal parameter in the framework’s words', async () => {
    const document = await untitled(ILLEGAL);
    const [found] = await eventually(
      () => diagnosticsOf(document),
      (each) => each.some(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
    );
    assert.match(found.message, /output padding must be smaller than either stride or dilation/);
  });

  it('mends an illegal parameter by a quick fix, and forgets the problem then', async () => {
    const document = await untitled(ILLEGAL);
    const [found] = await eventually(
      () => diagnosticsOf(document),
      (each) => each.some(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const mend = actions.find(({ edit }) => edit?.has(document.uri));
    assert.ok(mend?.edit, JSON.stringify(actions));
    await vscode.workspace.applyEdit(mend.edit);
    await eventually(
      () => diagnosticsOf(document),
      (each) => each.every(({ severity }) => severity !== vscode.DiagnosticSeverity.Error),
    );
  });

  it('offers the PyTorch equivalent of a Keras layer', async () => {
    const document = await untitled(
      python`
        import keras
        x = keras.Input(shape=(16, 16, 3))
        y = keras.layers.Conv2DTranspose(8, 3, strides=2, padding='same')(x)
      `,
    );
    const line = document.lineAt(2).range;
    const ask = (): Thenable<vscode.CodeAction[]> =>
      vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, line);
    const actions = await eventually(ask, (each) =>
      each.some(({ title }) => title.includes('nn.ConvTranspose2d(3, 8, 3, stride=2)')),
    );
    assert.ok(
      actions.some(({ title }) => title.includes('y[..., 0:32, 0:32]')),
      actions.map(({ title }) => title).join('\n'),
    );
  });

  it('opens a call in the inspector, with its own parameters and sizes', async () => {
    const document = await untitled(DECODER);
    const { line, character } = document.positionAt(document.getText().indexOf('nn.ConvTranspose2d(base, 3'));
    await vscode.commands.executeCommand('transposedConv.openCall', {
      uri: document.uri.toString(),
      line,
      character,
      use: 0,
    });
    const inspectors = (): vscode.Tab[] =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputCustom);
    assert.equal((await eventually(inspectors, (tabs) => tabs.length > 0)).length, 1);
  });

  it('reports nothing of a right file, and nothing when turned off', async () => {
    const right = await untitled(DECODER);
    const api = await activatedApi();
    await api.analyze(right);
    assert.deepEqual(
      diagnosticsOf(right).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      [],
    );
    const wrong = await untitled(ILLEGAL);
    await eventually(
      () => diagnosticsOf(wrong),
      (each) => each.length > 0,
    );
    await setting('diagnostics.enabled', false);
    try {
      await eventually(
        () => diagnosticsOf(wrong),
        (each) => each.length === 0,
      );
    } finally {
      await setting('diagnostics.enabled', undefined);
    }
  });
});
