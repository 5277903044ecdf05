import * as vscode from 'vscode';
import type { Crossing } from '../engine/crossing';
import { sharing } from '../engine/sharing';
import { engineStarter } from '../engine/start';
import type { StartThread } from '../engine/thread';
import { readerStarter } from '../reader/start';

/**
 * How this host starts the extension's threads. Where it is a web worker itself, threads.web.ts takes this file's
 * place.
 */
export interface Threads {
  readonly engine: { readonly start: StartThread; readonly crossing: Crossing };
  readonly reader: StartThread;
}

export function threadsOf(extensionUri: vscode.Uri): Threads {
  const script = (name: string): string => vscode.Uri.joinPath(extensionUri, 'dist', name).fsPath;
  return {
    engine: { start: engineStarter(script('worker.js')), crossing: sharing },
    reader: readerStarter(script('reader.js')),
  };
}
