import * as vscode from 'vscode';
import { ReaderClient } from '../../reader/client';
import { logEnvironment, logFaults, logReading } from '../log';
import { threadsOf } from '../threads';
import { Analyses } from '../../language/analyses';
import type { Snapshot } from './analyses';
import { keepCallContext } from './callContext';
import { type FoundCall, callAtCursor, findCall, sayGone } from './calls';
import { ShapeLenses } from './codeLens';
import { editorEnvironments } from './chosenInterpreter';
import { chainAround } from '../../language/chainAround';
import { COMMANDS, asCallReference } from './commands';
import { copyCall } from './copyCall';
import { LayerDiagnostics } from './diagnostics';
import type { LinkedDraft } from '../../language/draft';
import { registerFindConvolution } from './findConvolution';
import { LayerHover } from './hover';
import { ShapeHints } from './inlayHints';
import { InputShapes } from './inputShapes';
import { type OpenServices, openCall } from './openCall';
import { Proposals } from './proposals';
import { LayerFixes } from './quickFixes';
import { type LayerReport, layerReports } from './layerReport';
import { LinkedCall } from './linkedCall';
import { LineWish } from '../../language/lineWish';
import { registerShapes } from './registerShapes';
import { setInputShape } from './setShape';
import { PYTHON, sourceOf } from './documents';
import { editorWorkspace } from './editorWorkspace';
import { Environments } from '../../language/environments';
import { LayerStatus } from './statusItem';
import { registerWaysOut } from './wayOut';
import { setShapes } from './teamShapes';
import { Trails } from '../../language/trails';
import { trailStore } from './trailStore';
import { WorkspaceFiles } from '../../language/workspaceFiles';

/** What the rest of the extension gets of them. */
export interface LanguageFeatures {
  /** For the exported API: every convolution-like call of a Python document. */
  analyze(document: vscode.TextDocument, token?: vscode.CancellationToken): Promise<readonly LayerReport[]>;
  /** What was read of a document, with every line of it: the settled analysis, once. */
  readLines(document: vscode.TextDocument): Promise<Snapshot>;
  /** An inspector's hold on the call that its document came from; the inspector disposes of it. */
  link(draft: LinkedDraft): LinkedCall;
}

/** Who says what a report tells. */
function productOf({ extension }: vscode.ExtensionContext): string {
  const { version } = extension.packageJSON as { version: string };
  return `Transposed Conv Inspector ${version} (VS Code ${vscode.version})`;
}

export function registerLanguage(context: vscode.ExtensionContext, services: OpenServices): LanguageFeatures {
  const shapes = new InputShapes(context.workspaceState);
  const workspace = editorWorkspace();
  const reader = new ReaderClient(threadsOf(context.extensionUri).reader);
  const files = new WorkspaceFiles(reader, workspace);
  const interpreters = editorEnvironments(workspace);
  const environments = new Environments(interpreters);
  const trails = new Trails(trailStore(context.storageUri ?? context.globalStorageUri));
  const lines = new LineWish();
  const set = setShapes(shapes, { reader, files: workspace, folders: workspace.folders });
  const analyses = new Analyses({ reader, files, workspace, shapes: set, environments, trails, lines, sourceOf });
  const hints = new ShapeHints(analyses, lines);
  const lenses = new ShapeLenses(analyses, lines);
  const proposals = new Proposals();

  /** A command that a hover or lens links to: finds its call again, or says that it is gone. */
  const onCall = (command: string, act: (call: FoundCall, use: number) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(command, async (argument: unknown) => {
      const reference = asCallReference(argument);
      const call = reference ? await findCall(analyses, reference) : await callAtCursor(analyses);
      if (call) await act(call, Math.min(reference?.use ?? 0, Math.max(0, call.report.uses.length - 1)));
      else sayGone();
    });

  context.subscriptions.push(
    { dispose: () => void reader.dispose() },
    shapes,
    vscode.workspace.onDidRenameFiles(({ files }) => void shapes.follow(files)),
    set,
    workspace,
    files,
    interpreters,
    environments,
    trails,
    lines,
    registerShapes(analyses, lines, shapes),
    environments.onDidFind(({ origin }) => logEnvironment(origin)),
    environments.onDidInstall((folder) => files.forgetInstalled([folder])),
    analyses,
    hints,
    lenses,
    proposals,
    new LayerDiagnostics(analyses),
    new LayerStatus(analyses),
    vscode.languages.registerHoverProvider(PYTHON, new LayerHover(analyses)),
    vscode.languages.registerInlayHintsProvider(PYTHON, hints),
    vscode.languages.registerCodeLensProvider(PYTHON, lenses),
    vscode.languages.registerCodeActionsProvider(PYTHON, new LayerFixes(analyses, lines, productOf(context)), {
      providedCodeActionKinds: LayerFixes.kinds,
    }),
    analyses.onDidFail(({ failure }) => {
      if (failure) logReading(failure.why, failure.error);
    }),
    analyses.onDidAnalyse(({ analysis }) => logFaults(analysis.faults)),
    vscode.commands.registerCommand(COMMANDS.readAgain, (path: unknown) => {
      if (typeof path === 'string') analyses.readAgain(path);
    }),
    onCall(COMMANDS.openCall, (call, use) => openCall(services, call, use)),
    onCall(COMMANDS.openChain, async (call, use) => {
      const { analysis } = await analyses.settled(call.document);
      const report = analysis.reports.find(({ span }) => span.start === call.report.span.start);
      const chosen = report?.uses.at(use);
      const chain = report && chosen && chainAround(analysis.reports, report, chosen);
      // Without one, the layer alone is a chain.
      return openCall(services, call, use, { stage: 'field', sub: 'chain', ...(chain && { chain }) });
    }),
    onCall(COMMANDS.setInputShape, (call, use) => setInputShape(shapes, call, use)),
    onCall(COMMANDS.copyCall, ({ report, document, range }, use) =>
      copyCall(report, report.uses[use], document.getText(range)),
    ),
    registerWaysOut(),
    keepCallContext(analyses),
    registerFindConvolution(analyses, (draft) => services.open(draft)),
  );

  return {
    analyze: async (document, token) => {
      const snapshot = await analyses.settled(document);
      if (token?.isCancellationRequested) throw new vscode.CancellationError();
      return layerReports(snapshot, document);
    },
    readLines: async (document) => {
      const wish = {};
      lines.set(wish, true);
      try {
        return await analyses.settled(document);
      } finally {
        lines.set(wish, false);
      }
    },
    link: (draft) => new LinkedCall(analyses, proposals, draft),
  };
}
