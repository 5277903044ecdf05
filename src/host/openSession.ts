import * as vscode from 'vscode';
import type { InspectorDocument } from '../core/state/document';
import type { EngineClient } from '../engine/client';
import { memoryLimit } from './memory';
import { Session } from './session/session';
import { translated } from './translate';

/** A session in VS Code. */
export const openSession = (document: InspectorDocument, engine: EngineClient, name: string): Session =>
  new Session(document, name, {
    engine,
    translate: translated,
    emitter: () => new vscode.EventEmitter(),
    pathOf: (uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
    memoryLimit,
  });
