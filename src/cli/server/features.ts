import type {
  CodeAction,
  CodeActionContext,
  CodeLens,
  Diagnostic,
  Hover,
  InlayHint,
  Position,
  Range,
} from 'vscode-languageserver';
import type { StartThread } from '../../engine/thread';
import { Analyses, type Snapshot } from '../../language/analyses';
import { Cancelled } from '../../language/cancelled';
import { Emitter } from '../../language/emitter';
import { Environments } from '../../language/environments';
import { LineWish } from '../../language/lineWish';
import { ProblemWatch, REST } from '../../language/problemWatch';
import { Trails } from '../../language/trails';
import type { Source } from '../../language/source';
import type { Words } from '../../language/words';
import { WorkspaceFiles } from '../../language/workspaceFiles';
import { ReaderClient } from '../../reader/client';
import { ownUri } from '../disk';
import { codeActions, diagnostics, hover, inlayHints, lenses, type Severity } from './answers';
import { servedEnvironments } from './environment';
import type { ServedDocument } from './served';
import { asSettings, type ServerSettings } from './settings';
import { Team } from './team';
import { ServedWorkspace } from './workspace';

/** What the features need of whoever speaks with the client. */
export interface FeatureNeeds {
  readonly start: StartThread;
  readonly documents: () => readonly ServedDocument[];
  /** The text in which a document is read: with the other cells of its notebook, if it is one. */
  readonly sourceOf: (document: ServedDocument) => Source<ServedDocument>;
  readonly isCell: (document: ServedDocument) => boolean;
  readonly words: Words;
  readonly packages?: readonly string[];
  publish(uri: string, diagnostics: Diagnostic[], version?: number): void;
  warn(message: string): void;
  log(message: string): void;
  /** What was answered may be out of date. */
  outdated(): void;
}

/** The features of the extension, for documents of a client: the same reading, kept in the same way. */
export class ServedFeatures {
  readonly workspace: ServedWorkspace;
  private readonly team: Team;
  private readonly reader: ReaderClient;
  private readonly lines = new LineWish();
  private readonly reconfigured = new Emitter<void>();
  private readonly analyses: Analyses<ServedDocument>;
  private readonly watch: ProblemWatch<ServedDocument>;
  private readonly disposables: readonly { dispose(): unknown }[];
  private settings: ServerSettings = asSettings(undefined);
  /** The readings of which a client was told the problems, so that it is told once. */
  private published = new WeakSet<Snapshot<ServedDocument>>();

  constructor(private readonly needs: FeatureNeeds) {
    this.team = new Team((message) => needs.warn(message));
    this.workspace = new ServedWorkspace(
      () => needs.documents().filter((document) => !needs.isCell(document)),
      this.team.wants,
    );
    this.reader = new ReaderClient(needs.start);
    const files = new WorkspaceFiles(this.reader, this.workspace);
    const environments = new Environments(
      servedEnvironments(this.workspace, {
        packages: (uri) => this.packagesFor(uri),
        onDidChange: this.reconfigured.event,
      }),
    );
    // Where imports led is not kept between sessions: a server writes nothing.
    const trails = new Trails({ read: async () => undefined, write: async () => undefined });
    this.analyses = new Analyses<ServedDocument>({
      reader: this.reader,
      files,
      workspace: this.workspace,
      shapes: { of: (uri) => this.team.shapesOf(uri), onDidChange: this.team.onDidChange },
      environments,
      trails,
      lines: this.lines,
      sourceOf: needs.sourceOf,
    });
    this.watch = new ProblemWatch({
      analyses: this.analyses,
      documents: needs.documents,
      isPresent: ({ isClosed }) => !isClosed,
      show: (snapshot) => this.publish(snapshot),
    });
    this.disposables = [
      this.watch,
      this.analyses,
      environments,
      files,
      trails,
      this.lines,
      environments.onDidInstall((folder) => files.forgetInstalled([folder])),
      this.analyses.onDidOutdate(() => needs.outdated()),
      // Kinds of failures, and nothing of the text.
      this.analyses.onDidFail(({ failure }) => needs.log(`A text was not read: ${failure.why}.`)),
    ];
  }

  async dispose(): Promise<void> {
    this.disposables.forEach((each) => void each.dispose());
    await this.reader.dispose();
  }

  configure(settings: ServerSettings): void {
    this.settings = settings;
    this.published = new WeakSet();
    this.reconfigured.fire();
    this.needs.outdated();
    this.watch.all();
  }

  opened(document: ServedDocument): void {
    this.watch.later(document, 0);
  }

  typed(document: ServedDocument): void {
    this.workspace.tell('type', document.uri);
    this.watch.later(document, REST);
  }

  /** A notebook has other cells, or the same ones in another order. */
  rearranged([first]: readonly ServedDocument[]): void {
    if (first) this.watch.later(first, REST);
  }

  savedNotebook(uri: string): void {
    this.workspace.tell('save', uri);
  }

  closedNotebook(uri: string): void {
    this.workspace.tell('close', uri);
  }

  /** `watched`: the client tells of files that are written by itself. */
  saved({ uri }: ServedDocument, watched: boolean): void {
    this.workspace.tell('save', uri);
    if (!watched) this.touched(uri, 'write');
  }

  closed(document: ServedDocument): void {
    document.isClosed = true;
    this.workspace.tell('close', document.uri);
    this.needs.publish(document.theirs, []);
  }

  /** A file has been written or taken away, as the client calls it. */
  touched(theirs: string, how: 'write' | 'remove'): void {
    const uri = ownUri(theirs);
    this.team.touched(uri);
    this.workspace.tell(how, uri);
  }

  hover(document: ServedDocument | undefined, position: Position): Promise<Hover | null> {
    if (!this.settings.hover) return Promise.resolve(null);
    return this.answered(document, null, (read, own) => hover(read, own, position, this.needs.words));
  }

  inlayHints(document: ServedDocument | undefined, visible: Range): Promise<InlayHint[]> {
    const { inlayHints: calls, tensors } = this.settings;
    if (tensors !== 'off') this.lines.set(this.inlayHints, true);
    else if (!calls) return Promise.resolve([]);
    return this.answered(document, [], (read, own) => inlayHints(read, own, visible, this.settings, this.needs.words));
  }

  lenses(document: ServedDocument | undefined): Promise<CodeLens[]> {
    if (!this.settings.codeLens) return Promise.resolve([]);
    this.lines.set(this.lenses, true);
    return this.answered(document, [], (read, own) => lenses(read, own, this.needs.words));
  }

  async codeActions(
    document: ServedDocument | undefined,
    range: Range,
    { only, diagnostics: named }: CodeActionContext,
  ): Promise<CodeAction[]> {
    const all = await this.answered(document, [], (read, own) =>
      codeActions(read, own, range, named, this.settings, this.severityFor(read), this.needs.words),
    );
    return only ? all.filter(({ kind }) => only.some((each) => kind === each || kind?.startsWith(`${each}.`))) : all;
  }

  private packagesFor(uri: string): readonly string[] {
    if (this.needs.packages) return this.needs.packages;
    return this.settings.packages.length > 0 ? this.settings.packages : (this.team.of(uri).packages ?? []);
  }

  private severityFor({ source }: Snapshot<ServedDocument>): Severity {
    return this.team.of(source.uri).severity;
  }

  private publish(read: Snapshot<ServedDocument>): void {
    if (this.published.has(read)) return;
    this.published.add(read);
    const severity = this.severityFor(read);
    for (const { document } of read.source.parts) {
      if (document.isClosed) continue;
      const found = this.settings.diagnostics
        ? diagnostics(read, document, this.settings, severity, this.needs.words)
        : [];
      this.needs.publish(document.theirs, found, document.version);
    }
  }

  /** An answer from the document's present text; an empty one when that changes before it is read. */
  private async answered<Answer>(
    document: ServedDocument | undefined,
    nothing: Answer,
    answer: (read: Snapshot<ServedDocument>, document: ServedDocument) => Answer,
  ): Promise<Answer> {
    if (!document) return nothing;
    try {
      return answer(await this.analyses.of(document), document);
    } catch (error) {
      if (error instanceof Cancelled) return nothing;
      throw error;
    }
  }
}
