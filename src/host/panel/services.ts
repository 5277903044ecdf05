import type * as vscode from 'vscode';
import type { EngineClient } from '../../engine/client';
import type { InspectorDocument } from '../../core/state/document';
import type { LinkedDraft } from '../../language/draft';
import type { LinkedCall } from '../language/linkedCall';
import type { Progress } from '../learn/progress';
import type { Session } from '../session/session';
import type { References } from './references';

/** What every inspector uses of the rest of the extension. */
export interface InspectorServices {
  readonly extensionUri: vscode.Uri;
  /** As links name it. */
  readonly extensionId: string;
  readonly engine: EngineClient;
  /** Links an inspector to the call in code that it came from; what reads code is loaded for it. */
  link(draft: LinkedDraft): Promise<LinkedCall>;
  /** Which lessons have been done. */
  readonly progress: Progress;
  /** What documents were compared with. */
  readonly references: References;
  /** Opens a document that no file holds, in a tab of its own. */
  open(document: InspectorDocument): Promise<unknown>;
}

/** The open document that an inspector shows. */
export interface Home {
  readonly uri: vscode.Uri;
  readonly session: Session;
}
