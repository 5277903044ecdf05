import * as vscode from 'vscode';
import type { TensorRole } from '../../core/state/document';
import { documentOf } from '../panel/draftDocument';
import type { InspectorServices } from '../panel/services';
import type { Session } from '../session/session';
import { draftOfLayer } from './layerDraft';
import { type Choice, loadAgain, loadTensor } from './loadTensor';
import { type Source, sourceOf } from './openFile';

/** Runs work that a file may make fail, and says why it did. */
export type Attempt = (role: TensorRole, work: () => Promise<unknown>) => Promise<void>;

/** Writers write in several steps: it is asked when there have been none for so long. */
const QUIET_MS = 500;

/**
 * The files from which a document's tensors come. Those that have an address are watched, one for each tensor: when
 * another program writes one, it is asked whether the same tensor is to be loaded again, which one undo takes back.
 */
export class TensorFiles implements vscode.Disposable {
  private readonly watched = new Map<TensorRole, vscode.Disposable>();

  constructor(
    private readonly services: Pick<InspectorServices, 'engine' | 'open'>,
    private readonly session: Session,
    private readonly attempt: Attempt,
    /** Shows a tensor as the colour picture that it is, or channel by channel. */
    private readonly showColour: (role: TensorRole, isColour: boolean) => void,
  ) {}

  dispose(): void {
    for (const each of this.watched.values()) each.dispose();
    this.watched.clear();
  }

  /** Opens a file as one of the tensors, and watches it. */
  async openUri(role: TensorRole, uri: vscode.Uri): Promise<void> {
    await this.attempt(role, async () => {
      const choice = await this.load(role, await sourceOf(uri));
      if (choice) this.watch(role, uri, choice);
    });
  }

  /** Opens what was dropped or pasted as one of the tensors. */
  async open(role: TensorRole, source: Source): Promise<void> {
    await this.attempt(role, async () => {
      if (await this.load(role, source)) this.watched.get(role)?.dispose();
    });
  }

  /** Answers what was chosen, if it can be loaded again; the layer of a graph becomes a document of its own. */
  private async load(role: TensorRole, source: Source): Promise<Choice | undefined> {
    const { engine, open } = this.services;
    const loaded = await loadTensor(engine, source, this.session.document, role);
    if (!loaded) return undefined;
    const { value, bias, layer, rank, choice, isColour } = loaded;
    if (layer) await open(documentOf(draftOfLayer(layer, value.shape), { weight: value, bias }));
    else {
      this.session.load(role, value, source.name, { bias, rank });
      this.showColour(role, isColour === true);
    }
    return choice;
  }

  private watch(role: TensorRole, uri: vscode.Uri, choice: Choice): void {
    this.watched.get(role)?.dispose();
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, false, true);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    const ask = async (): Promise<void> => {
      if (asking) return;
      asking = true;
      const load = vscode.l10n.t('Load Again');
      const text = vscode.l10n.t('{0}, from which a tensor was loaded, has changed on the disk.', name);
      const answer = await vscode.window.showInformationMessage(text, load);
      asking = false;
      if (answer !== load) return;
      await this.attempt(role, async () => {
        const { value, bias } = await loadAgain(
          this.services.engine,
          await sourceOf(uri),
          this.session.document,
          choice,
        );
        this.session.load(role, value, name, { bias });
      });
    };
    const changed = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), QUIET_MS);
    };
    const ended = {
      dispose: (): void => {
        clearTimeout(timer);
      },
    };
    this.watched.set(
      role,
      vscode.Disposable.from(watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), ended),
    );
  }
}
