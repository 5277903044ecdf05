import * as vscode from 'vscode';
import { writeNpy } from '../../core/formats/npy';
import { writeNpz } from '../../core/formats/npz';
import { writeCsv } from '../../core/formats/writeText';
import type { Tensor } from '../../core/operation';
import { ProblemError, problem } from '../../core/problem';
import type { SaveKind } from '../../protocol/panel';

export interface Saving {
  /** File name without its extension. */
  readonly base: string;
  readonly extension: string;
  readonly title: string;
  readonly bytes: () => Uint8Array | Promise<Uint8Array>;
}

const folder = (): vscode.Uri | undefined => vscode.workspace.workspaceFolders?.[0]?.uri;

/**
 * Asks where to save, and only then makes the bytes and writes them. Answers where, or nothing when the user breaks
 * off.
 */
export async function saveFile({ base, extension, title, bytes }: Saving): Promise<vscode.Uri | undefined> {
  const name = `${base.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || 'tensor'}.${extension}`;
  const root = folder();
  const target = await vscode.window.showSaveDialog({
    title,
    defaultUri: root ? vscode.Uri.joinPath(root, name) : undefined,
    filters: { [extension]: [extension.split('.').at(-1) ?? extension] },
  });
  if (!target) return undefined;
  await vscode.workspace.fs.writeFile(target, await bytes());
  return target;
}

/** A CSV file holds one table, so the planes of a tensor follow one another in it. */
export function tensorSaving(kind: Extract<SaveKind, 'npy' | 'csv'>, tensor: Tensor, base: string): Saving {
  switch (kind) {
    case 'npy':
      return { base, extension: 'npy', title: vscode.l10n.t('Save as NumPy array'), bytes: () => writeNpy(tensor) };
    case 'csv':
      return {
        base,
        extension: 'csv',
        title: vscode.l10n.t('Save as CSV'),
        bytes: () => new TextEncoder().encode(writeCsv(tensor)),
      };
    default:
      return kind satisfies never;
  }
}

/** All the document's tensors by their names, for `numpy.load`. */
export function allSaving(tensors: Readonly<Record<string, Tensor | undefined>>, base: string): Saving {
  const present = Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) => (tensor ? [[name, tensor]] : [])),
  );
  return { base, extension: 'npz', title: vscode.l10n.t('Save all tensors as .npz'), bytes: () => writeNpz(present) };
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47];

/** A picture that the page has drawn. Its bytes are written only if they are of the kind that it claims to be. */
export function pictureSaving(kind: Extract<SaveKind, 'png' | 'svg'>, bytes: unknown, base: string): Saving {
  const sound =
    bytes instanceof Uint8Array &&
    (kind === 'png'
      ? PNG_SIGNATURE.every((byte, at) => bytes[at] === byte)
      : new TextDecoder().decode(bytes.subarray(0, 200)).includes('<svg'));
  if (!sound)
    throw new ProblemError([problem({ code: 'picture', field: 'file', template: 'There is no picture to save.' })]);
  return { base, extension: kind, title: vscode.l10n.t('Save picture'), bytes: () => bytes };
}
