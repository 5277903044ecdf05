import * as vscode from 'vscode';
import { copying } from '../engine/copying';
import { threadStarter } from '../engine/start.web';
import type { Threads } from './threads';

/** The web extension host: web workers, no shared memory, and an extension that may stand on any file system. */
export function threadsOf(extensionUri: vscode.Uri): Threads {
  const script = (name: string) => async (): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist/web', name)));
  return {
    engine: { start: threadStarter('transposed-conv engine', script('worker.js')), crossing: copying() },
    reader: threadStarter('transposed-conv reader', script('reader.js')),
  };
}
