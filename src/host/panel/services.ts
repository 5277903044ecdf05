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

/** The open document that an inspector shows. */
export interface Home {
  readonly uri: vscode.Uri;
  readonly session: Session;
}
