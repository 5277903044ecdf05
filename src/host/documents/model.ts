import * as vscode from 'vscode';
import type { InspectorDocument } from '../../core/state/document';
import type { Session } from '../session/session';
import { describe } from '../translate';
import type { Comparison } from './comparison';
import { type Choice, DiskFollower } from './diskFollower';
import { DocumentFile } from './documentFile';
import { nameOf } from './names';
import type { OpenedDocument } from './openDocument';
import { isDirty } from './tabs';
import { placeOf } from './vscodeFolder';

/** Other programs write a file in several steps: what they wrote is looked at when they have rested so many ms. */
const REST = 150;

interface Around {
  readonly comparison: Comparison;
  /** Reads the document anew: its file, or what it began with. */
  read(): Promise<OpenedDocument>;
  closed(): void;
}

/** A document in an editor, and the file that holds it, if there is one. */
export class DocumentModel implements vscode.CustomDocument {
  private readonly disposables: vscode.Disposable[];
  private follower: DiskFollower | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Brings its editor to the front, once there is one. */
  reveal: () => void = () => undefined;

  constructor(
    readonly uri: vscode.Uri,
    readonly session: Session,
    private file: DocumentFile | undefined,
    private readonly around: Around,
  ) {
    this.disposables = file ? [this.watch()] : [];
    this.attach(file);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const each of this.disposables) each.dispose();
    this.session.dispose();
    this.around.closed();
  }

  get seen(): DocumentFile['seen'] | undefined {
    return this.file?.seen;
  }

  /** Rejects with a `CancellationError` when the user does not want to write over what somebody else has written. */
  async save(): Promise<void> {
    if (this.follower && !(await this.follower.save(this.session.document))) throw new vscode.CancellationError();
    this.session.seal();
  }

  /** Writes the document elsewhere. Answers the files that hold it there. */
  async copy(uri: vscode.Uri): Promise<readonly vscode.Uri[]> {
    const { document } = this.session;
    const place = placeOf(uri);
    const names = await (this.file ? this.file.copy(place, document) : DocumentFile.write(place, document));
    return names.map((name) => vscode.Uri.joinPath(uri, '..', name));
  }

  /** Gives up what was not saved. */
  async revert(): Promise<void> {
    this.session.revert(await this.read(), vscode.l10n.t('the changed file'));
  }

  /** The disk may have changed, perhaps before the document was opened: a backup is older than what the disk says. */
  async look(): Promise<void> {
    try {
      await this.follower?.look();
    } catch (error) {
      const text = vscode.l10n.t('{0} has changed on the disk, and cannot be shown: {1}', this.name, describe(error));
      void vscode.window.showWarningMessage(text);
    }
  }

  private get name(): string {
    return nameOf(this.uri.path);
  }

  private async read(): Promise<InspectorDocument> {
    const { document, file } = await this.around.read();
    if (file) this.attach(file);
    return document;
  }

  private attach(file: DocumentFile | undefined): void {
    this.file = file;
    this.follower =
      file &&
      new DiskFollower({
        file,
        isDirty: () => isDirty(this.uri),
        reload: async () => {
          this.session.follow(await this.read(), vscode.l10n.t('the changed file'));
        },
        revert: async () => {
          // VS Code reverts only what is in front.
          this.reveal();
          await vscode.commands.executeCommand('workbench.action.files.revert');
        },
        compare: () => this.compare(file),
        ask: () => this.ask(),
        askToWrite: () => this.askToWrite(),
      });
  }

  /** The folder is watched, not the files: they may be replaced, and others may come to hold the document. */
  private watch(): vscode.Disposable {
    const folder = new vscode.RelativePattern(vscode.Uri.joinPath(this.uri, '..'), '*');
    const watcher = vscode.workspace.createFileSystemWatcher(folder);
    const heard = (uri: vscode.Uri): void => {
      if (!this.file?.isNamed(nameOf(uri.path))) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.look(), REST);
    };
    watcher.onDidChange(heard);
    watcher.onDidCreate(heard);
    watcher.onDidDelete(heard);
    return watcher;
  }

  private async compare(file: DocumentFile): Promise<void> {
    const { onDisk, here } = await file.versions(this.session.document);
    if (onDisk !== here) await this.around.comparison.show(this.name, onDisk, here);
    else {
      const text = vscode.l10n.t('The texts of {0} are the same; the values in the files beside it differ.', this.name);
      void vscode.window.showInformationMessage(text);
    }
  }

  private async ask(): Promise<Choice | undefined> {
    const choices: Readonly<Record<string, Choice>> = {
      [vscode.l10n.t('Compare')]: 'compare',
      [vscode.l10n.t('Reload')]: 'reload',
      [vscode.l10n.t('Keep Mine')]: 'keep',
    };
    const text = vscode.l10n.t('{0} has changed on the disk, and here too. Which of the two shall stay?', this.name);
    const answer = await vscode.window.showWarningMessage(text, ...Object.keys(choices));
    return answer === undefined ? undefined : choices[answer];
  }

  private async askToWrite(): Promise<'overwrite' | 'compare' | undefined> {
    // A save may be VS Code's own, in the middle of typing: then nothing stands in the way of that.
    if (vscode.workspace.getConfiguration('files', this.uri).get('autoSave') !== 'off') {
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('{0} is not saved: it has changed on the disk.', this.name),
        5000,
      );
      void this.look();
      return undefined;
    }
    const [overwrite, compare] = [vscode.l10n.t('Overwrite'), vscode.l10n.t('Compare')];
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('{0} has changed on the disk since it was read. Write over it?', this.name),
      { modal: true },
      overwrite,
      compare,
    );
    return answer === overwrite ? 'overwrite' : answer === compare ? 'compare' : undefined;
  }
}
