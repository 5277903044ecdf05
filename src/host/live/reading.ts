import * as vscode from 'vscode';
import type { OtherAnswer } from '../../live/answer';
import type { LiveLayer, LiveTensor, ReadOptions } from '../../live/reader';
import { GivenUp } from '../../live/turns';
import { refusal } from '../../live/sentences';
import type { Place } from './place';

export type Read = LiveTensor | LiveLayer;

/** What was read, and by which expression: of a container it is one of its members that was chosen. */
export interface Found {
  readonly expression: string;
  readonly read: Read;
}

/** Work that ends within so many ms says nothing of itself. */
const UNSEEN = 400;

/** Runs work that the user can break off, with a line that says what is read. Rejects with `GivenUp` when they do. */
export async function withProgress<Result>(
  title: string,
  work: (options: Pick<ReadOptions, 'signal' | 'onProgress'>) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let [reached, told] = [0, 0];
  let report: () => void = () => undefined;
  const onProgress = (share: number): void => {
    reached = share;
    report();
  };
  const result = work({ signal: controller.signal, onProgress });
  const timer = setTimeout(() => {
    const location = vscode.ProgressLocation.Notification;
    void vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
      report = () => {
        progress.report({ increment: 100 * (reached - told) });
        told = reached;
      };
      const listening = token.onCancellationRequested(() => {
        controller.abort();
      });
      await result.catch(() => undefined);
      listening.dispose();
    });
  }, UNSEEN);
  return result.finally(() => {
    clearTimeout(timer);
  });
}

/** What comes of work that can be broken off; nothing when it was. */
export async function unlessGivenUp<Result>(work: PromiseLike<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof GivenUp) return undefined;
    throw error;
  }
}

/** Lets the user say which member of a layer, a dictionary or a list is meant; how the expression goes on to it. */
async function chooseEntry({ entries, type }: OtherAnswer, expression: string): Promise<string | undefined> {
  if (entries.length === 0) throw refusal('no-tensor', expression, type);
  const picked = await vscode.window.showQuickPick(
    entries.map(({ name, type: kind, shape, end }) => ({
      label: name,
      description: [kind.slice(kind.lastIndexOf('.') + 1), shape && `(${shape.join(', ')})`].filter(Boolean).join(' '),
      end,
    })),
    { title: vscode.l10n.t('Which part of {0}?', expression), matchOnDescription: true },
  );
  return picked?.end;
}

/**
 * Reads what an expression stands for; where that holds tensors and is none, the user chooses among them. Nothing when
 * they break off.
 */
export async function readChosen(
  { reader, program }: Pick<Place, 'reader' | 'program'>,
  expression: string,
  options: ReadOptions = {},
): Promise<Found | undefined> {
  let at = expression;
  for (;;) {
    const asked = at;
    const title = vscode.l10n.t('Reading {0} …', asked);
    const read = await unlessGivenUp(
      withProgress(title, (watched) => reader.read(program, asked, { ...options, ...watched })),
    );
    if (!read) return undefined;
    if (read.kind !== 'other') return { expression: at, read };
    const end = await chooseEntry(read, at);
    if (end === undefined) return undefined;
    at = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(at) ? at + end : `(${at})${end}`;
  }
}
