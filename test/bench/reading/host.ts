// Runs in the extension host of a real VS Code: what the reading of Python costs it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ReaderClient } from '../../../src/reader/client';
import { readerStarter } from '../../../src/reader/start';
import { Analyses } from '../../../src/language/analyses';
import { ShapeLenses } from '../../../src/host/language/codeLens';
import { LayerDiagnostics } from '../../../src/host/language/diagnostics';
import { sourceOf } from '../../../src/host/language/documents';
import { editorWorkspace } from '../../../src/host/language/editorWorkspace';
import { LayerHover } from '../../../src/host/language/hover';
import { ShapeHints } from '../../../src/host/language/inlayHints';
import { InputShapes } from '../../../src/host/language/inputShapes';
import { LineWish } from '../../../src/language/lineWish';
import { WorkspaceFiles } from '../../../src/language/workspaceFiles';
import { activatedApi } from '../../host/support';
import { type Line, percentile } from './lines';
import { modelFile } from './models';
import { watched } from './pieces';

const FILES = 200;

const longest = (name: string, found: readonly number[], goal?: number): Line => ({
  name,
  times: found.length > 0 ? found : [0],
  measured: found.length > 0 ? percentile(found, 1) : 0,
  goal,
});

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function repeated(work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 20; round++) times.push(await timed(work));
  return times;
}

async function openAll(
  folder: vscode.Uri,
  ending: string,
  then: (document: vscode.TextDocument) => Promise<unknown>,
): Promise<void> {
  for (let index = 0; index < FILES; index++)
    await then(await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, `file${index}.${ending}`)));
}

/** The same files once as plain texts, which tells what VS Code itself does to the host, and once as Python. */
async function workspaceLines(): Promise<Line[]> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('There is no workspace.');
  for (let index = 0; index < FILES; index++) {
    const bytes = new TextEncoder().encode(modelFile(200, index));
    for (const ending of ['txt', 'py'])
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder.uri, `file${index}.${ending}`), bytes);
  }
  const without = await watched(() => openAll(folder.uri, 'txt', async () => undefined));
  const api = await activatedApi();
  const opened = await watched(() => openAll(folder.uri, 'py', (document) => api.analyze(document)));
  return [
    longest('200 plain texts opened, without us: host’s longest block, raw', without.blocks),
    longest('200 plain texts opened, without us: longest collection of garbage', without.collections),
    longest('200 Python files opened and read: host’s longest block, raw, VS Code’s own work in it', opened.blocks),
    longest('200 Python files opened and read: longest collection of garbage', opened.collections),
    longest(
      '200 Python files opened and read: longest piece of our own code in the host, collections of garbage in it',
      opened.pieces.map(({ all }) => all),
    ),
    longest(
      '200 Python files opened and read: longest piece of our own code in the host, collections of garbage not counted',
      opened.pieces.map(({ all, collecting }) => all - collecting),
      10,
    ),
  ];
}

/** The providers themselves, on a text of 2,000 lines that has been read. */
async function providerLines(): Promise<Line[]> {
  const reader = new ReaderClient(readerStarter(join(__dirname, 'reader.js')));
  const shapes = new InputShapes({
    keys: () => [],
    get: <T>(_key: string, fallback?: T) => fallback,
    update: async () => undefined,
  });
  const workspace = editorWorkspace();
  const files = new WorkspaceFiles(reader, workspace);
  const lines = new LineWish();
  const analyses = new Analyses({
    reader,
    files,
    workspace,
    shapes,
    environments: { of: () => undefined, onDidChange: () => ({ dispose: () => undefined }) },
    trails: { of: async () => [], keep: async () => undefined },
    lines,
    sourceOf,
  });
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: modelFile(2000, 1) });
  const { source, analysis } = await analyses.of(document);
  const hover = new LayerHover(analyses);
  const positions = analysis.reports
    .flatMap(({ span, mentions }) => [span, ...mentions.map((each) => each.span)])
    .map(({ start }) => document.positionAt(start + 1));
  const hovers: number[] = [];
  for (const position of positions)
    hovers.push(
      await timed(async () => {
        if (!(await hover.provideHover(document, position))) throw new Error('Nothing was told of a layer.');
      }),
    );
  const settings = vscode.workspace.getConfiguration('transposedConv');
  for (const feature of ['inlayHints', 'codeLens'])
    await settings.update(`${feature}.enabled`, true, vscode.ConfigurationTarget.Global);
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const [hints, lenses] = [new ShapeHints(analyses, lines), new ShapeLenses(analyses, lines)];
  const diagnostics = new LayerDiagnostics(analyses);
  const hintTimes = await repeated(() => hints.provideInlayHints(document, all));
  const lensTimes = await repeated(() => lenses.provideCodeLenses(document));
  const shown = await repeated(() => diagnostics.show({ source, analysis }));
  const asked: number[] = [];
  for (const position of positions.slice(0, 100))
    asked.push(
      await timed(() => vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, position)),
    );
  [hints, lenses, diagnostics, analyses, files, workspace, shapes].forEach((each) => {
    each.dispose();
  });
  await reader.dispose();
  return [
    { name: 'a hover, in the provider', times: hovers, goal: 5 },
    { name: 'a hover, the slowest', times: [percentile(hovers, 1)] },
    { name: 'a hover, asked through VS Code and back', times: asked },
    { name: 'inlay hints of 2,000 lines', times: hintTimes },
    { name: 'code lenses of 2,000 lines', times: lensTimes },
    { name: 'diagnostics of 2,000 lines', times: shown },
  ];
}

export async function run(): Promise<void> {
  const lines = [...(await workspaceLines()), ...(await providerLines())];
  writeFileSync(
    join(__dirname, 'result.json'),
    JSON.stringify({ lines, runtime: `VS Code ${vscode.version}, Node ${process.version}` }),
  );
}
