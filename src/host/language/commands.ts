import type * as vscode from 'vscode';
import type { Report } from '../../python';

/**
 * Commands behind links in hovers, lenses and the language status. A link keeps its arguments as JSON, and by the time
 * it is clicked the document may have changed.
 */
export const COMMANDS = {
  openCall: 'transposedConv.openCall',
  openChain: 'transposedConv.openChain',
  setInputShape: 'transposedConv.setInputShape',
  copyCall: 'transposedConv.copyCallAs',
  find: 'transposedConv.findConvolution',
  findForCall: 'transposedConv.findForCall',
  findInverse: 'transposedConv.findInverse',
  acceptProposal: 'transposedConv.acceptProposal',
  discardProposal: 'transposedConv.discardProposal',
  readAgain: 'transposedConv.readAgain',
  showLog: 'transposedConv.showLog',
  turnOff: 'transposedConv.turnCodeOff',
  copyReport: 'transposedConv.copyReport',
  setShapeOf: 'transposedConv.setShapeOf',
  revealStage: 'transposedConv.revealStage',
  explainShapes: 'transposedConv.explainShapes',
} as const;

/** A call in code, by where its text begins in its document, and by what it calls: a name may stand for several. */
export interface CallReference {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  /** Missing in a link of an earlier version. */
  readonly callee?: string;
  /** Which of the layer's uses. */
  readonly use: number;
}

export function callReference(
  document: vscode.TextDocument,
  start: vscode.Position,
  { callee }: Report,
  use: number,
): CallReference {
  return { uri: document.uri.toString(), line: start.line, character: start.character, callee, use };
}

/** Checks an argument that came with a command, from whomever; nothing when it is no reference to a call. */
export function asCallReference(value: unknown): CallReference | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, line, character, callee, use } = value as Partial<Record<keyof CallReference, unknown>>;
  const isIndex = (each: unknown): each is number => Number.isSafeInteger(each) && (each as number) >= 0;
  return typeof uri === 'string' && isIndex(line) && isIndex(character)
    ? { uri, line, character, ...(typeof callee === 'string' ? { callee } : {}), use: isIndex(use) ? use : 0 }
    : undefined;
}

export function commandLink(title: string, command: string, argument: unknown): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}
