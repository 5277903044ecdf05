import type * as vscode from 'vscode';
import { EngineClient } from '../engine/client';
import { logDeath } from './log';
import { threadsOf } from './threads';
import { KeptTuning } from './tuning';

/** The compute thread's client; the thread itself begins with the first question. */
export function computing(context: vscode.ExtensionContext): EngineClient {
  const { extension, extensionUri, globalState, subscriptions } = context;
  const { version } = extension.packageJSON as { readonly version: string };
  const engine = new EngineClient({
    ...threadsOf(extensionUri, new KeptTuning(globalState, version)).engine,
    onDeath: (error) => {
      logDeath('compute', error);
    },
  });
  subscriptions.push({ dispose: () => void engine.dispose() });
  return engine;
}
