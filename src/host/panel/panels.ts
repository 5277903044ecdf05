import * as vscode from 'vscode';
import { check, Door } from '../../core/door';
import type { InspectorDocument } from '../../core/state/document';
import { readDocument, removeFiles, writeDocument } from '../documents/documentFiles';
import { openSession } from '../openSession';
import type { Session } from '../session/session';
import { describe } from '../translate';
import { Inspector } from './inspector';
import type { InspectorServices } from './services';
import { startDocument } from './startDocument';

export const PANEL_TYPE = 'transposedConv.inspector';

/** How long after an edit, in ms, the document is written to where it is found after a reload. */
const REST = 300;

interface Open {
  readonly panel: vscode.WebviewPanel;
  readonly session: Session;
  readonly inspector: Inspector;
  /** Writes what has not been written yet. */
  flush(): Promise<void>;
}

const parseId = (state: unknown): string | undefined => {
  const id = check(() => new Door(state, 'state').at('panel').text(64));
  return id.ok && /^[\w-]+$/.test(id.value) ? id.value : undefined;
};

/**
 * Inspectors that do not edit a file. Each keeps its document in the extension's own storage while it is open, so that
 * a reload of the window or a crash loses nothing. When it is closed, its document is deleted there.
 */
export class Panels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly open = new Map<string, Open>();

  constructor(
    private readonly storage: vscode.Uri,
    private readonly services: InspectorServices,
    /** Saves a document under a name that the user gives, and opens it as a file. */
    private readonly saveAs: (document: InspectorDocument) => Promise<void>,
  ) {}

  dispose(): void {
    for (const { inspector, session } of this.open.values()) {
      inspector.dispose();
      session.dispose();
    }
  }

  /** Writes everything that has not been written yet, before the extension host ends. */
  async flush(): Promise<void> {
    await Promise.allSettled([...this.open.values()].map((each) => each.flush()));
  }

  /** The inspector that the user looks at, or looked at last. */
  get current(): Inspector | undefined {
    const all = [...this.open.values()];
    return (all.find(({ panel }) => panel.active) ?? all.find(({ panel }) => panel.visible) ?? all.at(-1))?.inspector;
  }

  /** Brings the last inspector to the front; makes one where there is none. */
  reveal(): void {
    const last = [...this.open.values()].at(-1);
    if (last) last.panel.reveal();
    else this.create(startDocument());
  }

  create(document: InspectorDocument): Inspector {
    const panel = vscode.window.createWebviewPanel(
      PANEL_TYPE,
      vscode.l10n.t('Transposed Conv Inspector'),
      vscode.ViewColumn.Active,
      {
        retainContextWhenHidden: true,
      },
    );
    return this.attach(panel, document, crypto.randomUUID());
  }

  /** VS Code gives a panel back after a reload, with what the page asked it to keep. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const id = parseId(state);
    let document = startDocument();
    try {
      if (id !== undefined) document = await readDocument(this.fileOf(id));
    } catch (error) {
      void vscode.window.showWarningMessage(vscode.l10n.t('The inspector could not be restored: {0}', describe(error)));
    }
    this.attach(panel, document, id ?? crypto.randomUUID());
  }

  private fileOf(id: string): vscode.Uri {
    return vscode.Uri.joinPath(this.storage, `${id}.tconv.json`);
  }

  private attach(panel: vscode.WebviewPanel, document: InspectorDocument, id: string): Inspector {
    const session = openSession(document, this.services.engine);
    const inspector = new Inspector(
      panel.webview,
      {
        session,
        undo: () => {
          session.undo();
        },
        redo: () => {
          session.redo();
        },
        saveDocument: () => void this.saveAs(session.document),
        keysByEditor: false,
        state: { panel: id },
      },
      this.services,
    );
    const kept = this.keep(session, id);
    this.open.set(id, { panel, session, inspector, flush: kept.flush });
    panel.iconPath = vscode.Uri.joinPath(this.services.extensionUri, 'media', 'icon.svg');
    panel.onDidDispose(() => {
      this.open.delete(id);
      inspector.dispose();
      session.dispose();
      void kept.forget();
    });
    return inspector;
  }

  /** Writes the session's document to storage some time after each change of it. */
  private keep(session: Session, id: string): { flush(): Promise<void>; forget(): Promise<void> } {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let written: readonly vscode.Uri[] = [];
    let writing = Promise.resolve();
    const write = (): Promise<void> => {
      clearTimeout(timer);
      timer = undefined;
      // One after the other: two writes to one file at the same time could mix.
      writing = writing.then(async () => {
        try {
          written = await writeDocument(this.fileOf(id), session.document);
        } catch (error) {
          void vscode.window.showWarningMessage(
            vscode.l10n.t('The inspector will not survive a reload: {0}', describe(error)),
          );
        }
      });
      return writing;
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void write(), REST);
    };
    session.onDidEdit(later);
    session.onDidRemember(later);
    later();
    return {
      flush: () => (timer === undefined ? writing : write()),
      forget: async () => {
        clearTimeout(timer);
        await writing;
        await removeFiles(written);
      },
    };
  }
}
