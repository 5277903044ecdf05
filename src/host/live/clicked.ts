import * as vscode from 'vscode';
import { refusal } from '../../live/sentences';

/** What is to be inspected: an expression, in a debug session, or in a notebook's kernel. */
export interface Clicked {
  readonly expression: string;
  /** By its id; without one, the session that is looked at. */
  readonly session?: string;
  readonly notebook?: vscode.Uri;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const INDEX = /^\d+$/;

/** A child that the debugger has no expression for, from that of its parent: an attribute, or an element by number. */
function walked(container: Fields, name: string | undefined): string | undefined {
  const parent = textOf(container.evaluateName) ?? textOf(container.expression);
  if (parent === undefined || name === undefined) return undefined;
  if (INDEX.test(name)) return `(${parent})[${name}]`;
  return IDENTIFIER.test(name) ? `(${parent}).${name}` : undefined;
}

/**
 * A variable of the Variables view, an expression of Watch or one of its children, a variable of a notebook or of a
 * debugger's list of variables. Nothing where the argument is none of these; throws a ProblemError for a variable that
 * has no expression.
 */
export function clickedOf(argument: unknown): Clicked | undefined {
  const given = fieldsOf(argument);
  const session = textOf(given.sessionId);
  if ('variable' in given) {
    const { evaluateName, name } = fieldsOf(given.variable);
    const container = fieldsOf(given.container);
    // A variable of a frame stands in a scope, and is called by its name.
    const isRoot = given.container === undefined || (!('evaluateName' in container) && !('expression' in container));
    const called = textOf(name);
    const expression =
      textOf(evaluateName) ??
      walked(container, called) ??
      (isRoot && called && IDENTIFIER.test(called) ? called : undefined);
    if (expression === undefined) throw refusal('no-expression', called ?? '');
    return { expression, session };
  }
  const name = textOf(given.name);
  if (name === undefined) return undefined;
  const file = textOf(given.fileName) ?? (given.fileName instanceof vscode.Uri ? given.fileName.toString() : undefined);
  return file === undefined ? { expression: name } : { expression: name, notebook: vscode.Uri.parse(file) };
}

/** Names, their attributes and their elements, as they stand in a line. */
export const DOTTED = /[\p{L}_][\p{L}\p{N}_]*(?:\s*\.\s*[\p{L}_][\p{L}\p{N}_]*|\[[^[\]\n]*\])*/u;

/** What is selected in an editor, or else the expression under its cursor. */
export function expressionAt(editor: vscode.TextEditor): string | undefined {
  const { document, selection } = editor;
  if (!selection.isEmpty) return document.getText(selection).trim() || undefined;
  const range = document.getWordRangeAtPosition(selection.active, DOTTED);
  return range && document.getText(range);
}
