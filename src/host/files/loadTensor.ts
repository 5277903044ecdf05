import * as vscode from 'vscode';
import { type Interpretation, interpretations, type Target } from '../../core/formats/axes';
import { TENSOR_EXTENSIONS } from '../../core/formats/registry';
import { ProblemError, problem } from '../../core/problem';
import { type InspectorDocument, spatialRank, type TensorRole } from '../../core/state/document';
import type { Converted, OpenedFile } from '../../protocol/engine';
import { type FileEngine, type Source, withFile } from './openFile';

type Entry = OpenedFile['entries'][number];

const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')})`;

/** Lets the user say which of an archive's tensors is meant, by its position. Nothing when they say none. */
async function chooseEntry(entries: readonly Entry[], name: string): Promise<number | undefined> {
  if (entries.length === 1) return 0;
  const picked = await vscode.window.showQuickPick(
    entries.map((entry, at) => ({
      label: entry.name,
      description: `${shapeText(entry.shape)} ${entry.source}`,
      at,
    })),
    { title: vscode.l10n.t('Which tensor of {0}?', name) },
  );
  return picked?.at;
}

/** Asks which axis is which where neither the shape nor the format tells. Throws a ProblemError when none can fit. */
async function chooseAxes({ shape, axes }: Entry, target: Target, name: string): Promise<Interpretation | undefined> {
  const all = interpretations(shape, target);
  if (all.length === 0) {
    throw new ProblemError([
      problem({
        code: 'file-axes',
        field: 'file',
        template: 'A tensor of shape {0} has too many axes for this document.',
        args: [shapeText(shape)],
      }),
    ]);
  }
  const told = axes === undefined ? undefined : all.find((way) => way.axes.endsWith(axes));
  if (told || all.length === 1) return told ?? all[0];
  const picked = await vscode.window.showQuickPick(
    all.map((way) => ({
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

/**
 * The tensor of a file or of pasted text that the user means, laid out as the document needs it; nothing when they
 * break off. Everything is asked before any values are read, and axes are put in order where the values are: in the
 * compute thread. Rejects with what is wrong with the file.
 */
export function loadTensor(
  engine: FileEngine,
  source: Source,
  document: InspectorDocument,
  role: TensorRole,
): Promise<Converted | undefined> {
  const target: Target = { role, kind: document.op.kind, rank: spatialRank(document) };
  return withFile(engine, source, async ({ entries, read }) => {
    const entry = await chooseEntry(entries, source.name);
    if (entry === undefined) return undefined;
    const way = await chooseAxes(entries[entry], target, source.name);
    return way && read(entry, { as: { way, target }, dtype: document.dtype });
  });
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
