import type * as vscode from 'vscode';
import type { EngineClient } from '../../engine/client';
import type { LanguageFeatures } from '../language/register';
import type { Session } from '../session/session';

/** What every inspector uses of the rest of the extension. */
export interface InspectorServices {
  readonly extensionUri: vscode.Uri;
  readonly engine: EngineClient;
  /** How an inspector holds on to the call in code that it came from. */
  readonly language: Pick<LanguageFeatures, 'link'> | undefined;
}

/** Where an inspector lives decides who answers undo, and who saves. */
export interface Home {
  readonly session: Session;
  /** Undo belongs to VS Code in an editor of a file, and to the session elsewhere. */
  undo(): void;
  redo(): void;
  saveDocument(): void;
  readonly keysByEditor: boolean;
  /** For VS Code to keep and to give back after a reload. */
  readonly state: unknown;
}
