import * as vscode from 'vscode';
import { type Interpretation, interpret, interpretations, type Target } from '../../core/formats/axes';
import { TENSOR_EXTENSIONS } from '../../core/formats/registry';
import type { Tensor } from '../../core/operation';
import { ProblemError, problem } from '../../core/problem';
import { type InspectorDocument, spatialRank, type TensorRole } from '../../core/state/document';
import type { EngineClient } from '../../engine/client';
import type { FileRead } from '../../protocol/engine';
import { memoryLimit } from '../memory';

/** A file's bytes, wherever they came from: a disk, a virtual file system, a drop. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')})`;

/** Lets the user say which of an archive's tensors is meant. Nothing when they say none. */
async function chooseMember({ entries }: FileRead, name: string): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick(
    entries.map((entry) => ({ label: entry.name, description: `${shapeText(entry.shape)} ${entry.source}` })),
    { title: vscode.l10n.t('Which tensor of {0}?', name) },
  );
  return picked?.label;
}

/** Asks which axis is which where the shape alone does not tell. */
async function chooseAxes(
  ways: readonly Interpretation[],
  shape: readonly number[],
  name: string,
): Promise<Interpretation | undefined> {
  if (ways.length <= 1) return ways[0];
  const picked = await vscode.window.showQuickPick(
    ways.map((way) => ({
      label: [...way.axes].join(' × '),
      description: [way.framework, way.flipped ? vscode.l10n.t('flipped in space') : undefined]
        .filter(Boolean)
        .join(', '),
      detail: vscode.l10n.t('becomes {0}', shapeText(way.shape)),
      way,
    })),
    { title: vscode.l10n.t('Which axis is which in {0}, of shape {1}?', name, shapeText(shape)) },
  );
  return picked?.way;
}

export function targetOf(document: InspectorDocument, role: TensorRole): Target {
  return { role, kind: document.op.kind, rank: spatialRank(document) };
}

/**
 * Looks at the axes of a tensor as the document needs them; nothing when the user breaks off. Throws a ProblemError
 * when they cannot fit.
 */
export async function fitAxes(
  tensor: Tensor,
  fixed: string | undefined,
  target: Target,
  name: string,
): Promise<Tensor | undefined> {
  const all = interpretations(tensor.shape, target);
  const told = fixed === undefined ? [] : all.filter((way) => way.axes.endsWith(fixed));
  if (all.length === 0) {
    throw new ProblemError([
      problem({
        code: 'file-axes',
        field: 'file',
        template: 'A tensor of shape {0} has too many axes for this document.',
        args: [shapeText(tensor.shape)],
      }),
    ]);
  }
  const way = await chooseAxes(told.length > 0 ? told.slice(0, 1) : all, tensor.shape, name);
  return way && interpret(tensor, way, target);
}

/**
 * A file's tensor, laid out as the document needs it; nothing when the user breaks off. Rejects with what is wrong with
 * the file.
 */
export async function loadTensor(
  engine: EngineClient,
  { name, bytes }: NamedBytes,
  target: Target,
): Promise<Tensor | undefined> {
  const limit = memoryLimit();
  let read = await engine.readFile({ bytes, name, limit });
  if (!read.tensor) {
    const member = await chooseMember(read, name);
    if (member === undefined) return undefined;
    read = { ...(await engine.readFile({ bytes, name, limit, member })) };
  }
  const axes = read.entries.length === 1 ? read.entries[0].axes : undefined;
  return read.tensor && fitAxes(read.tensor, axes, target, name);
}

/** Largest file that is read at all: a table of text takes several bytes for each that its values take. */
const MOST_BYTES_PER_BYTE = 8;

export async function readUri(uri: vscode.Uri): Promise<NamedBytes> {
  const { size } = await vscode.workspace.fs.stat(uri);
  const limit = memoryLimit() * MOST_BYTES_PER_BYTE;
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  if (size > limit) {
    throw new ProblemError([
      problem({
        code: 'file-large',
        field: 'file',
        template: 'The file {0} has {1} bytes; at most {2} are read.',
        args: [name, size, limit],
      }),
    ]);
  }
  return { name, bytes: await vscode.workspace.fs.readFile(uri) };
}

/** Lets the user pick a file with tensors. */
export async function pickFile(title: string): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title,
    openLabel: vscode.l10n.t('Open'),
    filters: { [vscode.l10n.t('Tensors and pictures')]: [...TENSOR_EXTENSIONS], [vscode.l10n.t('All files')]: ['*'] },
  });
  return picked?.[0];
}
