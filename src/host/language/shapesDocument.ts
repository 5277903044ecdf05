import * as vscode from 'vscode';
import { knownText, whyText } from '../../python/whyText';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from '../../language/cancelled';
import { located, notebookOf } from './documents';
import type { LineWish } from '../../language/lineWish';

/** Documents that tell what is known of another one, which their query names. */
export const SHAPES_SCHEME = 'transposed-conv-shapes';

const uriFor = (source: vscode.Uri): vscode.Uri =>
  vscode.Uri.from({ scheme: SHAPES_SCHEME, path: `${source.path}.shapes.txt`, query: source.toString() });

/** A read-only document that says of a file what is known of its shapes, what is not and why; its places are links. */
export class ShapesDocument implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly analyses: Analyses,
    private readonly wish: LineWish,
  ) {
    this.disposables = [
      this.changed,
      analyses.onDidAnalyse(({ source }) => this.renew(source.uri)),
      analyses.onDidOutdate(() => this.open().forEach((uri) => this.changed.fire(uri))),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === SHAPES_SCHEME) wish.set(this, this.open().length > 0);
      }),
    ];
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  /** Shows it of a document, beside that. */
  async show(document: vscode.TextDocument): Promise<void> {
    this.wish.set(this, true);
    const shown = await vscode.workspace.openTextDocument(uriFor(notebookOf(document)?.uri ?? document.uri));
    await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }

  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    const document = documentOf(query);
    if (!document) return vscode.l10n.t('The file that this told of has been closed.');
    try {
      const snapshot = await this.analyses.settled(document);
      return textOf(snapshot, this.wish.wanted);
    } catch (error) {
      // A newer text is being read; it is told of when that is done.
      if (error instanceof Cancelled) return '';
      throw error;
    }
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const source = documentOf(document.uri.query);
    if (!source || notebookOf(source)) return [];
    return Array.from(
      document.getText().matchAll(/^ +((\d+):(\d+)) /gm),
      ({ index, 0: all, 1: place, 2: line, 3: column }) => {
        const start = document.positionAt(index + all.indexOf(place));
        const target = source.uri.with({ fragment: `L${line},${column}` });
        return new vscode.DocumentLink(new vscode.Range(start, start.translate(0, place.length)), target);
      },
    );
  }

  private open(): readonly vscode.Uri[] {
    return vscode.workspace.textDocuments.flatMap(({ uri, isClosed }) =>
      uri.scheme === SHAPES_SCHEME && !isClosed ? [uri] : [],
    );
  }

  private renew(source: vscode.Uri): void {
    const uri = uriFor(source);
    if (this.open().some((each) => each.toString() === uri.toString())) this.changed.fire(uri);
  }
}

/** The document of an address, or the first cell of the notebook that has it. */
function documentOf(uri: string): vscode.TextDocument | undefined {
  const { textDocuments, notebookDocuments } = vscode.workspace;
  const notebook = notebookDocuments.find((each) => each.uri.toString() === uri);
  return textDocuments.find((each) => each.uri.toString() === uri) ?? notebook?.getCells()[0]?.document;
}

function textOf({ analysis, source }: Snapshot, isTold: boolean): string {
  if (!isTold || (!analysis.lines?.length && analysis.reports.length === 0))
    return vscode.l10n.t('No tensor was found in this file.');
  const at = (offset: number): string => {
    const place = located(source, { start: offset, end: offset });
    if (!place) return '?';
    const { line, character } = place.range.start;
    const cells = notebookOf(place.document)?.getCells() ?? [];
    const cell = cells.findIndex(({ document }) => document === place.document);
    return [...(cell < 0 ? [] : [cell + 1]), line + 1, character + 1].join(':');
  };
  const why = whyText(analysis, {
    say: (template, ...args) => vscode.l10n.t(template, ...args),
    at,
    setting: (key) => vscode.l10n.t('Or set it: Set Input Shape, on a layer that derives from {0}.', key),
  });
  return [...why, '', ...knownText(analysis, { at }), ''].join('\n');
}
