import * as vscode from 'vscode';
import type { TensorName } from '../../core/tensor/plane';
import type { SaveKind } from '../../protocol/panel';
import { pictureSaving, saveFile, type Saving, tensorSaving } from '../files/saveFile';
import type { Session } from '../session/session';

async function savingOf(session: Session, kind: Exclude<SaveKind, 'document'>, name: TensorName, picture: unknown): Promise<Saving | undefined> {
  const { document } = session;
  const base = `${document.title ?? 'document'}-${name}`;
  switch (kind) {
    case 'npy':
    case 'csv': {
      const tensor = name === 'output' ? session.output : document[name];
      return tensor && tensorSaving(kind, tensor, base);
    }
    case 'png':
    case 'svg':
      return pictureSaving(kind, picture, base);
    default:
      throw new TypeError(`There is no way to save as ${String(kind satisfies 'matrix-market' | 'scipy-npz')}.`);
  }
}

/** Saves a tensor, a picture or the matrix under a name that the user gives. */
export async function saveFrom(session: Session, kind: Exclude<SaveKind, 'document'>, name: TensorName, picture: unknown): Promise<void> {
  const saving = await savingOf(session, kind, name, picture);
  const uri = saving && (await saveFile(saving));
  if (uri) vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}.', vscode.workspace.asRelativePath(uri)), 3000);
}

