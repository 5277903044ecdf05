import * as vscode from 'vscode';
import { copying } from '../engine/copying';
import { joinedScript, threadStarter } from '../engine/start.web';
import type { Threads } from './threads';

/** The web extension host: web workers, no shared memory, and an extension that may stand on any file system. */
export function threadsOf(extensionUri: vscode.Uri): Threads {
  const read = async (path: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, path)));
  const script = (part: string, entry: string) => async (): Promise<string> =>
    joinedScript(...(await Promise.all([read(part), read(entry)])));
  return {
    engine: {
      start: threadStarter('transposed-conv engine', script('dist/computing.js', 'dist/web/worker.js')),
      crossing: copying(),
    },
    reader: threadStarter('transposed-conv reader', script('dist/reading.js', 'dist/web/reader.js')),
  };
}
