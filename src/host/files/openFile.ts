import * as vscode from 'vscode';
import { ProblemError, problem } from '../../core/problem';
import type { EngineClient } from '../../engine/client';
import type { Converted, OpenedFile, TensorCall } from '../../protocol/engine';
import { memoryLimit } from '../memory';

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
  return { name, bytes: await vscode.workspace.fs.readFile(uri) };
}
