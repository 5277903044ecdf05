import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedApi } from '../support';
import { DECODER, ILLEGAL, askedOfThreads, closeAll, eventually, hoverAt, setting, untitled } from './support';

describe('hovering a convolution in Python', () => {
  before(() => activatedApi());
  afterEach(closeAll);

  for (const [title, text] of [
    ['its call', 'nn.ConvTranspose2d(base * 2'],
    ['its variable', 'self.up1 ='],
    ['its use', 'self.up1(x)'],
  ] as const) {
    it(`on ${title} tells sizes, formula, weight and parameters`, async () => {
      const document = await untitled(DECODER);
      const told = await hoverAt(document, text);
      assert.match(told, /\(N, 64, 16, 16\)/);
      assert.match(told, /\(N, 32, 32, 32\)/);
      assert.match(told, /\(16 − 1\)·2/);
      assert.match(told, /\(64, 32, 4, 4\)/);
      assert.match(told, /32,800/);
      assert.match(told, /command:transposedConv\.openCall/);
      assert.match(told, /command:transposedConv\.openChain/);
      assert.match(told, /command:transposedConv\.setInputShape/);
      assert.match(told, /command:transposedConv\.copyCallAs/);
    });
  }

  it('tells overlap: even for k4 s2, uneven for k3 s2', async () => {
    const document = await untitled(DECODER);
    assert.match(await hoverAt(document, 'self.up1 ='), /\[2 2\]/);
    assert.match(await hoverAt(document, 'self.up2 ='), /\[2 1\]/);
  });

  it('keeps silent elsewhere, and everywhere when turned off', async () => {
    const document = await untitled(DECODER);
    assert.equal(await hoverAt(document, 'super'), '');
    await setting('hover.enabled', false);
    try {
      await eventually(
        () => hoverAt(document, 'self.up1 ='),
        (told) => told === '',
      );
    } finally {
      await setting('hover.enabled', undefined);
    }
  });

  it('offers to open a call that is refused, and to set the shape of its input', async () => {
    const made = await untitled(ILLEGAL);
    const told = await eventually(
      () => hoverAt(made, 'nn.ConvTranspose2d'),
      (each) => each !== '',
    );
    assert.match(told, /Open in Transposed Conv Inspector/);
    const applied = await untitled(DECODER.replace('output_padding=1', 'output_padding=2'));
    const refused = await eventually(
      () => hoverAt(applied, 'self.up2 ='),
      (each) => each !== '',
    );
    assert.match(refused, /Open in Transposed Conv Inspector.*Set input shape/);
  });

  it('does not have a text read again that has been read', async () => {
    const document = await untitled(DECODER);
    await hoverAt(document, 'self.up1 =');
    const asked = await askedOfThreads(async () => {
      await hoverAt(document, 'self.up2 =');
      await hoverAt(document, 'self.up1(x)');
    });
    assert.ok(!asked.includes('read'), asked.join(', '));
  });

  it('keeps its last good answer while the text is broken', async () => {
    const document = await untitled(DECODER);
    await hoverAt(document, 'self.up1 =');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(
      document.uri,
      document.positionAt(document.getText().indexOf('        self.up2')),
      '        self.broken = nn.Conv2d(3,\n',
    );
    await vscode.workspace.applyEdit(edit);
    assert.match(await hoverAt(document, 'self.up1 ='), /\(64, 32, 4, 4\)/);
  });
});
