import * as vscode from 'vscode';
import { ProblemError } from '../core/problem';
import { ThreadDiedError } from '../engine/client';
import { traceOf } from '../protocol/trace';
import type { Fault } from '../python';
import type { ReadingFault } from '../reader/client';
import type { EnvironmentOrigin } from '../language/environments';

/**
 * What went wrong, for a report of a fault. It holds kinds of errors, codes of problems and places in our own files,
 * and nothing of the user's: no message, since a message may quote what was read, no value, no path.
 */
const channel = vscode.window.createOutputChannel('Transposed Conv Inspector', { log: true });

/** Problems of what is read, unlike those of what is typed, which stand beside their field and are no event. */
const READ = ['file', 'document', 'memory'];

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return [`${error.name}${code}`, ...traceOf(error)].join('\n    at ');
}

/** A failure that the user is told of: what was refused by its code, a fault by its kind and its place. */
export function logFailure(error: unknown): void {
  if (error instanceof ProblemError) {
    const codes = error.problems.filter(({ field }) => READ.includes(field)).map(({ code }) => code);
    if (codes.length > 0) channel.info(`Refused: ${codes.join(', ')}`);
    // The end of a thread has been told by `logDeath`.
  } else if (!(error instanceof ThreadDiedError)) channel.error(`Failed: ${kindOf(error)}`);
}

/** Reasons that are told in our own words, see engine/start.ts and start.web.ts. */
const REASONS = ['it exited', 'it was ended', 'it failed'];

export function logDeath(thread: 'compute' | 'reading', { cause }: Error): void {
  const known = cause instanceof Error && REASONS.includes(cause.message);
  channel.error(`The ${thread} thread ended: ${known ? cause.message : kindOf(cause)}`);
}

/** A Python text was not read: how that came about, and nothing of the text. */
export function logReading(why: ReadingFault, error: unknown): void {
  if (why === 'ended' && error instanceof Error) logDeath('reading', error);
  else if (why === 'slow') channel.error('A text was not read: it took too long.');
  else channel.error(`A text was not read: ${kindOf(error)}`);
}

/** Where installed packages are read from: how that came to be known, and not where it is. */
export function logEnvironment(origin: EnvironmentOrigin): void {
  channel.info(`Installed packages are read: their folder is known by ${origin}.`);
}

const toldFaults = new Set<string>();

/** Parts of a text that a fault of ours kept from being read; what comes again with every reading is told once. */
export function logFaults(faults: readonly Fault[] = []): void {
  for (const fault of faults) {
    const kind = kindOf(Object.assign(new Error(), fault));
    if (!toldFaults.has(kind)) channel.error(`A part of a text was not read: ${kind}`);
    toldFaults.add(kind);
  }
}

/** Opens the log with what a report should say first, and offers the command that shows it. */
export function registerLog({ extension }: vscode.ExtensionContext): vscode.Disposable {
  const { version } = extension.packageJSON as { version: string };
  channel.info(`Version ${version}, VS Code ${vscode.version}, ${vscode.env.appHost}`);
  return vscode.Disposable.from(
    channel,
    vscode.commands.registerCommand('transposedConv.showLog', () => {
      channel.show();
    }),
  );
}
