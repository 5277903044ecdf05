import * as vscode from 'vscode';
import { ProblemError, problem } from '../../core/problem';
import { CancelledError } from '../../engine/cancel';
import type { EngineClient, Supply } from '../../engine/client';
import type { Converted, FileCall, OpenedFile, TensorCall } from '../../protocol/engine';
import { memoryLimit } from '../memory';
import { reachesFiles } from './localFiles';
import { readReaders } from './readers';

type Place<Call = FileCall> = Call extends FileCall ? Omit<Call, 'limit' | 'name'> : never;

/**
 * Where tensors come from: a file on this machine, one that was read as a whole, one of which a page has the bytes, or
 * pasted text.
 */
export type Source = Place & {
  readonly name: string;
  /** A file beside it, by its path from the file's folder; undefined where there is none. */
  beside?(path: string): Promise<Uint8Array | undefined>;
  /** Bytes of a file that is with someone else. */
  part?(offset: number, length: number): Promise<Uint8Array>;
};

export type FileEngine = Pick<EngineClient, 'openFile' | 'readTensor' | 'closeFile'>;

/** A file that the compute thread has listed, and keeps open as long as it is used here. */
export interface OpenFile extends Pick<OpenedFile, 'entries' | 'left'> {
  read(entry: number, how?: Pick<TensorCall, 'as' | 'dtype' | 'reading' | 'window'>): Promise<Converted>;
}

const supplying =
  ({ beside, part }: Source): Supply =>
  async (want) => {
    switch (want.want) {
      case 'readers':
        return readReaders();
      case 'beside':
        return beside?.(want.path);
      case 'bytes':
        return part?.(want.offset, want.length);
      default:
        return want satisfies never;
    }
  };

/**
 * Hands a file over to the compute thread, and closes it there when `use` is done. Rejects with what is wrong with it.
 */
export async function withFile<Result>(
  engine: FileEngine,
  source: Source,
  use: (file: OpenFile) => Promise<Result>,
): Promise<Result> {
  const limit = memoryLimit();
  const { beside: _, part: __, ...place } = source;
  const { file, entries, left } = await engine.openFile({ ...place, limit }, supplying(source));
  try {
    return await use({ entries, left, read: (entry, how) => engine.readTensor({ file, entry, ...how, limit }) });
  } finally {
    engine.closeFile(file);
  }
}

/**
 * A file that cannot be read in parts may be this many times as large as the limit for one tensor: in text, values take
 * several times as many bytes.
 */
const MOST_BYTES_PER_BYTE = 8;

/** Reading fewer bytes than this takes no time that anyone would notice. */
const FEW_BYTES = 32 * 2 ** 20;

const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

/**
 * A file as a source. Of one on this machine nothing is read yet. VS Code gives files of other places only as a whole:
 * of a large one it is said that it is read, and it can be broken off: then it rejects with a CancelledError. Rejects
 * with a ProblemError when such a file is too large.
 */
export async function sourceOf(uri: vscode.Uri): Promise<Source> {
  const name = nameOf(uri);
  if (reachesFiles && uri.scheme === 'file') {
    // That there is no such file is VS Code's to say, as of any other place.
    await vscode.workspace.fs.stat(uri);
    return { name, path: uri.fsPath };
  }
  const beside = async (path: string): Promise<Uint8Array | undefined> => {
    const other = vscode.Uri.joinPath(uri, '..', path);
    const found = await Promise.resolve(vscode.workspace.fs.stat(other)).catch(() => undefined);
    return found && readWhole(other);
  };
  return { name, bytes: await readWhole(uri), beside };
}

async function readWhole(uri: vscode.Uri): Promise<Uint8Array> {
  const { size } = await vscode.workspace.fs.stat(uri);
  const limit = memoryLimit() * MOST_BYTES_PER_BYTE;
  const name = nameOf(uri);
  if (size > limit) {
    throw new ProblemError([
      problem({
        code: 'file-large',
        field: 'file',
        template: 'The file {0} has {1} bytes; where it is kept it can only be read as a whole, and at most {2} are.',
        args: [name, size, limit],
      }),
    ]);
  }
  if (size <= FEW_BYTES) return vscode.workspace.fs.readFile(uri);
  try {
    return await readSlowly(uri, name, size);
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
  const title = vscode.l10n.t(
    'Reading {0} ({1} MiB) as a whole: where it is kept, parts of it cannot be read alone',
    name,
    Math.round(size / 2 ** 20),
  );
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const cancelled = new Promise<never>((_, reject) =>
      token.onCancellationRequested(() => {
        reject(new CancelledError());
      }),
    );
    return Promise.race([vscode.workspace.fs.readFile(uri), cancelled]);
  });
}
