import * as vscode from 'vscode';
import { type Checked, check, Door } from '../../core/door';
import { checkSought, findIn } from '../../core/explain/find';
import { ProblemError } from '../../core/problem';
import type { Origin, TensorRole } from '../../core/state/document';
import { energiesOf } from '../../core/tensor/energies';
import { parseView } from '../../core/state/parseDocument';
import { CancelledError } from '../../engine/cancel';
import { COPY_FORMATS, type PanelHostApi, type PanelViewApi } from '../../protocol/panel';
import { type Place, placeFrom } from '../../protocol/place';
import { connect, type Remote, serve } from '../../protocol/rpc';
import { linkTo } from '../documents/links';
import { nameOf } from '../documents/names';
import { isDirty } from '../documents/tabs';
import { tensorText } from '../files/copyTensor';
import { pickFile } from '../files/loadTensor';
import { TensorFiles } from '../files/tensorFiles';
import { droppedSource } from '../files/droppedSource';
import { lessonMethods } from '../learn/lessonMethods';
import { describe } from '../translate';
import { createAsking } from './asking';
import { CodeLink } from './codeLink';
import { applyPreset, chooseCopy, chooseLook, choosePreset } from './documentCommands';
import { panelHtml } from './html';
import { translateStrings } from './pageStrings';
import { parseLooks } from './parseLooks';
import { parsePlane, parseTensorName, parseWatch } from './parseWatch';
import { portOf } from './port';
import { presetTitles } from './presetTitles';
import { Projector } from './projector';
import { drawingMethods } from './saveDrawing';
import { withReference } from './references';
import { saveFrom } from './saveFrom';
import type { Home, InspectorServices } from './services';
import { trainingMethods } from './training';
import { upsamplingMethods } from './upsampling';

/** A readout or a window of the matrix never asks for more values than this. */
const MOST_VALUES = 1_000_000;

const parseRole = (value: unknown): TensorRole => new Door(value, 'target').oneOf('input', 'weight', 'bias');

/**
 * Joins a page and the session that it shows. Everything that arrives from the page is checked as if a stranger had
 * sent it.
 */
export class Inspector implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private readonly view: Remote<PanelViewApi>;
  private readonly code: CodeLink;
  /** The files from which its tensors come. */
  readonly files: TensorFiles;
  private readonly projector = new Projector();
  private started = false;
  private ended = false;
  /** Where a link leads that was followed before the page was there. */
  private awaited: Place | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly home: Home,
    private readonly services: InspectorServices,
  ) {
    const { webview } = panel;
    const { session } = home;
    const port = portOf(webview);
    this.view = connect<PanelViewApi>(port).remote;
    this.code = new CodeLink(session, services.link, () => home.uri.scheme === 'untitled' && !isDirty(home.uri));
    // Sending fails while the page is not there. That is no fault: when it comes, it asks for everything.
    const unheard = (): undefined => undefined;
    this.files = new TensorFiles(
      services,
      session,
      (role, work) => this.attempt(role, work),
      (role, isColour) => {
        if (role === 'input') void this.view.showColour(isColour).catch(unheard);
      },
    );
    this.disposables.push(
      this.code,
      this.files,
      session.onDidUpdate((update) => {
        this.name();
        // A page that is not there yet asks for everything when it comes.
        if (this.started) void this.view.update(update).catch(unheard);
      }),
      session.onDidNotice(({ message, severity }) => void this.view.notice(message, severity).catch(unheard)),
      { dispose: serve<PanelHostApi>(port, this.methods()) },
    );
    webview.options = {
      enableScripts: true,
      localResourceRoots: [
        vscode.Uri.joinPath(services.extensionUri, 'dist'),
        vscode.Uri.joinPath(services.extensionUri, 'media'),
      ],
    };
    webview.html = panelHtml(webview, services.extensionUri);
    this.name();
  }

  /** Whether its page is still there. */
  get isOpen(): boolean {
    return !this.ended;
  }

  /** Brings it to the front. */
  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    this.ended = true;
    void this.projector.show(false);
    for (const each of this.disposables) each.dispose();
  }

  /**
   * The title of the tab. A file has its own name there, which VS Code shows where there is none; a document from code
   * says which call it is of, as long as no file holds it.
   */
  private name(): void {
    const { uri, session } = this.home;
    const { origin } = session.document;
    const place = origin?.kind === 'python' ? placeText(origin) : undefined;
    const title = uri.scheme === 'untitled' && place !== undefined ? `${session.name} (${place})` : '';
    if (this.panel.title !== title) this.panel.title = title;
  }

  /** What the editor's title offers beside what the page does. */
  async choosePreset(): Promise<void> {
    const id = await choosePreset();
    if (id === undefined) return;
    const view = applyPreset(this.home.session, id);
    await this.view.look(view).catch(() => undefined);
  }

  async chooseCopy(): Promise<void> {
    await chooseCopy(this.home.session);
  }

  /** Shows a place of the document. */
  async go(place: Place): Promise<void> {
    if (this.started) await this.view.go(place).catch(() => undefined);
    else this.awaited = place;
  }

  async chooseLook(): Promise<void> {
    const looks = demand(parseLooks(await this.view.looks()));
    const id = await chooseLook(looks);
    if (id !== undefined) await this.view.chooseLook(id).catch(() => undefined);
  }

  /** Shows the stage alone. */
  async present(): Promise<void> {
    await this.view.present().catch(() => undefined);
  }

  async applyToCode(): Promise<void> {
    await this.attempt(undefined, () => this.code.apply());
  }

  /** Runs work that the user's data may make fail, and says in the page why it did. */
  private async attempt(role: TensorRole | undefined, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // Whoever breaks off knows it.
      if (error instanceof CancelledError) return;
      await this.view.notice(describe(error), 'error', role).catch(() => undefined);
    }
  }

  private methods(): PanelHostApi {
    const { session } = this.home;
    const [upsampling, training] = [createAsking(session), createAsking(session)];
    for (const { giveUp } of [upsampling, training]) this.disposables.push(session.onDidEdit(giveUp));
    return {
      start: () => {
        session.begin();
        const { awaited } = this;
        this.awaited = undefined;
        this.started = true;
        const view = withReference(session.document.view, this.services.references.of(this.home.uri));
        return {
          strings: translateStrings(),
          presets: presetTitles(),
          view: awaited ? { ...asRecord(view), ...asRecord(awaited.view) } : view,
          cell: awaited?.cell,
          head: session.head(),
        };
      },
      edit: (edit, watch) => {
        session.receive(edit, watch === undefined ? undefined : demand(parseWatch(watch)));
        return session.revision;
      },
      undo: () => {
        void vscode.commands.executeCommand('undo');
      },
      redo: () => {
        void vscode.commands.executeCommand('redo');
      },
      watch: (watch) => {
        session.watch(demand(parseWatch(watch)));
      },
      remember: (view) => {
        session.remember(demand(check(() => parseView(new Door(view, 'view')))));
      },
      values: (tensor, indices) => {
        const name = demand(check(() => parseTensorName(new Door(tensor, 'tensor'))));
        if (!(indices instanceof Float64Array) || indices.length > MOST_VALUES)
          throw new TypeError('Indices must be a Float64Array.');
        return session.values(name, indices);
      },
      compared: (plane) => session.compared(demand(check(() => parsePlane(new Door(plane, 'plane'))))),
      energies: (tensor, before) => {
        const name = demand(check(() => parseTensorName(new Door(tensor, 'tensor'))));
        const value = name === 'output' ? session.output : session.document[name];
        if (!value) return new Float64Array();
        const indices = demand(
          check(() => new Door(before, 'before').items(1).map((each, axis) => each.integer(0, value.shape[axis] - 1))),
        );
        return energiesOf(value, indices);
      },
      find: (tensor, sought, from, backwards) => {
        const name = demand(check(() => parseTensorName(new Door(tensor, 'tensor'))));
        const wanted = demand(check(() => checkSought(new Door(sought, 'sought'))));
        const value = name === 'output' ? session.output : session.document[name];
        return value && findIn(value, wanted, Number(from), backwards);
      },
      preset: (id) => {
        applyPreset(session, String(id));
      },
      pick: async (target) => {
        const role = parseRole(target);
        const uri = await pickFile(vscode.l10n.t('Open a tensor'));
        if (uri) await this.files.openUri(role, uri);
      },
      drop: (target, name, content) => {
        const role = parseRole(target);
        const source = droppedSource(name, content, (offset, length) => this.view.part(offset, length));
        void this.files.open(role, source);
      },
      paste: async (target, text) => {
        const role = parseRole(target);
        const source = { name: vscode.l10n.t('pasted text'), text: String(text) };
        await this.files.open(role, source);
      },
      copy: async (text, what) => {
        await vscode.env.clipboard.writeText(String(text));
        vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}.', String(what)), 3000);
      },
      copyTensor: async (tensor, format) => {
        const name = parseTensorName(new Door(tensor, 'tensor'));
        const as = new Door(format, 'format').oneOf(...COPY_FORMATS);
        const value = name === 'output' ? session.output : session.document[name];
        if (!value) return;
        await this.attempt(name === 'output' ? undefined : name, async () => {
          await vscode.env.clipboard.writeText(tensorText(value, as));
          vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}.', vscode.l10n.t(name)), 3000);
        });
      },
      save: async (kind, tensor, bytes) => {
        const name = parseTensorName(new Door(tensor, 'tensor'));
        if (kind === 'document') void vscode.commands.executeCommand('workbench.action.files.save');
        else await this.attempt(undefined, () => saveFrom(session, this.services.engine, kind, name, bytes));
      },
      ...lessonMethods(session, this.services.progress, this.services.open),
      presenting: (on) => this.projector.show(new Door(on, 'on').boolean()),
      ...drawingMethods(session, this.services.engine, (work) => this.attempt(undefined, work)),
      ...upsamplingMethods(this.home, this.services, upsampling, (work) => this.attempt(undefined, work)),
      ...trainingMethods(session, this.services.engine, training),
      copyLink: async (place) => {
        const link = linkTo(this.services.extensionId, this.home.uri, placeFrom(place));
        if (link === undefined)
          throw new Error(vscode.l10n.t('Save the document in this workspace first: a link names its file.'));
        await vscode.env.clipboard.writeText(link);
        vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}.', vscode.l10n.t('the link')), 3000);
      },
      applyToCode: () => this.applyToCode(),
      settleCode: (choice) => {
        this.code.settle(new Door(choice, 'choice').oneOf('keep', 'take'));
      },
      reveal: () => this.attempt(undefined, () => revealOrigin(session.document.origin)),
      refresh: () => {
        session.refresh();
      },
      cancel: () => {
        session.cancel();
      },
      retry: () => {
        session.retry();
      },
    };
  }
}

const asRecord = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

/** Shows where a document came from; nothing for one that came from nowhere. */
async function revealOrigin(origin: Origin | undefined): Promise<void> {
  if (origin?.kind !== 'python' && origin?.kind !== 'file') return;
  const at = origin.kind === 'python' ? origin.range : undefined;
  const selection = at && new vscode.Range(at.start.line, at.start.character, at.end.line, at.end.character);
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(origin.uri), { selection });
}

/** A place in code as short as it can be told: `unet.py:11`. */
const placeText = ({ uri, range }: Extract<Origin, { kind: 'python' }>): string =>
  `${nameOf(vscode.Uri.parse(uri).path)}:${range.start.line + 1}`;

/** The value of a check. Its problems are thrown, and so go back to the page as the rejection of its call. */
function demand<Value>(checked: Checked<Value>): Value {
  if (!checked.ok) throw new ProblemError(checked.problems);
  return checked.value;
}
