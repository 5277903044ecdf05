import type { Dim, ModuleAnalysis } from '../python';
import { isWorthReading } from '../python/worthReading';
import { type ReaderClient, type ReadingFault, ReadingError } from '../reader/client';
import { Emitter } from './emitter';
import { Cancelled } from './cancelled';
import type { Disposable } from './events';
import { isSame, type Source, type TextDocument } from './source';
import type { Environment } from './environments';
import { InstalledFiles } from './installedFiles';
import type { Trails } from './trails';
import type { Workspace } from './workspace';
import type { WorkspaceFiles } from './workspaceFiles';

/** Why a text could not be read. */
export interface Failure {
  readonly why: ReadingFault;
  readonly message: string;
  /** What was thrown, for the log. */
  readonly error?: unknown;
}

/** What one version of a text yielded. */
export interface Snapshot<Document extends TextDocument = TextDocument> {
  readonly source: Source<Document>;
  /** Empty when the text could not be read. */
  readonly analysis: ModuleAnalysis;
  readonly failure?: Failure;
  /** Where the packages are that the text may import. */
  readonly environment?: Environment;
}

interface Kept<Document extends TextDocument> {
  snapshot?: Snapshot<Document>;
  /** Counts changes of what a snapshot is made from beside its text: other files, and shapes that the user set. */
  basis: number;
  running?: {
    readonly source: Source<Document>;
    readonly basis: number;
    readonly result: Promise<Snapshot<Document>>;
  };
  /** Set when the text has ended the thread: then it is not read again before the user saves it, or asks for it. */
  stopped?: Failure;
  closed?: true;
}

/** What `Analyses` is given from outside, so that it can be tested without an editor. */
export interface AnalysesNeeds<Document extends TextDocument> {
  readonly reader: Pick<ReaderClient, 'read' | 'isImported' | 'missing'>;
  readonly files: Pick<WorkspaceFiles, 'tellOpen' | 'telling' | 'survey' | 'onDidChange'>;
  readonly workspace: Pick<Workspace, 'folders' | 'onDidClose' | 'onDidType' | 'onDidSave'>;
  /** The shapes that the user set. */
  readonly shapes: {
    of(uri: Document['uri']): Readonly<Record<string, readonly Dim[]>>;
    onDidChange(listener: () => void): Disposable;
  };
  /** Where installed packages are. */
  readonly environments: {
    of(path: string): Environment | undefined;
    onDidChange(listener: () => void): Disposable;
  };
  /** Where the imports of texts have led among installed packages. */
  readonly trails: Pick<Trails, 'of' | 'keep'>;
  /** Whether what every line leaves is to be told of. */
  readonly lines: { readonly wanted: boolean; onDidChange(listener: () => void): Disposable };
  sourceOf(document: Document): Source<Document>;
}

/**
 * Keeps the analyses of all open texts. A text is read when something asks for its analysis, and each version only
 * once. Texts are read one after another: there is one thread, for which two of them would only wait.
 */
export class Analyses<Document extends TextDocument = TextDocument> implements Disposable {
  private readonly kept = new Map<string, Kept<Document>>();
  private basis = 0;
  private disposed = false;
  /** By path: whether anything imports the text has been asked since this survey of the workspace. */
  private readonly surveys = new Map<string, { readonly survey: Promise<void>; readonly done: Promise<void> }>();
  private queue: Promise<unknown> = Promise.resolve();
  private readonly analysed = new Emitter<Snapshot<Document>>();
  readonly onDidAnalyse = this.analysed.event;
  private readonly failed = new Emitter<Snapshot<Document> & { readonly failure: Failure }>();
  /** A text could not be read. Versions that are not read for the same reason are not told of again. */
  readonly onDidFail = this.failed.event;
  private readonly outdated = new Emitter<void>();
  /** Analyses that were given are out of date, though their texts are not: another file or a set shape has changed. */
  readonly onDidOutdate = this.outdated.event;
  private readonly disposables: readonly Disposable[];
  private readonly installed: InstalledFiles;

  constructor(private readonly needs: AnalysesNeeds<Document>) {
    const { files, workspace, shapes, environments, reader, trails, lines } = needs;
    this.installed = new InstalledFiles(reader, files, trails, () => this.outdate());
    const outdate = (): void => this.outdate();
    this.disposables = [
      ...[this.analysed, this.failed, this.outdated],
      // The file may hold an example call of what is defined here, whether it was imported so far or not.
      files.onDidChange(outdate),
      shapes.onDidChange(outdate),
      lines.onDidChange(outdate),
      environments.onDidChange(outdate),
      workspace.onDidType((path) => {
        if (this.dependsOn(path)) outdate();
      }),
      workspace.onDidClose((path) => this.close(path)),
      // A text that could not be read may be readable by now; with every key press would be too often to try.
      workspace.onDidSave((path) => this.readAgain(path)),
    ];
  }

  dispose(): void {
    this.disposed = true;
    this.disposables.forEach((each) => void each.dispose());
  }

  /** The analysis of the document's present text. Throws `Cancelled` when the text changes before it is done. */
  async of(document: Document): Promise<Snapshot<Document>> {
    const source = this.needs.sourceOf(document);
    const key = source.uri.toString();
    const kept: Kept<Document> = this.kept.get(key) ?? { basis: -1 };
    this.kept.set(key, kept);
    const { snapshot, running } = kept;
    if (snapshot && isSame(snapshot.source, source) && kept.basis === this.basis) return snapshot;
    if (running && isSame(running.source, source) && running.basis === this.basis) return running.result;
    const basis = this.basis;
    const result = this.inQueue(() => this.run(source, kept, basis));
    kept.running = { source, basis, result };
    return result;
  }

  /** As `of`, but with the examples in files that import this one; when the text changes meanwhile, of the new text. */
  async settled(document: Document): Promise<Snapshot<Document>> {
    for (;;) {
      try {
        const { analysis, source } = await this.of(document);
        if (analysis.reports.length > 0) await this.surveyFor(source);
        await this.installed.told(source.uri.toString());
        return await this.of(document);
      } catch (error) {
        if (!(error instanceof Cancelled) || document.isClosed || this.disposed) throw error;
      }
    }
  }

  /** Lets a text that could not be read be tried again. That it is then asked for follows from `onDidOutdate`. */
  readAgain(path: string): void {
    const kept = this.kept.get(path);
    if (!kept?.snapshot?.failure) return;
    kept.stopped = undefined;
    this.outdate();
  }

  private close(path: string): void {
    const kept = this.kept.get(path);
    if (kept) kept.closed = true;
    this.kept.delete(path);
    this.surveys.delete(path);
    this.installed.close(path);
  }

  private outdate(): void {
    this.basis++;
    this.outdated.fire();
  }

  /** Whether a text depends on this file. Of one that is being read for the first time nobody knows, so it may. */
  private dependsOn(path: string): boolean {
    return [...this.kept].some(
      ([key, { snapshot, running }]) =>
        key !== path &&
        (snapshot ? snapshot.analysis.dependencies.some((each) => each.path === path) : running !== undefined),
    );
  }

  private inQueue<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  private async run(source: Source<Document>, kept: Kept<Document>, basis: number): Promise<Snapshot<Document>> {
    const goOn = (): void => {
      const { running, closed } = kept;
      const replaced = running && (running.source !== source || running.basis !== basis);
      if (this.disposed || closed || replaced) throw new Cancelled();
    };
    try {
      goOn();
      const snapshot = await this.read(source, kept, goOn);
      kept.snapshot = snapshot;
      kept.basis = basis;
      this.analysed.fire(snapshot);
      return snapshot;
    } finally {
      if (kept.running?.source === source && kept.running.basis === basis) kept.running = undefined;
    }
  }

  private async read(source: Source<Document>, kept: Kept<Document>, goOn: () => void): Promise<Snapshot<Document>> {
    const { files, shapes, workspace, environments } = this.needs;
    const path = source.uri.toString();
    if (!isWorthReading(source.text)) return { source, analysis: nothing(path) };
    if (kept.stopped) return { source, analysis: nothing(path), failure: kept.stopped };
    try {
      await files.tellOpen(path);
      const environment = environments.of(path);
      const request = {
        path,
        text: source.text,
        inputShapes: shapes.of(source.uri),
        folders: workspace.folders(),
        packages: environment?.packages ?? [],
        ...(this.needs.lines.wanted ? { lines: true } : {}),
      };
      const tell = files.telling();
      const analysis = await this.installed.read(request, async (places) => {
        goOn();
        const found = await tell(places);
        goOn();
        return found;
      });
      // With the document the thread has dropped its reports, perhaps before all of them were fetched.
      if (kept.closed) throw new Cancelled();
      // Nobody waits for this survey here, so nobody is to hear that it failed.
      if (analysis.reports.length > 0) this.surveyFor(source).catch(() => undefined);
      return { source, analysis, ...(environment ? { environment } : {}) };
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      // A reading that was broken off by the end of the extension has not failed.
      goOn();
      return this.fail(source, kept, error);
    }
  }

  /**
   * A text that could not be read counts as read, with an empty analysis. One that has ended the thread would end the
   * next ones too, with every key press, so it waits until the user saves it or asks for it.
   */
  private fail(source: Source<Document>, kept: Kept<Document>, error: unknown): Snapshot<Document> {
    const message = error instanceof Error ? error.message : String(error);
    const failure: Failure = { why: error instanceof ReadingError ? error.why : 'fault', message, error };
    if (failure.why !== 'fault') kept.stopped = failure;
    const snapshot = { source, analysis: nothing(source.uri.toString()), failure };
    if (kept.snapshot?.failure?.message !== message) this.failed.fire(snapshot);
    return snapshot;
  }

  /**
   * Tells the thread of the whole workspace; if something there imports the text, that is read again with its examples.
   */
  private surveyFor({ uri }: Source<Document>): Promise<void> {
    const path = uri.toString();
    const survey = this.needs.files.survey();
    const known = this.surveys.get(path);
    if (known?.survey === survey) return known.done;
    const done = survey.then(async () => {
      if (await this.needs.reader.isImported(path)) this.outdate();
    });
    this.surveys.set(path, { survey, done });
    // Those who wait for it hear of a failure themselves. Here it means that the next caller tries again.
    done.catch(() => this.surveys.delete(path));
    return done;
  }
}

const nothing = (path: string): ModuleAnalysis => ({
  path,
  reports: [],
  problems: [],
  inputs: [],
  dependencies: [],
  broken: false,
  incomplete: false,
});
