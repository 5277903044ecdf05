import * as vscode from 'vscode';
import { matrixFileBytes, matrixStem, type MatrixFormat } from '../../core/matrix/export';
import type { TensorName } from '../../core/tensor/plane';
import type { EngineClient } from '../../engine/client';
import { requireMemory } from '../../engine/memory';
import type { SaveKind } from '../../protocol/panel';
import { allSaving, pictureSaving, saveFile, type Saving, tensorSaving } from '../files/saveFile';
import { memoryLimit } from '../memory';
import type { Session } from '../session/session';

/** The whole matrix as a file, which the compute thread makes only when the user has said where to save it. */
function matrixSaving(session: Session, engine: EngineClient, format: MatrixFormat): Saving | undefined {
  const { plan, document } = session;
  if (!plan) return undefined;
  requireMemory(matrixFileBytes(format, plan, document.dtype), memoryLimit());
  const { op, input, weight } = document;
  return {
    base: matrixStem(plan.kind),
    extension: format === 'matrix-market' ? 'mtx' : 'npz',
    title:
      format === 'matrix-market'
        ? vscode.l10n.t('Save the matrix as Matrix Market')
        : vscode.l10n.t('Save the matrix for SciPy'),
    bytes: () => engine.matrixFile({ op, inputShape: input.shape, weight, format, limit: memoryLimit() }),
  };
}

function savingOf(
  session: Session,
  engine: EngineClient,
  kind: Exclude<SaveKind, 'document'>,
  name: TensorName,
  picture: unknown,
): Saving | undefined {
  const { document } = session;
  const base = `${session.name}-${name}`;
  switch (kind) {
    case 'npy':
    case 'csv': {
      const tensor = name === 'output' ? session.output : document[name];
      return tensor && tensorSaving(kind, tensor, base);
    }
    case 'npz':
      return allSaving(
        { input: document.input, weight: document.weight, bias: document.bias, output: session.output },
        session.name,
      );
    case 'png':
    case 'svg':
      return pictureSaving(kind, picture, base);
    case 'matrix-market':
    case 'scipy-npz':
      return matrixSaving(session, engine, kind);
    default:
      throw new TypeError(`There is no way to save as ${String(kind satisfies never)}.`);
  }
}

/** Saves a tensor, a picture or the matrix under a name that the user gives. */
export async function saveFrom(
  session: Session,
  engine: EngineClient,
  kind: Exclude<SaveKind, 'document'>,
  name: TensorName,
  picture: unknown,
): Promise<void> {
  const saving = savingOf(session, engine, kind, name, picture);
  const uri = saving && (await saveFile(saving));
  if (uri) vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}.', vscode.workspace.asRelativePath(uri)), 3000);
}
