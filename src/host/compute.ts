import type * as vscode from 'vscode';
import { EngineClient } from '../engine/client';
import { logDeath } from './log';
import { threadsOf } from './threads';

/** The compute thread's client; the thread itself begins with the first question. */
export function computing({ extensionUri, subscriptions }: vscode.ExtensionContext): EngineClient {
  const engine = new EngineClient({
    ...threadsOf(extensionUri).engine,
    onDeath: (error) => {
      logDeath('compute', error);
    },
  });
  subscriptions.push({ dispose: () => void engine.dispose() });
  return engine;
}
