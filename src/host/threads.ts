import * as vscode from 'vscode';
import type { Crossing } from '../engine/crossing';
import { sharing } from '../engine/sharing';
import { engineStarter, thisMachine } from '../engine/start';
import type { Tuning } from '../engine/kernels';
import type { StartThread } from '../engine/thread';
import { readerStarter } from '../reader/start';
import type { KeptTuning } from './tuning';

/**
 * How this host starts the extension's threads. Where it is a web worker itself, threads.web.ts takes this file's
 * place.
 */
export interface Threads {
  readonly engine: { readonly start: StartThread; readonly crossing: Crossing; onTuned?(tuning: Tuning): void };
  readonly reader: StartThread;
}

export function threadsOf(extensionUri: vscode.Uri, tuning?: KeptTuning): Threads {
  const script = (name: string): string => vscode.Uri.joinPath(extensionUri, 'dist', name).fsPath;
  return {
    engine: {
      start: engineStarter(script('worker.js'), () => tuning?.known(thisMachine())),
      crossing: sharing,
      onTuned: (found) => tuning?.keep(thisMachine(), found),
    },
    reader: readerStarter(script('reader.js')),
  };
}
