// Notebooks of the language server, over the protocol's own library: cells are synchronised as notebooks, which an
// editor does that knows of them.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  CodeActionRequest,
  CodeLensRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeNotebookDocumentNotification,
  DidCloseNotebookDocumentNotification,
  DidOpenNotebookDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  InlayHintRequest,
  type MarkupContent,
  type NotebookCell,
  NotebookCellKind,
  type NotebookDocumentChangeEvent,
  type NotebookDocumentSyncOptions,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentItem,
} from 'vscode-languageserver/node';

const MADE = `%pip install torch
import torch
from torch import nn
from widths import WIDTH

up = nn.ConvTranspose2d(WIDTH, 16, 4, stride=2, padding=1)
`;
const RUN = `x = torch.zeros(1, WIDTH, 16, 16)
y = up(x)
`;
const WRONG = `bad = nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=2)
`;

describe('a notebook in the language server', () => {
  let folder = '';
  let server: ChildProcess;
  let client: ProtocolConnection;
  let notebook = '';
  let version = 1;
  /** What was said last of each document, and who waits for something else to be said. */
  const said = new Map<string, readonly Diagnostic[]>();
  const waiting = new Set<() => void>();

  const cellUri = (name: string): string => notebook.replace('file:', 'vscode-notebook-cell:') + `#${name}`;
  const cell = (name: string, kind: NotebookCellKind = NotebookCellKind.Code): NotebookCell => ({
    kind,
    document: cellUri(name),
  });
  const item = (name: string, text: string): TextDocumentItem => ({
    uri: cellUri(name),
    languageId: 'python',
    version: 1,
    text,
  });
  const change = (cells: NotebookDocumentChangeEvent['cells']): Promise<void> =>
    client.sendNotification(DidChangeNotebookDocumentNotification.type, {
      notebookDocument: { uri: notebook, version: ++version },
      change: { cells },
    });
  /** Waits until the problems of cells are these, by their codes. */
  async function problems(expected: Readonly<Record<string, readonly string[]>>): Promise<void> {
    const now = (): unknown =>
      Object.fromEntries(
        Object.keys(expected).map((name) => [name, (said.get(cellUri(name)) ?? []).map(({ code }) => code)]),
      );
    const wanted = JSON.stringify(expected);
    while (JSON.stringify(now()) !== wanted) {
      await new Promise<void>((resolve) => waiting.add(resolve));
    }
  }
  const hoverAt = async (name: string, line: number, character: number): Promise<string> => {
    const hover = await client.sendRequest(HoverRequest.type, {
      textDocument: { uri: cellUri(name) },
      position: { line, character },
    });
    return (hover?.contents as MarkupContent | undefined)?.value ?? '';
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'notebooks-'));
    writeFileSync(join(folder, 'widths.py'), 'WIDTH = 32\n');
    notebook = pathToFileURL(join(folder, 'notes.ipynb')).href;
    server = spawn(process.execPath, [join(process.cwd(), 'dist/cli/main.js'), 'server', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    assert.ok(server.stdout && server.stdin);
    client = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    client.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      said.set(uri, diagnostics);
      waiting.forEach((resolve) => resolve());
      waiting.clear();
    });
    client.listen();
    const { capabilities } = await client.sendRequest<InitializeResult>(InitializeRequest.method, {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'notes' }],
      capabilities: { notebookDocument: { synchronization: {} } },
    });
    const { notebookSelector } = capabilities.notebookDocumentSync as NotebookDocumentSyncOptions;
    assert.deepEqual(notebookSelector, [{ cells: [{ language: 'python' }] }]);
    await client.sendNotification(InitializedNotification.type, {});
    await client.sendNotification(DidOpenNotebookDocumentNotification.type, {
      notebookDocument: {
        uri: notebook,
        notebookType: 'jupyter-notebook',
        version,
        cells: [cell('made'), cell('words', NotebookCellKind.Markup), cell('run'), cell('wrong')],
      },
      cellTextDocuments: [item('made', MADE), item('run', RUN), item('wrong', WRONG)],
    });
  });
  after(async () => {
    await client.sendRequest(ShutdownRequest.type);
    await client.sendNotification(ExitNotification.type);
    if (server.exitCode === null) await new Promise((resolve) => server.once('exit', resolve));
    client.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has its problems in the cells in which they stand', async () => {
    await problems({ made: [], run: [], wrong: ['output-padding-large'] });
    const [{ range }] = said.get(cellUri('wrong')) ?? [];
    assert.deepEqual(range, { start: { line: 0, character: 59 }, end: { line: 0, character: 60 } });
  });

  // torch.nn.ConvTranspose2d(32, 16, 4, stride=2, padding=1)(torch.zeros(1, 32, 16, 16)) has these sizes.
  it('is one module: a layer of one cell is hovered where another applies it, with what a file beside it says', async () => {
    assert.match(await hoverAt('run', 1, 5), /\(1, 32, 16, 16\).*→.*\(1, 16, 32, 32\)/);
    assert.match(await hoverAt('made', 5, 8), /8,208 parameters/);
  });

  it('has hints and lenses in their cells', async () => {
    const end = { line: 9, character: 0 };
    const range = { start: { line: 0, character: 0 }, end };
    const hints = async (name: string): Promise<unknown> =>
      (await client.sendRequest(InlayHintRequest.type, { textDocument: { uri: cellUri(name) }, range }))?.map(
        ({ label, position }) => [label, position.line, position.character],
      );
    assert.deepEqual(await hints('run'), [
      [': (1, 32, 16, 16)', 0, 1],
      [': (1, 16, 32, 32)', 1, 1],
    ]);
    const lenses = await client.sendRequest(CodeLensRequest.type, { textDocument: { uri: cellUri('made') } });
    assert.deepEqual(
      lenses?.map(({ command, range: { start } }) => [command?.title, start.line]),
      [['(1, 32, 16, 16) → (1, 16, 32, 32) · 8,208 parameters', 5]],
    );
  });

  it('mends a cell by a change of that cell, after which nothing is wrong', async () => {
    const [{ range }] = said.get(cellUri('wrong')) ?? [];
    const actions = (await client.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: cellUri('wrong') },
      range,
      context: { diagnostics: [] },
    })) as CodeAction[];
    const [{ title, edit }] = actions;
    assert.equal(title, 'Set output_padding=1');
    assert.deepEqual(Object.keys(edit?.changes ?? {}), [cellUri('wrong')]);
    const [{ range: where, newText }] = edit?.changes?.[cellUri('wrong')] ?? [];
    await change({
      textContent: [{ document: { uri: cellUri('wrong'), version: 2 }, changes: [{ range: where, text: newText }] }],
    });
    await problems({ wrong: [] });
  });

  it('is read in the order of its cells, whichever is moved, added or taken out', async () => {
    // 8 channels for a layer that takes 32: PyTorch refuses it, and it is told where the layer is made.
    await change({
      structure: {
        array: { start: 3, deleteCount: 0, cells: [cell('late')] },
        didOpen: [item('late', 'up(torch.zeros(1, 8, 16, 16))\n')],
      },
    });
    await problems({ made: ['channels-mismatch'], late: [] });
    // Before `up` is made, there is nothing to apply.
    await change({
      structure: {
        array: { start: 0, deleteCount: 4, cells: [cell('late'), cell('made'), cell('run'), cell('words')] },
      },
    });
    await problems({ made: [], late: [] });
    await change({
      structure: { array: { start: 0, deleteCount: 2, cells: [cell('made'), cell('late')] } },
    });
    await problems({ made: ['channels-mismatch'], late: [] });
    await change({
      structure: { array: { start: 1, deleteCount: 1 }, didClose: [{ uri: cellUri('late') }] },
    });
    await problems({ made: [], late: [] });
  });

  it('takes its problems with it when it is closed', async () => {
    await change({
      structure: {
        array: { start: 0, deleteCount: 0, cells: [cell('more')] },
        didOpen: [item('more', `from torch import nn\n${WRONG}`)],
      },
    });
    await problems({ more: ['output-padding-large'] });
    await client.sendNotification(DidCloseNotebookDocumentNotification.type, {
      notebookDocument: { uri: notebook },
      cellTextDocuments: ['more', 'made', 'run', 'wrong'].map((name) => ({ uri: cellUri(name) })),
    });
    await problems({ more: [] });
    assert.equal(await hoverAt('run', 1, 5), '');
  });
});
