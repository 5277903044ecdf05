import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import { COMMANDS } from './commands';
import { PYTHON } from './documents';
import type { InputShapes } from './inputShapes';
import type { LineWish } from '../../language/lineWish';
import { askShape, asShapeOfKey } from './setShape';
import { SHAPES_SCHEME, ShapesDocument } from './shapesDocument';
import { ShapesView } from './shapesView';

/** What tells of every line of a file: the view, the document, and what they lead to. */
export function registerShapes(analyses: Analyses, lines: LineWish, shapes: InputShapes): vscode.Disposable {
  const told = new ShapesDocument(analyses, lines);
  return vscode.Disposable.from(
    told,
    new ShapesView(analyses, lines),
    vscode.workspace.registerTextDocumentContentProvider(SHAPES_SCHEME, told),
    vscode.languages.registerDocumentLinkProvider({ scheme: SHAPES_SCHEME }, told),
    vscode.commands.registerCommand(COMMANDS.explainShapes, async () => {
      const document = vscode.window.activeTextEditor?.document;
      if (document && vscode.languages.match(PYTHON, document) > 0) await told.show(document);
      else void vscode.window.showInformationMessage(vscode.l10n.t('Open a Python file first, or a notebook.'));
    }),
    vscode.commands.registerCommand(COMMANDS.setShapeOf, async (argument: unknown) => {
      const asked = asShapeOfKey(argument);
      if (asked) await askShape(shapes, vscode.Uri.parse(asked.uri), asked.key, asked.shape);
    }),
  );
}
