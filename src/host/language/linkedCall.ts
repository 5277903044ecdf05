import * as vscode from 'vscode';
import type { Operation } from '../../core/operation';
import { argumentEdits } from '../../python/rewrite/argumentEdits';
import type { Layer } from '../../python/rewrite/layer';
import type { Analyses } from './analyses';
import { refusalText } from './applyRefusal';
import { Cancelled } from '../../language/cancelled';
import { type FoundCall, findCall } from './calls';
import { type CodeDraft, type LinkedDraft, draftOf } from '../../language/draft';
import type { Proposals } from './proposals';
import { usesOrRefused } from '../../language/refusedUse';
import { located } from './documents';

/** Whether an inspector still follows the call that it came from. */
export type LinkState =
  /** It does, and `draft` is what the call says now: after an edit of the code something new. */
  | { readonly case: 'linked'; readonly draft: LinkedDraft }
  /** It does not: the call is gone, another stands there, or its parameters are no longer known numbers. */
  | { readonly case: 'parted' };

export type ApplyResult = 'applied' | 'discarded' | 'unchanged' | 'parted' | 'refused';

/** The call is looked at again so many ms after the last key press. */
const REST = 250;

type Parameters = {
  readonly op: Operation;
  readonly weightShape: readonly number[];
  readonly inputShape: readonly number[];
};

const layerOf = ({ op, weightShape, inputShape }: Parameters): Layer => ({
  operation: op,
  weightShape,
  inputSizes: inputShape.slice(-op.stride.length),
});
const sameCall = (a: CodeDraft, b: CodeDraft): boolean =>
  JSON.stringify([a.op, a.weightShape]) === JSON.stringify([b.op, b.weightShape]);

const samePlace = (a: LinkedDraft, b: LinkedDraft): boolean =>
  JSON.stringify(a.origin.range) === JSON.stringify(b.origin.range);

/** Where a place is after an edit of the text around it. */
function moved(position: vscode.Position, { range, text }: vscode.TextDocumentContentChangeEvent): vscode.Position {
  if (range.end.isAfter(position)) return position;
  const lines = text.split('\n');
  const line = position.line + lines.length - 1 - (range.end.line - range.start.line);
  if (range.end.line !== position.line) return new vscode.Position(line, position.character);
  const before = lines.length > 1 ? 0 : range.start.character;
  return new vscode.Position(line, before + lines[lines.length - 1].length + position.character - range.end.character);
}

/**
 * One inspector's hold on one call: follows it through edits, tells when it says something else, and writes back to it.
 */
export class LinkedCall implements vscode.Disposable {
  private start: vscode.Position;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current: LinkState;
  private told = false;
  private readonly changed = new vscode.EventEmitter<LinkState>();
  readonly onDidChange = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly analyses: Analyses,
    private readonly proposals: Proposals,
    private readonly draft: LinkedDraft,
  ) {
    const { start } = draft.origin.range;
    this.start = new vscode.Position(start.line, start.character);
    this.current = { case: 'linked', draft };
    this.disposables = [
      this.changed,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.toString() !== draft.origin.uri || contentChanges.length === 0) return;
        // VS Code lists the changes of one edit from the end of the text on, each with positions from before the edit.
        for (const change of contentChanges) this.start = moved(this.start, change);
        this.later();
      }),
      analyses.onDidOutdate(() => this.later()),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.forEach((each) => void each.dispose());
  }

  get state(): LinkState {
    return this.current;
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), REST);
  }

  /** Looks at the call as it is now, and tells what it says if nobody has been told yet. */
  async look(): Promise<void> {
    try {
      this.set(this.draftNow(await this.find()));
    } catch (error) {
      // A newer edit is on its way and will look again.
      if (!(error instanceof Cancelled)) throw error;
    }
  }

  private find(): Promise<FoundCall | undefined> {
    const { line, character } = this.start;
    const { uri, callee } = this.draft.origin;
    return findCall(this.analyses, { uri, line, character, callee, use: 0 });
  }

  /** What the call says now. Of several uses it is the one with the same parameters as last time, if there is one. */
  private draftNow(call: FoundCall | undefined): LinkedDraft | undefined {
    if (!call || call.report.callee !== this.draft.origin.callee) return undefined;
    const drafts = usesOrRefused(call.report).flatMap(
      (use) => draftOf(call.report, use, call.document.uri, call.range) ?? [],
    );
    const last = this.current.case === 'linked' ? this.current.draft : this.draft;
    return drafts.find((each) => sameCall(each, last)) ?? drafts[0];
  }

  private set(draft: LinkedDraft | undefined): void {
    const before = this.current;
    if (!draft && before.case === 'parted') return;
    if (this.told && draft && before.case === 'linked' && sameCall(draft, before.draft)) {
      if (samePlace(draft, before.draft)) return;
    }
    this.told = true;
    this.current = draft ? { case: 'linked', draft } : { case: 'parted' };
    this.changed.fire(this.current);
  }

  /**
   * Offers the edit of exactly the arguments that differ, in VS Code's own diff editor; one undo takes it back.
   * `refused` when none of what has changed can be said in this call.
   */
  async apply(after: Parameters): Promise<ApplyResult> {
    const call = await this.find();
    const draft = this.draftNow(call);
    const use =
      draft &&
      call &&
      usesOrRefused(call.report).find((each) =>
        sameCall(draftOf(call.report, each, call.document.uri, call.range) ?? this.draft, draft),
      );
    if (!call || !draft || !use) {
      this.set(undefined);
      return 'parted';
    }
    const { source } = call.snapshot;
    const { edits, refused } = argumentEdits(source.text, call.report, use, layerOf(draft), layerOf(after));
    if (refused.length > 0) {
      void vscode.window.showWarningMessage(refusalText(refused));
    }
    if (edits.length === 0) return refused.length > 0 ? 'refused' : 'unchanged';
    const edit = new vscode.WorkspaceEdit();
    let text = call.document.getText();
    for (const { span, text: put } of edits.toReversed()) {
      const place = located(source, span);
      if (!place) return 'parted';
      edit.replace(place.document.uri, place.range, put);
      text =
        text.slice(0, place.document.offsetAt(place.range.start)) +
        put +
        text.slice(place.document.offsetAt(place.range.end));
    }
    const { start } = edit.get(call.document.uri)[0].range;
    return (await this.proposals.offer({ document: call.document, edit, text, at: start })) ? 'applied' : 'discarded';
  }
}
