import * as vscode from 'vscode';
import type { Problem } from '../../core/problem';
import type { InspectorDocument, Origin } from '../../core/state/document';
import type { Label } from '../../core/state/edits';
import type { DocumentHead } from '../../protocol/panel';
import { translated } from '../translate';

interface Standing {
  readonly revision: number;
  readonly problems: readonly Problem[];
  readonly undoLabel: Label | undefined;
  readonly redoLabel: Label | undefined;
  readonly code: DocumentHead['code'];
}

function originText(origin: Origin | undefined): string | undefined {
  switch (origin?.kind) {
    case undefined:
      return undefined;
    case 'preset':
      return undefined;
    case 'file':
      return vscode.workspace.asRelativePath(vscode.Uri.parse(origin.uri));
    case 'python':
      return `${vscode.workspace.asRelativePath(vscode.Uri.parse(origin.uri))}:${origin.range.start.line + 1}`;
    default:
      return origin satisfies never;
  }
}

/** The document as a view is told of it: all but the tensors' values. */
export function headOf(
  document: InspectorDocument,
  { revision, problems, undoLabel, redoLabel, code }: Standing,
): DocumentHead {
  return {
    revision,
    title: document.title ? vscode.l10n.t(document.title) : vscode.l10n.t('Untitled'),
    operation: document.op,
    dtype: document.dtype,
    inputShape: document.input.shape,
    weightShape: document.weight.shape,
    biasShape: document.bias?.shape,
    problems,
    origin: originText(document.origin),
    code,
    undo: undoLabel && translated(undoLabel),
    redo: redoLabel && translated(redoLabel),
  };
}
