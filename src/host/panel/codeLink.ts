import * as vscode from 'vscode';
import type { CodeDraft, LinkedDraft } from '../language/draft';
import type { LinkedCall, LinkState } from '../language/linkedCall';
import type { Session } from '../session/session';
import { documentOf } from './draftDocument';
import type { InspectorServices } from './services';

/** The draft from which a document was made; nothing for a document that did not come from code. */
function linkedDraft({ document }: Session): LinkedDraft | undefined {
  const { origin, op, input, weight, title = '' } = document;
  return origin?.kind === 'python'
    ? { title, origin, op, inputShape: input.shape, weightShape: weight.shape }
    : undefined;
}

/**
 * Links an inspector to the call in code that its parameters came from, as long as the document says that they came
 * from there.
 */
export class CodeLink implements vscode.Disposable {
  private call: LinkedCall | undefined;
  private origin: string | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly session: Session,
    private readonly language: InspectorServices['language'],
  ) {
    this.subscription = session.onDidEdit(() => {
      this.attach();
    });
    this.attach();
  }

  dispose(): void {
    this.subscription.dispose();
    this.call?.dispose();
  }

  async apply(): Promise<void> {
    const { op, weight, input } = this.session.document;
    await this.call?.apply({ op, weightShape: weight.shape, inputShape: input.shape });
  }

  private attach(): void {
    const draft = linkedDraft(this.session);
    const origin = draft && JSON.stringify(draft.origin);
    if (origin === this.origin) return;
    this.origin = origin;
    this.call?.dispose();
    this.call = draft && this.language?.link(draft);
    this.call?.onDidChange((state) => {
      this.follow(state);
    });
    this.tell(false);
  }

  private tell(parted: boolean): void {
    const { origin } = this.session.document;
    const label = origin?.kind === 'python' ? vscode.workspace.asRelativePath(vscode.Uri.parse(origin.uri)) : undefined;
    this.session.setCode(label === undefined ? undefined : { label, parted });
  }

  /** The code says something else now: the document follows, as an edit that can be undone. */
  private follow(state: LinkState): void {
    switch (state.case) {
      case 'parted':
        this.tell(true);
        return;
      case 'linked':
        this.replace(state.draft);
        this.tell(false);
        return;
      default:
        state satisfies never;
    }
  }

  private replace(draft: CodeDraft): void {
    const { document } = this.session;
    const same = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join();
    const made = documentOf(draft);
    const next = {
      ...made,
      dtype: document.dtype,
      input: same(made.input.shape, document.input.shape) ? document.input : made.input,
      weight: same(made.weight.shape, document.weight.shape) ? document.weight : made.weight,
      view: document.view,
      origin: document.origin,
    };
    this.session.apply({ kind: 'replaceDocument', document: next, label: vscode.l10n.t('the changed code') });
  }
}
