// What somebody does about a problem that is none: a comment, a setting, a report.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { python } from '../../python';
import { activatedApi } from '../support';
import { closeAll, eventually, hoverAt, ILLEGAL, setting, untitled } from './support';

const SEVERITY = 'diagnostics.severity';
const CODE = 'output-padding-large';

const diagnosticsOf = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Transposed Conv');
const codesOf = (uri: vscode.Uri): unknown[] => diagnosticsOf(uri).map(({ code }) => code);

async function problem(uri: vscode.Uri, code: string): Promise<vscode.Diagnostic> {
  const found = await eventually(
    () => diagnosticsOf(uri),
    (each) => each.some((diagnostic) => diagnostic.code === code),
  );
  return found.find((each) => each.code === code)!;
}

async function action(uri: vscode.Uri, code: string, title: string): Promise<vscode.CodeAction> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    (await problem(uri, code)).range,
  );
  const found = actions.find((each) => each.title === title);
  assert.ok(found, actions.map((each) => each.title).join('\n'));
  return found;
}

const run = ({ command }: vscode.CodeAction): Thenable<unknown> =>
  vscode.commands.executeCommand(command!.command, ...((command!.arguments ?? []) as readonly unknown[]));

const gone = (uri: vscode.Uri, code = CODE): Promise<unknown[]> =>
  eventually(
    () => codesOf(uri),
    (codes) => !codes.includes(code),
  );

describe('a way out of a problem', () => {
  before(() => activatedApi());
  afterEach(async () => {
    await setting(SEVERITY, undefined);
    await closeAll();
  });

  it('is a comment that the light bulb writes, which silences it and nothing of the hover', async () => {
    const document = await untitled(ILLEGAL);
    const before = await hoverAt(document, 'nn.ConvTranspose2d');
    const { edit } = await action(document.uri, CODE, `Ignore ${CODE} here`);
    await vscode.workspace.applyEdit(edit!);
    assert.ok(document.getText().includes(`output_padding=2)  # tconv: ignore[${CODE}]\n`), document.getText());
    await gone(document.uri);
    assert.equal(await hoverAt(document, 'nn.ConvTranspose2d'), before);
  });

  it('is also one in the cell of a notebook', async () => {
    const cells = ['from torch import nn\n%matplotlib inline', 'up = nn.ConvTranspose2d(8, 4, 3, 2, output_padding=2)'];
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData(
        cells.map((text) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python')),
      ),
    );
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(1);
    const { edit } = await action(document.uri, CODE, `Ignore ${CODE} here`);
    await vscode.workspace.applyEdit(edit!);
    assert.equal(document.getText(), `${cells[1]}  # tconv: ignore[${CODE}]`);
    await gone(document.uri);
  });

  it('is the setting of its code, in the workspace or everywhere', async () => {
    const document = await untitled(ILLEGAL);
    const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('transposedConv');
    for (const [title, value, target] of [
      [`Turn ${CODE} off in this workspace`, 'workspaceValue', vscode.ConfigurationTarget.Workspace],
      [`Turn ${CODE} off everywhere`, 'globalValue', vscode.ConfigurationTarget.Global],
    ] as const) {
      // What the setting says of other codes at the same level stays.
      await settings().update(SEVERITY, { holes: 'hint' }, target);
      try {
        await run(await action(document.uri, CODE, title));
        assert.deepEqual(settings().inspect(SEVERITY)?.[value], { holes: 'hint', [CODE]: 'off' });
        await gone(document.uri);
      } finally {
        await settings().update(SEVERITY, undefined, target);
      }
    }
    await problem(document.uri, CODE);
  });

  it('is a report of its lines and its reason in the clipboard', async () => {
    const document = await untitled(`${ILLEGAL}secret = 1\n`);
    await vscode.env.clipboard.writeText('');
    await run(await action(document.uri, CODE, `Copy a report of this problem (${CODE})`));
    const report = await vscode.env.clipboard.readText();
    assert.match(report, /^Transposed Conv Inspector \d+\.\d+\.\d+ .*`output-padding-large` \(error\), torch$/m);
    assert.ok(report.includes('up = nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=2)'), report);
    assert.ok(!report.includes('secret') && !report.includes(document.fileName), report);
  });

  it('gives a code the level that the settings say', async () => {
    const document = await untitled(ILLEGAL);
    for (const [said, level] of [
      ['warning', vscode.DiagnosticSeverity.Warning],
      ['information', vscode.DiagnosticSeverity.Information],
      ['hint', vscode.DiagnosticSeverity.Hint],
      ['error', vscode.DiagnosticSeverity.Error],
      ['loud', vscode.DiagnosticSeverity.Error],
    ] as const) {
      await setting(SEVERITY, { [CODE]: said });
      await eventually(
        () => diagnosticsOf(document.uri).find(({ code }) => code === CODE)?.severity,
        (found) => found === level,
      );
    }
  });

  it('says of a comment that silences nothing so, faintly, and removes it', async () => {
    const right = python`
      import torch.nn as nn

      up = nn.ConvTranspose2d(8, 4, 4, stride=2)
    `;
    const document = await untitled(right.replace(/\n$/, '  # tconv: ignore\n'));
    const { severity, tags } = await problem(document.uri, 'unused-ignore');
    assert.equal(severity, vscode.DiagnosticSeverity.Hint);
    assert.deepEqual(tags, [vscode.DiagnosticTag.Unnecessary]);
    const { edit } = await action(document.uri, 'unused-ignore', 'Remove what silences nothing');
    await vscode.workspace.applyEdit(edit!);
    assert.equal(document.getText(), right);
    await gone(document.uri, 'unused-ignore');
  });

  it('leaves the exported API with what no comment silences, whatever the settings say', async () => {
    const api = await activatedApi();
    await setting(SEVERITY, { [CODE]: 'off' });
    const told = async (text: string): Promise<string[]> =>
      (await api.analyze(await untitled(text))).flatMap(({ problems }) => problems.map(({ code }) => code));
    assert.deepEqual(await told(ILLEGAL), [CODE]);
    assert.deepEqual(await told(ILLEGAL.replace(/\n$/, '  # tconv: ignore\n')), []);
  });
});
