// The shape that a line leaves, written down by the light bulb.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { python } from '../../python';
import { activatedApi } from '../support';
import { closeAll, eventually, untitled } from './support';

const COMMENT = 'Write it down: # code: (1, 8, 4, 3)';
const ASSERTION = 'Assert it: assert code.shape == (1, 8, 4, 3)';

const program = (line: string, more = ''): string =>
  python`
    import torch
    from torch import nn

    def halved(x):
        layer = nn.Conv2d(3, 8, 2, stride=2)
        ${line}
        return code

    ${more}
  `;
const CALLED = 'halved(torch.zeros(1, 3, 8, 6))';

async function offered(document: vscode.TextDocument, at: string): Promise<vscode.CodeAction[]> {
  const position = document.positionAt(document.getText().indexOf(at));
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(position, position),
    vscode.CodeActionKind.RefactorRewrite.value,
  );
  return actions.filter(({ title }) => /^(Write it down|Assert it): /.test(title));
}

async function written(document: vscode.TextDocument, title: string): Promise<string> {
  const actions = await eventually(
    () => offered(document, 'code ='),
    (each) => each.some((action) => action.title === title),
  );
  await vscode.workspace.applyEdit(actions.find((each) => each.title === title)!.edit!);
  return document.getText();
}

describe('writing down a shape', () => {
  before(() => activatedApi());
  afterEach(() => closeAll());

  it('puts it behind the line', async () => {
    const document = await untitled(program('code = layer(x)', CALLED));
    assert.equal(await written(document, COMMENT), program('code = layer(x)  # code: (1, 8, 4, 3)', CALLED));
  });

  it('puts it in the place of one that is wrong, and then nothing is said of it', async () => {
    const document = await untitled(program('code = layer(x)  # (B, 16, H, W)', CALLED));
    const codes = (): unknown[] => vscode.languages.getDiagnostics(document.uri).map(({ code }) => code);
    await eventually(codes, (each) => each.includes('written-shape'));
    assert.equal(await written(document, COMMENT), program('code = layer(x)  # code: (1, 8, 4, 3)', CALLED));
    assert.deepEqual(await eventually(codes, (each) => each.length === 0), []);
  });

  it('asserts it below the line', async () => {
    const document = await untitled(program('code = layer(x)', CALLED));
    assert.equal(
      await written(document, ASSERTION),
      program('code = layer(x)\n    assert code.shape == (1, 8, 4, 3)', CALLED),
    );
  });

  it('leaves a comment alone that says something else, and asserts below it', async () => {
    const document = await untitled(program('code = layer(x)  # as in the paper', CALLED));
    const actions = await eventually(
      () => offered(document, 'code ='),
      (each) => each.length > 0,
    );
    assert.deepEqual(
      actions.map(({ title }) => title),
      [ASSERTION],
    );
  });
});
