import * as vscode from 'vscode';
import type { ModuleAnalysis } from '../../python';
import { isWorthReading } from '../../python/worthReading';
import type { Reading, ReaderClient } from '../../reader/client';
import { Cancelled } from './cancelled';
import type { InputShapes } from './inputShapes';
import { isSame, type Source, sourceOf } from './source';
import { WorkspaceFiles } from './workspace';

/** What one version of a text yielded. */
export interface Snapshot {
  readonly source: Source;
  readonly analysis: ModuleAnalysis;
}

interface Kept {
  snapshot?: Snapshot;
  /** What the snapshot was made from, beside the text: other files, and shapes that the user set. */
  basis: number;
  running?: { readonly source: Source; readonly basis: number; readonly result: Promise<Snapshot> };
}

/** An analysis may bring up imports that bring up imports: so many rounds of reading, then what is known has to do. */
const ROUNDS = 12;

/**
 * The one keeper of analyses: each text is read when something asks, once per version, in a thread that leaves the host
 * free, and one after another, since two at once would only wait for the same thread.
 */
export class Analyses implements vscode.Disposable {
  private readonly kept = new Map<string, Kept>();
  private readonly files: WorkspaceFiles;
  private basis = 0;
  /** Of each text, once: the look through the workspace for what imports it. */
  private readonly surveys = new Map<string, Promise<void>>();
  private queue: Promise<unknown> = Promise.resolve();
  private readonly analysed = new vscode.EventEmitter<Snapshot>();
  readonly onDidAnalyse = this.analysed.event;
  private readonly outdated = new vscode.EventEmitter<void>();
  /** What is known has changed though no text did: another file, or a shape that the user set. */
  readonly onDidOutdate = this.outdated.event;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly reader: ReaderClient,
    private readonly shapes: InputShapes,
  ) {
    this.files = new WorkspaceFiles(reader);
    const outdate = (): void => this.outdate();
    this.disposables = [
      this.files,
      this.analysed,
      this.outdated,
      // What is new on disk may hold the example call that none has held so far.
      this.files.onDidChange(outdate),
      shapes.onDidChange(outdate),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.dependsOn(document.uri)) outdate();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.kept.delete(document.uri.toString())),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.kept.delete(notebook.uri.toString())),
    ];
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  private outdate(): void {
    this.basis++;
    this.outdated.fire();
  }

  private dependsOn(uri: vscode.Uri): boolean {
    const path = uri.toString();
    for (const [key, { snapshot }] of this.kept) {
      if (key !== path && snapshot?.analysis.dependencies.some((each) => each.path === path)) return true;
    }
    return false;
  }

  /** The analysis of the document's present text. Throws `Cancelled` when the text changes before it is done. */
  async of(document: vscode.TextDocument): Promise<Snapshot> {
    const source = sourceOf(document);
    const key = source.uri.toString();
    const kept = this.kept.get(key) ?? { basis: -1 };
    this.kept.set(key, kept);
    const { snapshot, running } = kept;
    if (snapshot && isSame(snapshot.source, source) && kept.basis === this.basis) return snapshot;
    if (running && isSame(running.source, source) && running.basis === this.basis) return running.result;
    const basis = this.basis;
    const result = this.inQueue(() => this.run(source, kept, basis));
    kept.running = { source, basis, result };
    return result;
  }

  /** As `of`, but waits until the workspace has been looked through for files that say more, and for a text at rest. */
  async settled(document: vscode.TextDocument): Promise<Snapshot> {
    for (;;) {
      try {
        const { analysis, source } = await this.of(document);
        if (analysis.reports.length > 0) await this.surveyFor(source);
        return await this.of(document);
      } catch (error) {
        if (!(error instanceof Cancelled) || document.isClosed) throw error;
      }
    }
  }

  private inQueue<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  private async run(source: Source, kept: Kept, basis: number): Promise<Snapshot> {
    const outdated = (): boolean =>
      kept.running !== undefined && (kept.running.source !== source || kept.running.basis !== basis);
    if (outdated()) throw new Cancelled();
    const read = async (): Promise<Reading> => {
      await this.files.tellOpen(source.uri);
      const request = {
        path: source.uri.toString(),
        text: source.text,
        inputShapes: this.shapes.of(source.uri),
        folders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()),
      };
      // A text that ends the thread must not end it again with every key press: it counts as read, with nothing told.
      return this.reader
        .read(request)
        .catch(() => ({ analysis: { ...nothing(source.uri), incomplete: true }, wanted: [] }));
    };
    if (!isWorthReading(source.text)) return this.keep(kept, basis, { source, analysis: nothing(source.uri) });
    let { analysis, wanted } = await read();
    for (let round = 0; round < ROUNDS && wanted.length > 0; round++) {
      const found = await this.files.fetch(wanted);
      if (outdated()) throw new Cancelled();
      if (!found) break;
      ({ analysis, wanted } = await read());
    }
    if (analysis.reports.length > 0) this.surveyFor(source).catch(() => undefined);
    return this.keep(kept, basis, { source, analysis });
  }

  private keep(kept: Kept, basis: number, snapshot: Snapshot): Snapshot {
    kept.snapshot = snapshot;
    kept.basis = basis;
    this.analysed.fire(snapshot);
    return snapshot;
  }

  /** Looks who imports what; a file that turns out to be imported is read again, with the example calls found there. */
  private surveyFor({ uri }: Source): Promise<void> {
    const path = uri.toString();
    const known = this.surveys.get(path);
    if (known) return known;
    const survey = this.files.survey().then(async () => {
      if (await this.reader.isImported(path)) this.outdate();
    });
    this.surveys.set(path, survey);
    // Whoever waits for it hears of a failure; that the next one tries again is all that is left to do.
    survey.catch(() => this.surveys.delete(path));
    return survey;
  }
}

function nothing(uri: vscode.Uri): ModuleAnalysis {
  return {
    path: uri.toString(),
    reports: [],
    problems: [],
    inputs: [],
    dependencies: [],
    broken: false,
    incomplete: false,
  };
}
