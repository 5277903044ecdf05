import type * as vscode from 'vscode';
import type { EngineClient } from '../../engine/client';
import type { LanguageFeatures } from '../language/register';
import type { Session } from '../session/session';

/** What every inspector uses of the rest of the extension. */
export interface InspectorServices {
  readonly extensionUri: vscode.Uri;
  readonly engine: EngineClient;
  /** Links an inspector to the call in code that it came from. */
  readonly language: Pick<LanguageFeatures, 'link'> | undefined;
}

/** The place where an inspector is: a panel of its own, or an editor of a file. It decides who undoes and who saves. */
export interface Home {
  readonly session: Session;
  /** In an editor of a file this asks VS Code to undo, elsewhere the session. */
  undo(): void;
  redo(): void;
  saveDocument(): void;
  readonly keysByEditor: boolean;
  /** For VS Code to keep and to give back after a reload. */
  readonly state: unknown;
}
