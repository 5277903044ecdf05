import * as vscode from 'vscode';
import { storedAs } from '../../python/canonicalUse';
import type { Tensor } from '../../core/operation';
import type { Report, WeightSource } from '../../python';
import { ProblemError, problem } from '../../core/problem';
import type { OpenedFile } from '../../protocol/engine';
import { biasOf } from '../files/layers';
import { type FileEngine, type OpenFile, sourceOf, withFile } from '../files/openFile';
import type { CodeDraft } from '../../language/draft';

/** What a layer's file gives: the tensors in PyTorch's order. */
export interface LayerWeights {
  readonly weight: Tensor;
  readonly bias?: Tensor;
}

const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')})`;

/** Where a path may lead: as it stands, or below a folder above the code that says it, or below the workspace's. */
function places({ path, by }: WeightSource): vscode.Uri[] {
  if (/^[a-z][\w+.-]+:/i.test(path)) return [vscode.Uri.parse(path)];
  const code = vscode.Uri.parse(by);
  if (path.startsWith('/')) return [code.with({ path, query: '', fragment: '' })];
  const folders: vscode.Uri[] = [];
  const root = vscode.workspace.getWorkspaceFolder(code)?.uri.path ?? '';
  for (
    let folder = vscode.Uri.joinPath(code, '..');
    folder.path.length > 1 && folder.path.startsWith(root);
    folder = vscode.Uri.joinPath(folder, '..')
  ) {
    folders.push(folder.with({ query: '', fragment: '' }));
    if (folder.path === root || root === '') break;
  }
  const others = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  return [...folders, ...others].map((folder) => vscode.Uri.joinPath(folder, path));
}

/** The file, if it is here. That it is not is no error: weights are seldom kept with the code. */
export async function findFile(source: WeightSource): Promise<vscode.Uri | undefined> {
  // A checkpoint of TensorFlow is called by what the names of its files begin with.
  const named = places(source).flatMap((uri) => [uri, uri.with({ path: `${uri.path}.index` })]);
  for (const uri of named) {
    const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
    if (stat?.type === vscode.FileType.File) return uri;
  }
  return undefined;
}

/**
 * What the weight of a layer is called in files of other frameworks than PyTorch, by its name in the code: Keras
 * numbers a layer's variables, or the layer has a name of its own; Flax has trees of kernels.
 */
function namesOf(name: string): readonly string[] {
  const path = name.replaceAll('.', '/');
  return [name, ...['kernel', 'vars/0'].map((kernel) => path.replace(/(^|\/)weight$/, `$1${kernel}`))];
}

/**
 * Where the tensor of that name stands, or the only one where no name is given; a wrapper such as `DataParallel` puts
 * words before all names.
 */
function entryOf(entries: OpenedFile['entries'], name: string | undefined): number | undefined {
  if (name === undefined) return entries.length === 1 ? 0 : undefined;
  for (const wanted of namesOf(name)) {
    const exact = entries.findIndex((entry) => entry.name === wanted || entry.alias === wanted);
    if (exact >= 0) return exact;
    const longer = entries.flatMap(({ name: own, alias = '' }, at) =>
      [own, alias].some((each) => each.endsWith(`.${wanted}`) || each.endsWith(`/${wanted}`)) ? [at] : [],
    );
    if (longer.length === 1) return longer[0];
  }
  return undefined;
}

/**
 * Reads what the code says that the layer's weights are. Rejects with a ProblemError that says what is in the way;
 * nothing is executed or unpickled.
 */
export async function readWeights(
  engine: FileEngine,
  report: Report,
  source: WeightSource,
  uri: vscode.Uri,
  draft: Pick<CodeDraft, 'op' | 'weightShape'>,
): Promise<LayerWeights> {
  const file = await sourceOf(uri);
  return withFile(engine, file, (opened) => weightsIn(opened, file.name, report, source, draft));
}

async function weightsIn(
  { entries, read }: OpenFile,
  file: string,
  report: Report,
  source: WeightSource,
  { op, weightShape: wanted }: Pick<CodeDraft, 'op' | 'weightShape'>,
): Promise<LayerWeights> {
  const entry = entryOf(entries, source.name);
  if (entry === undefined) {
    throw new ProblemError([
      problem({
        code: 'weights-name',
        field: 'file',
        template: 'The file {0} has no tensor {1}.',
        args: [file, source.name ?? ''],
      }),
    ]);
  }
  const { name: member, shape } = entries[entry];
  const as = shape.length === wanted.length ? { storedAs: storedAs(report) } : undefined;
  const weight = await read(entry, { as });
  if (weight.shape.join() !== wanted.join()) {
    throw new ProblemError([
      problem({
        code: 'weights-shape',
        field: 'file',
        template: 'The tensor {0} of {1} has the shape {2}; this layer’s weight has {3}.',
        args: [member, file, shapeText(weight.shape), shapeText(wanted)],
      }),
    ]);
  }
  const outputs = op.kind === 'conv' ? wanted[0] : wanted[1] * (op.groups ?? 1);
  const biasEntry = biasOf(entries, entry);
  const bias = biasEntry === undefined ? undefined : await read(biasEntry);
  return { weight, ...(bias?.shape.join() === String(outputs) && { bias }) };
}

interface Choice extends vscode.QuickPickItem {
  readonly source?: WeightSource;
}

/**
 * Asks whose weights to take when a call makes several layers. `none` stands for random values; nothing when the user
 * closes the question.
 */
export async function chooseSource(sources: readonly WeightSource[]): Promise<WeightSource | 'none' | undefined> {
  if (sources.length <= 1) return sources[0] ?? 'none';
  const items: Choice[] = [
    ...sources.map((source) => ({
      label: source.name ?? source.path,
      description: source.name === undefined ? undefined : source.path,
      source,
    })),
    { label: vscode.l10n.t('Random values') },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('This call makes several layers. Whose weights?'),
  });
  return chosen && (chosen.source ?? 'none');
}
