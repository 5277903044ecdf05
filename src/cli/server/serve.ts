import { join } from 'node:path';
import {
  type ClientCapabilities,
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import type { Words } from '../../language/words';
import { readerStarter } from '../../reader/start';
import { PROJECT_FILE } from '../find';
import { ServedFeatures } from './features';
import { ServedNotebooks } from './notebooks';
import { SERVED } from './served';
import { asSettings } from './settings';
import { wordsFor } from './words';

export interface ServerOptions {
  readonly version: string;
  /** Environments whose packages are read, in the place of what an editor or the team says. */
  readonly packages?: readonly string[];
}

/** Serves the reading to an editor over the standard streams, until that ends it. */
export function serve(options: ServerOptions): void {
  // The library ends the process when the editor says so, and when its end of the streams is closed.
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  connect(connection, options);
  connection.listen();
}

/** What a client can do that is not asked of all. */
interface Able {
  readonly configuration: boolean;
  readonly watch: boolean;
  readonly folders: boolean;
  readonly refreshHints: boolean;
  readonly refreshLenses: boolean;
}

const ableOf = ({ workspace }: ClientCapabilities): Able => ({
  configuration: workspace?.configuration === true,
  watch: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
  folders: workspace?.workspaceFolders === true,
  refreshHints: workspace?.inlayHint?.refreshSupport === true,
  refreshLenses: workspace?.codeLens?.refreshSupport === true,
});

function connect(connection: Connection, { version, packages }: ServerOptions): void {
  const documents = new TextDocuments(SERVED);
  const notebooks = new ServedNotebooks(documents);
  let able = ableOf({});
  let words = wordsFor(undefined);
  /** The client's language is known when it has introduced itself, before it asks for anything. */
  const theirs: Words = {
    say: (template, ...args) => words.say(template, ...args),
    get language() {
      return words.language;
    },
  };
  // Before it has been answered, a client takes no requests.
  let initialized = false;
  const features = new ServedFeatures({
    start: readerStarter(join(__dirname, 'reader.js')),
    documents: () => documents.all(),
    sourceOf: (document) => notebooks.sourceOf(document),
    isCell: (document) => notebooks.isCell(document),
    words: theirs,
    ...(packages ? { packages } : {}),
    publish: (uri, diagnostics, of) => void connection.sendDiagnostics({ uri, diagnostics, version: of }),
    warn: (message) => {
      connection.window.showWarningMessage(message);
    },
    log: (message) => connection.console.error(message),
    outdated: () => {
      if (!initialized) return;
      if (able.refreshHints) void connection.languages.inlayHint.refresh();
      if (able.refreshLenses) void connection.sendRequest(CodeLensRefreshRequest.type);
    },
  });

  const configure = async (given?: unknown): Promise<void> => {
    const value: unknown = able.configuration ? await connection.workspace.getConfiguration('transposedConv') : given;
    if (value !== undefined && value !== null) features.configure(asSettings(value));
  };

  connection.onInitialize((parameters): InitializeResult => {
    able = ableOf(parameters.capabilities);
    words = wordsFor(parameters.locale);
    features.workspace.setFolders(foldersOf(parameters));
    if (parameters.initializationOptions) features.configure(asSettings(parameters.initializationOptions));
    return {
      serverInfo: { name: 'transposed-conv-inspector', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        notebookDocumentSync: { notebookSelector: [{ cells: [{ language: 'python' }] }], save: true },
        hoverProvider: true,
        inlayHintProvider: true,
        codeLensProvider: {},
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
  connection.onInitialized(async () => {
    initialized = true;
    if (able.configuration) void connection.client.register(DidChangeConfigurationNotification.type, undefined);
    if (able.watch)
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*.{py,json,yaml,yml}' }, { globPattern: `**/${PROJECT_FILE}` }],
      });
    if (able.folders)
      connection.workspace.onDidChangeWorkspaceFolders(async () =>
        features.workspace.setFolders(((await connection.workspace.getWorkspaceFolders()) ?? []).map(({ uri }) => uri)),
      );
    if (able.configuration) await configure();
  });
  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) =>
    configure((settings as { readonly transposedConv?: unknown } | null)?.transposedConv),
  );
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) features.touched(uri, type === FileChangeType.Deleted ? 'remove' : 'write');
  });

  documents.onDidOpen(({ document }) => features.opened(document));
  documents.onDidChangeContent(({ document }) => features.typed(document));
  documents.onDidSave(({ document }) => features.saved(document, able.watch));
  documents.onDidClose(({ document }) => features.closed(document));
  documents.listen(connection);
  notebooks.listen(connection, {
    rearranged: (cells) => features.rearranged(cells),
    saved: (uri) => features.savedNotebook(uri),
    closed: (uri) => features.closedNotebook(uri),
  });

  connection.onHover(({ textDocument, position }) => features.hover(documents.get(textDocument.uri), position));
  connection.languages.inlayHint.on(({ textDocument, range }) =>
    features.inlayHints(documents.get(textDocument.uri), range),
  );
  connection.onCodeLens(({ textDocument }) => features.lenses(documents.get(textDocument.uri)));
  connection.onCodeAction(({ textDocument, range, context }) =>
    features.codeActions(documents.get(textDocument.uri), range, context),
  );
  connection.onShutdown(() => features.dispose());
}

/** The folders that a client has open; an old one knows of one folder only, and says it in another way. */
function foldersOf(parameters: InitializeParams): readonly string[] {
  const { rootUri } = parameters as { readonly rootUri?: unknown };
  return parameters.workspaceFolders?.map(({ uri }) => uri) ?? (typeof rootUri === 'string' ? [rootUri] : []);
}
