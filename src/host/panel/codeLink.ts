import * as vscode from 'vscode';
import type { Origin } from '../../core/state/document';
import type { CodeDraft, LinkedDraft } from '../../language/draft';
import type { LinkedCall, LinkState } from '../language/linkedCall';
import type { DocumentHead } from '../../protocol/panel';
import type { Session } from '../session/session';
import { CodeStanding, type Parameters } from './codeStanding';
import { documentOf } from './draftDocument';
import type { InspectorServices } from './services';

type PythonOrigin = Extract<Origin, { kind: 'python' }>;

/** The draft from which a document was made; nothing for a document that did not come from code. */
function linkedDraft({ document }: Session): LinkedDraft | undefined {
  const { origin, op, input, weight, bias, title = '' } = document;
  return origin?.kind === 'python'
    ? { title, origin, op, inputShape: input.shape, weightShape: weight.shape, bias: bias !== undefined }
    : undefined;
}

/** Where a call stands may change; which call it is does not. */
const identity = ({ uri, callee }: PythonOrigin): string => `${uri} ${callee}`;

const same = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join();

/**
 * Links an inspector to the call in code that its parameters came from, as long as the document says that they came
 * from there. A change of the code is followed; where the inspector has changes of its own that were not written into
 * the code, the user says which of the two stay.
 */
export class CodeLink implements vscode.Disposable {
  private call: Promise<LinkedCall> | undefined;
  private linked: string | undefined;
  private standing = new CodeStanding();
  /** What the code says now. */
  private draft: LinkedDraft | undefined;
  /** What the page was told last. */
  private told: DocumentHead['code'];
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly session: Session,
    private readonly link: InspectorServices['link'],
    /** Whether the document may follow the code without becoming one with changes that were not saved. */
    private readonly isUntouched: () => boolean,
  ) {
    this.subscription = session.onDidEdit(() => {
      this.attach();
      this.locate();
      this.tell();
    });
    this.attach();
    this.tell();
  }

  dispose(): void {
    this.subscription.dispose();
    this.letGo();
  }

  async apply(): Promise<void> {
    const { input } = this.session.document;
    const call = await this.call;
    const result = await call?.apply({ ...this.mine(), inputShape: input.shape });
    // What the code says next is what was written, even where it could not say all of it.
    if (result === 'applied') this.standing = new CodeStanding();
    await call?.look();
  }

  /** Answers what was asked when both had changed. */
  settle(choice: 'keep' | 'take'): void {
    if (choice === 'take' && this.draft) this.replace(this.draft);
    this.standing.keep();
    this.tell();
  }

  private mine(): Parameters {
    const { op, weight } = this.session.document;
    return { op, weightShape: weight.shape };
  }

  private attach(): void {
    const draft = linkedDraft(this.session);
    const linked = draft && identity(draft.origin);
    if (linked === this.linked) return;
    this.linked = linked;
    this.letGo();
    this.standing = new CodeStanding();
    this.draft = draft;
    const linking = draft && this.link(draft);
    this.call = linking;
    void linking?.then((call) => {
      // Another was asked for meanwhile, or none.
      if (this.call !== linking) return;
      call.onDidChange((state) => {
        this.hear(state);
      });
      void call.look();
    });
  }

  private letGo(): void {
    void this.call?.then((call) => {
      call.dispose();
    });
    this.call = undefined;
  }

  private tell(): void {
    const { origin } = this.session.document;
    const label = origin?.kind === 'python' ? vscode.workspace.asRelativePath(vscode.Uri.parse(origin.uri)) : undefined;
    const state = this.standing.stateOf(this.mine());
    const now = label === undefined ? undefined : { label, state };
    if (now?.label === this.told?.label && now?.state === this.told?.state) return;
    this.told = now;
    this.session.setCode(this.told);
  }

  private hear(state: LinkState): void {
    switch (state.case) {
      case 'parted':
        this.standing.part();
        break;
      case 'linked': {
        this.draft = state.draft;
        this.locate();
        const next = this.standing.hear(state.draft, this.mine());
        if (next === 'follow') this.replace(state.draft);
        if (next === 'ask') void this.ask(state.draft.origin);
        break;
      }
      default:
        state satisfies never;
    }
    this.tell();
  }

  /** The document says where the call stands now, so that it is found again when it is opened again. */
  private locate(): void {
    const { origin } = this.session.document;
    const now = this.draft?.origin;
    if (origin?.kind !== 'python' || !now || identity(origin) !== identity(now)) return;
    if (JSON.stringify(origin.range) !== JSON.stringify(now.range)) this.session.relocate(now);
  }

  private async ask({ uri }: PythonOrigin): Promise<void> {
    const [keep, take] = [vscode.l10n.t('Keep Mine'), vscode.l10n.t('Take the Code’s')];
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'The call that {0} came from has changed in {1}, and the inspector has changes that were not applied.',
        this.session.name,
        vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
      ),
      keep,
      take,
    );
    // The page asks the same, and may have been answered by now.
    if (answer === undefined || this.standing.stateOf(this.mine()) !== 'asks') return;
    this.settle(answer === keep ? 'keep' : 'take');
  }

  /** The document becomes what the code says, as an edit that can be undone, unless nobody has edited it. */
  private replace(draft: CodeDraft): void {
    const { document } = this.session;
    const made = documentOf(draft);
    const next = {
      ...made,
      title: document.title,
      dtype: document.dtype,
      input: same(made.input.shape, document.input.shape) ? document.input : made.input,
      weight: same(made.weight.shape, document.weight.shape) ? document.weight : made.weight,
      bias: made.bias && document.bias && same(made.bias.shape, document.bias.shape) ? document.bias : made.bias,
      view: document.view,
      origin: document.origin,
    };
    const label = vscode.l10n.t('the changed code');
    if (this.isUntouched()) this.session.follow(next, label);
    else this.session.apply({ kind: 'replaceDocument', document: next, label });
  }
}
