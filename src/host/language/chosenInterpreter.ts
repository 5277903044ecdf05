import * as vscode from 'vscode';
import type { Choice, EnvironmentNeeds } from '../../language/environments';
import { BESIDE, type FileSystem } from '../../reader/sitePackages';

/** What is used of the API of `ms-python.python`, which no package of types is needed for. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

const PYTHON_EXTENSION = 'ms-python.python';
const SETTINGS = 'transposedConv.installedPackages';

/** The Python extension's API, when it runs already: to start it is not ours to decide. */
function pythonApi(): PythonApi['environments'] {
  const extension = vscode.extensions.getExtension<PythonApi | undefined>(PYTHON_EXTENSION);
  return extension?.isActive ? extension.exports?.environments : undefined;
}

/** A path as a setting has it: absolute, or beside the folder of the workspace. */
function asUri(path: string, resource: vscode.Uri): string | undefined {
  const folder = (vscode.workspace.getWorkspaceFolder(resource) ?? vscode.workspace.workspaceFolders?.[0])?.uri;
  const full = path.replace(/\$\{workspaceFolder(?::[^}]*)?\}/g, folder?.fsPath ?? '');
  if (full.includes('${')) return undefined;
  if (/^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(full)) {
    const file = vscode.Uri.file(full);
    return (folder && folder.scheme !== 'file' ? folder.with({ path: file.path }) : file).toString();
  }
  // A name such as `python` is looked up in the shell's path, of which nothing is known here.
  return folder && /[\\/.]/.test(full) ? vscode.Uri.joinPath(folder, full.replaceAll('\\', '/')).toString() : undefined;
}

/** What a workspace that is not trusted says of places outside of it does not count. */
function setting<Value>(section: string, name: string, resource: vscode.Uri, otherwise: Value): Value {
  const configuration = vscode.workspace.getConfiguration(section, resource);
  if (vscode.workspace.isTrusted) return configuration.get<Value>(name, otherwise);
  const inspected = configuration.inspect<Value>(name);
  return inspected?.globalValue ?? inspected?.defaultValue ?? otherwise;
}

function choice(path: string): Choice {
  const resource = vscode.Uri.parse(path);
  const enabled = vscode.workspace.getConfiguration(SETTINGS, resource).get<boolean>('enabled', true);
  const folders = setting<readonly string[]>(SETTINGS, 'folders', resource, []);
  const active = pythonApi()?.getActiveEnvironmentPath(resource).path;
  const interpreter = active ?? setting<string>('python', 'defaultInterpreterPath', resource, '');
  const found = interpreter === '' ? undefined : asUri(interpreter, resource);
  return {
    enabled,
    folders: folders.flatMap((each) => asUri(each, resource) ?? []),
    ...(found === undefined ? {} : { interpreter: found }),
  };
}

/**
 * The interpreter that is chosen for the folder, to be started on a command that says so; for which the Python
 * extension is started as well. Of a folder that is not trusted there is none.
 */
export async function chosenPython(): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  const resource = vscode.workspace.workspaceFolders?.[0]?.uri;
  const python = await vscode.extensions.getExtension<PythonApi | undefined>(PYTHON_EXTENSION)?.activate();
  if (python?.environments) {
    const active = python.environments.getActiveEnvironmentPath(resource);
    const found = await python.environments.resolveEnvironment(active);
    if (found?.executable.uri) return found.executable.uri.fsPath;
  }
  const path = vscode.workspace.getConfiguration('python', resource).get<string>('defaultInterpreterPath', '');
  if (path === '') return undefined;
  const uri = resource && asUri(path, resource);
  // A name alone is looked for where the system does.
  return uri === undefined ? path : vscode.Uri.parse(uri).fsPath;
}

/** An installation writes for some seconds; what is read is read again so many ms after its last change. */
const REST = 2_000;

/** Calls `run` when it has not been asked to for `REST` ms. */
function rested(run: () => void): { readonly later: () => void } & vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    later: () => {
      clearTimeout(timer);
      timer = setTimeout(run, REST);
    },
    dispose: () => clearTimeout(timer),
  };
}

/** Each installed distribution has a folder of its own beside the packages, which is written anew with each version. */
function watch(folder: string, installed: () => void): vscode.Disposable {
  const pattern = new vscode.RelativePattern(vscode.Uri.parse(folder), '*.{dist-info,egg-info,pth}');
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  const rest = rested(installed);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(rest.later),
    watcher.onDidChange(rest.later),
    watcher.onDidDelete(rest.later),
    rest,
  );
}

/**
 * An environment is made, or taken away, while the editor is open: each has this file. On Linux VS Code is not told of
 * what is written into a folder within the same moment as the folder itself, which is how environments are made, so the
 * folder counts too; when it comes there may be nothing in it, so it is looked into again after a rest.
 */
const MADE = `**/{pyvenv.cfg,${[...new Set(BESIDE.map((place) => place.split('/')[0]))].join(',')}}`;

/** The editor's settings, and the Python extension's choice. */
export function editorEnvironments(files: FileSystem): EnvironmentNeeds & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const fire = (): void => changed.fire();
  let listening: vscode.Disposable | undefined;
  /** The Python extension may come to run at any time, and tells nobody; looked for whenever a file is. */
  const listen = (): void => {
    listening ??= pythonApi()?.onDidChangeActiveEnvironmentPath(fire);
  };
  const made = vscode.workspace.createFileSystemWatcher(MADE, false, true, false);
  const rest = rested(fire);
  const disposables = [
    changed,
    made,
    rest,
    made.onDidCreate(fire),
    made.onDidCreate(rest.later),
    made.onDidDelete(fire),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS) || change.affectsConfiguration('python.defaultInterpreterPath')) fire();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(fire),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    vscode.extensions.onDidChange(fire),
  ];
  return {
    files,
    folders: () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()),
    trusted: () => vscode.workspace.isTrusted,
    choice: (path) => {
      listen();
      return choice(path);
    },
    onDidChange: changed.event,
    watch,
    dispose: () => {
      listening?.dispose();
      disposables.forEach((each) => void each.dispose());
    },
  };
}
