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

  it('draws the shape that a line leaves behind its name when asked, which opens the layer', async () => {
    const document = await untitled(DECODER);
    await setting('inlayHints.tensors', 'on');
    try {
      const ask = (): Thenable<vscode.InlayHint[]> =>
        vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, all(document));
      const hints = await eventually(ask, (found) => found.length === 2);
      const parts = hints.map(({ label }) => (label as vscode.InlayHintLabelPart[])[0]);
      assert.deepEqual(
        parts.map(({ value }) => value),
        [': (N, 32, 32, 32)', '→ (N, 3, 64, 64)'],
      );
      assert.deepEqual(
        parts.map(({ command }) => command?.command),
        ['transposedConv.openCall', 'transposedConv.openCall'],
      );
      assert.deepEqual(hints[0].position, new vscode.Position(11, 9));
    } finally {
      await setting('inlayHints.tensors', undefined);
    }
  });

  it('draws it only where it changes when asked for that', async () => {
    const document = await untitled(
      'import torch\nfrom torch import nn\nx = torch.zeros(1, 3, 8, 8)\ny = x.relu()\nz = nn.Conv2d(3, 4, 3)(y)\n',
    );
    await setting('inlayHints.tensors', 'changes');
    try {
      const ask = (): Thenable<vscode.InlayHint[]> =>
        vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, all(document));
      const hints = await eventually(ask, (found) => found.length > 0);
      assert.deepEqual(
        hints.map(({ position }) => position.line),
        [2, 4],
      );
    } finally {
      await setting('inlayHints.tensors', undefined);
    }
  });

  it('explains the shapes of a file in a document that leads to its lines, and renews it', async () => {
    const document = await untitled(`${DECODER}\n\ndef run(image):\n    y = nn.Conv2d(3, 8, 3)(image)\n    return y\n`);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('transposedConv.explainShapes');
    const told = (): string =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'transposed-conv-shapes')?.getText() ?? '';
    const text = await eventually(
      async () => told(),
      (each) => each.includes('17:5 y'),
    );
    assert.match(text, /17:28 image of run: nothing says its shape\./);
    assert.match(text, /Begin the function with a comment, # image: \(1, 3, 64, 64\)\./);
    const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'transposed-conv-shapes')!;
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', shown.uri);
    assert.ok(links.some(({ target }) => target?.fragment === 'L17,5'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(16, 4, 16, 4), '# image: (2, 3, 16, 16)\n    ');
    await vscode.workspace.applyEdit(edit);
    await eventually(
      async () => told(),
      (each) => each.includes('y: (2, 8, 14, 14)') && !each.includes('nothing says'),
    );
  });

  it('puts a lens above each call when asked, which opens it, and one above the model', async () => {
    const document = await untitled(DECODER);
    await setting('codeLens.enabled', true);
    try {
      const ask = (): Thenable<vscode.CodeLens[]> =>
        vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 10);
      const [model, first] = await eventually(ask, (found) => found.length === 3);
      assert.equal(model.command?.title, 'x (N, 64, 16, 16) → (N, 3, 64, 64) · from a comment');
      assert.equal(model.command?.command, 'transposedConv.setShapeOf');
      assert.equal(model.range.start.line, 4);
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
