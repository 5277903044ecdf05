// The extension-host suite's door in the web extension host: no files, no Node, and one script with all tests in it.
import 'mocha/mocha.js';
import type MochaType from 'mocha';
import * as vscode from 'vscode';
import { extensionId } from '../host/support';

declare const mocha: MochaType & { setup(options: object): void };
declare const Mocha: typeof MochaType;

mocha.setup({ ui: 'bdd', timeout: 60_000, color: false, forbidOnly: true, reporter: 'spec' });

/** What came of the run goes into a file beside the extension: the log is full of others' lines. */
export async function runSuite(grep: string | undefined): Promise<void> {
  // In the other host all of this would pass as well, and show nothing.
  if (!('WorkerGlobalScope' in globalThis)) throw new Error('This is not the web extension host.');
  const report: string[] = [];
  Mocha.reporters.Base.consoleLog = (template: unknown = '', ...parts: unknown[]) => {
    report.push(String(template).replace(/%[sd]/g, () => String(parts.shift())));
  };
  if (grep !== undefined) mocha.grep(grep);
  const outcome = await new Promise<object>((resolve) => {
    const runner = mocha.run((failed) => {
      const { passes: passed, pending: skipped } = runner.stats!;
      resolve({ passed, failed, skipped, output: report.join('\n') });
    });
  });
  const { extensionUri } = vscode.extensions.getExtension(extensionId)!;
  const file = vscode.Uri.joinPath(extensionUri, '..', 'result.json');
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(outcome)));
}
