import * as vscode from 'vscode';
import { ProblemError, problem } from '../../core/problem';
import { CancelledError } from '../../engine/cancel';
import type { EngineClient } from '../../engine/client';
import type { Converted, OpenedFile, TensorCall } from '../../protocol/engine';
import { memoryLimit } from '../memory';
import { readLocal } from './readLocal';

/** Where tensors come from: a file (on a disk, in a virtual file system, or dropped), or pasted text. */
export type Source = { readonly name: string } & ({ readonly bytes: Uint8Array } | { readonly text: string });

export type FileEngine = Pick<EngineClient, 'openFile' | 'readTensor' | 'closeFile'>;

/** A file that the compute thread has parsed, and keeps as long as it is used here. */
export interface OpenFile {
  readonly entries: OpenedFile['entries'];
  read(entry: number, how?: Pick<TensorCall, 'as' | 'dtype'>): Promise<Converted>;
}

/**
 * Hands a file over to the compute thread, and closes it there when `use` is done. Rejects with what is wrong with it.
 */
export async function withFile<Result>(
  engine: FileEngine,
  source: Source,
  use: (file: OpenFile) => Promise<Result>,
): Promise<Result> {
  const limit = memoryLimit();
  const { file, entries } = await engine.openFile({ ...source, limit });
  try {
    return await use({ entries, read: (entry, how) => engine.readTensor({ file, entry, ...how, limit }) });
  } finally {
    engine.closeFile(file);
  }
}

/**
 * A file may be this many times as large as the limit for one tensor: in text, values take several times as many bytes.
 */
const MOST_BYTES_PER_BYTE = 8;

/** Reading fewer bytes than this takes no time that anyone would notice. */
const FEW_BYTES = 32 * 2 ** 20;

/**
 * Reads a file. Of a large one it is told how far that is, and it can be broken off: then it rejects with a
 * CancelledError. Rejects with a ProblemError when the file is too large.
 */
export async function readUri(uri: vscode.Uri): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const { size } = await vscode.workspace.fs.stat(uri);
  const limit = memoryLimit() * MOST_BYTES_PER_BYTE;
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  if (size > limit) {
    throw new ProblemError([
      problem({
        code: 'file-large',
        field: 'file',
        template: 'The file {0} has {1} bytes; at most {2} are read.',
        args: [name, size, limit],
      }),
    ]);
  }
  if (size <= FEW_BYTES) return { name, bytes: await vscode.workspace.fs.readFile(uri) };
  try {
    return { name, bytes: await readSlowly(uri, name, size) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProblemError([
      problem({
        code: 'file-memory',
        field: 'file',
        template: 'There is not enough memory for the file {0} of {1} bytes.',
        args: [name, size],
      }),
    ]);
  }
}

async function readSlowly(uri: vscode.Uri, name: string, size: number): Promise<Uint8Array> {
  const title = vscode.l10n.t('Reading {0} ({1} MiB)', name, Math.round(size / 2 ** 20));
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    let before = 0;
    const told = (done: number): void => {
      progress.report({ increment: (done - before) * 100 });
      before = done;
    };
    if (readLocal && uri.scheme === 'file') {
      return readLocal(uri.fsPath, size, { told, isCancelled: () => token.isCancellationRequested });
    }
    const cancelled = new Promise<never>((_, reject) =>
      token.onCancellationRequested(() => {
        reject(new CancelledError());
      }),
    );
    return Promise.race([vscode.workspace.fs.readFile(uri), cancelled]);
  });
}
