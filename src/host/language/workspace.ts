import * as vscode from 'vscode';
import type { ModuleSource, ProjectView } from '../../core/python';
import { pause } from './analyzer';
import { candidates, importedNames, moduleName } from './modules';

/** Directories that hold no code of the project's own, and the most files that are looked through for importers. */
const ELSEWHERE = '**/{node_modules,site-packages,.venv,venv,env,.git,__pycache__,build,dist,.tox}/**';
const MOST = 2000;
/** Larger files are data or generated; bytes. */
const LONGEST = 1_000_000;
/** Files read together while looking through the workspace. */
const AT_ONCE = 16;

/**
 * The workspace's Python files as the analysis may ask for them. It must be answered at once, so a file that has not been
 * read is noted as wanted, and the analysis runs again when `load` has read it. Nothing is read before something asks.
 */
export class WorkspaceModules implements vscode.Disposable {
  /** `undefined` for a place where there is no file. */
  private readonly files = new Map<string, ModuleSource | undefined>();
  private readonly wanted = new Set<string>();
  /** What each file of the workspace imports; texts are kept only of those that are asked for. */
  private readonly imports = new Map<string, ReadonlySet<string>>();
  private surveying: Promise<boolean> | undefined;
  private stamp = 0;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** A file on disk has changed, appeared or gone. */
  readonly onDidChange = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.py');
    const forget = (uri: vscode.Uri): void => {
      // A new file may stand where none was found, so what is known to be missing is asked again.
      for (const [key, source] of this.files) if (!source || key === uri.toString()) this.files.delete(key);
      this.imports.delete(uri.toString());
      this.changed.fire(uri);
    };
    this.disposables = [
      watcher,
      this.changed,
      watcher.onDidChange((uri) => {
        forget(uri);
        if (this.surveying) void this.note(uri);
      }),
      watcher.onDidCreate((uri) => {
        forget(uri);
        if (this.surveying) void this.note(uri);
      }),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.surveying = undefined;
        this.files.clear();
        this.imports.clear();
      }),
    ];
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  readonly view: ProjectView = {
    resolve: (fromPath, module, level) => {
      for (const place of candidates(vscode.Uri.parse(fromPath), module, level)) {
        const source = this.source(place.toString());
        if (source) return source;
      }
      return undefined;
    },
    importers: (path) => {
      const name = moduleName(vscode.Uri.parse(path));
      if (!name) return [];
      return [...this.imports].flatMap(([key, names]) => {
        const source = key !== path && names.has(name) ? this.source(key) : undefined;
        return source ? [source] : [];
      });
    },
  };

  private source(key: string): ModuleSource | undefined {
    const open = vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
    if (open) return { path: key, text: open.getText(), version: open.version };
    if (!this.files.has(key)) this.wanted.add(key);
    return this.files.get(key);
  }

  /** Reads what was asked for and not known; true when the analysis should be tried again. */
  async load(): Promise<boolean> {
    const asked = [...this.wanted].filter((key) => !this.files.has(key));
    this.wanted.clear();
    const read = await Promise.all(asked.map(async (key) => [key, await this.fetch(vscode.Uri.parse(key))] as const));
    for (const [key, source] of read) this.files.set(key, source);
    return read.some(([, source]) => source !== undefined);
  }

  /** Learns, once and in turns, which file imports what; true for the one caller during whose wait it was learnt. */
  survey(): Promise<boolean> {
    if (this.surveying) return this.surveying.then(() => false);
    this.surveying = this.lookThrough();
    return this.surveying;
  }

  private async lookThrough(): Promise<boolean> {
    const uris = await vscode.workspace.findFiles('**/*.py', ELSEWHERE, MOST);
    for (let start = 0; start < uris.length; start += AT_ONCE) {
      await Promise.all(uris.slice(start, start + AT_ONCE).map((uri) => this.note(uri)));
      await pause();
    }
    return this.imports.size > 0;
  }

  /** Whether some file of the workspace names this one in an import. */
  isImported(uri: vscode.Uri): boolean {
    const name = moduleName(uri);
    return name !== undefined && [...this.imports].some(([key, names]) => key !== uri.toString() && names.has(name));
  }

  private async note(uri: vscode.Uri): Promise<void> {
    const source = await this.fetch(uri);
    if (source) this.imports.set(uri.toString(), importedNames(source.text));
  }

  private async fetch(uri: vscode.Uri): Promise<ModuleSource | undefined> {
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (bytes.byteLength > LONGEST) return undefined;
      return { path: uri.toString(), text: new TextDecoder().decode(bytes), version: `file ${++this.stamp}` };
    } catch {
      // Most places where an import might stand hold no file: that is an answer, not a failure.
      return undefined;
    }
  }
}
