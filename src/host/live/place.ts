import * as vscode from 'vscode';
import type { LiveReader, Program } from '../../live/reader';
import { refusal } from '../../live/sentences';

/** Where a program stands, and how it is asked there. */
export interface Place {
  readonly program: Program;
  readonly reader: LiveReader;
  /** The place as one would name it: `train.py:12`. */
  where(): Promise<string>;
}

/**
 * Stands before whatever has a program, a kernel or an interpreter evaluate something: of a folder that is not trusted
 * nothing is run, whichever way it was asked for.
 */
export function demandTrust(): void {
  if (!vscode.workspace.isTrusted) throw refusal('restricted');
}
