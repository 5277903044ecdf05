import * as vscode from 'vscode';
import { storedAs } from '../../python/canonicalUse';
import { weightToCanonical } from '../../core/frameworks/weights';
import type { Tensor } from '../../core/operation';
import type { Report, WeightSource } from '../../python';
import { ProblemError, problem } from '../../core/problem';
import type { EngineClient } from '../../engine/client';
import type { FileRead } from '../../protocol/engine';
import { readUri } from '../files/loadTensor';
import { memoryLimit } from '../memory';
import type { CodeDraft } from './draft';

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
  for (const uri of places(source)) {
    const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
    if (stat?.type === vscode.FileType.File) return uri;
  }
  return undefined;
}

/** The member of that name; a wrapper such as `DataParallel` puts a prefix before every name. */
function memberOf(entries: FileRead['entries'], name: string): string | undefined {
  const names = entries.map((entry) => entry.name);
  if (names.includes(name)) return name;
  const longer = names.filter((each) => each.endsWith(`.${name}`));
  return longer.length === 1 ? longer[0] : undefined;
}

/**
 * Reads what the code says that the layer's weights are. Rejects with a ProblemError that says what is in the way;
 * nothing is executed or unpickled.
 */
export async function readWeights(
  engine: EngineClient,
  report: Report,
  source: WeightSource,
  uri: vscode.Uri,
  { op, weightShape: wanted }: Pick<CodeDraft, 'op' | 'weightShape'>,
): Promise<LayerWeights> {
  const outputs = op.kind === 'conv' ? wanted[0] : wanted[1] * (op.groups ?? 1);
  const { name, bytes } = await readUri(uri);
  const limit = memoryLimit();
  const read = await engine.readFile({ bytes, name, limit });
  const load = async (member: string | undefined): Promise<Tensor | undefined> =>
    member === undefined ? undefined : (await engine.readFile({ bytes, name, limit, member })).tensor;
  const member =
    source.name === undefined
      ? read.entries.length === 1
        ? read.entries[0].name
        : undefined
      : memberOf(read.entries, source.name);
  const tensor = member === undefined ? undefined : (read.tensor ?? (await load(member)));
  if (!tensor || member === undefined) {
    throw new ProblemError([
      problem({
        code: 'weights-name',
        field: 'file',
        template: 'The file {0} has no tensor {1}.',
        args: [name, source.name ?? ''],
      }),
    ]);
  }
  const order = storedAs(report);
  const weight = tensor.shape.length === wanted.length ? weightToCanonical(tensor, order) : tensor;
  if (weight.shape.join() !== wanted.join()) {
    throw new ProblemError([
      problem({
        code: 'weights-shape',
        field: 'file',
        template: 'The tensor {0} of {1} has the shape {2}; this layer’s weight has {3}.',
        args: [member, name, shapeText(weight.shape), shapeText(wanted)],
      }),
    ]);
  }
  const bias = /(^|\.)weight$/.test(member)
    ? await load(read.entries.find((entry) => entry.name === member.replace(/weight$/, 'bias'))?.name)
    : undefined;
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
