import { readFileSync } from 'node:fs';
import type { Span } from '../python';
import { withoutMagics } from '../reader/magics';
import { Failure } from './failure';

/** Where something stands in a file: lines and columns count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Place {
  readonly start: Position;
  /** Behind the last character. */
  readonly end: Position;
  /** In a notebook: the cell, counted from 1, of which lines and columns are. */
  readonly cell?: number;
  /** The line of the file itself, which a notebook's lines are not. */
  readonly fileLine: number;
  /** The text of the line in which it begins. */
  readonly text: string;
}

interface Part {
  readonly start: number;
  readonly text: string;
  readonly starts: readonly number[];
  readonly cell?: number;
  /** For each line, the line of the file. */
  readonly fileLines?: readonly number[];
}

/** A file of Python, or the Python cells of a notebook in their order, as one text. */
export interface SourceFile {
  readonly text: string;
  /** Where a span of the text stands. */
  placeOf(span: Span): Place;
  /** From where to where a line goes in the text; of a notebook a line of one of its cells. */
  lineAt(line: number, cell: number | undefined): Span | undefined;
}

export const isNotebook = (path: string): boolean => path.endsWith('.ipynb');

/** Reads a file. @throws Failure when it cannot be read, or is a notebook that is none */
export function readSource(path: string): SourceFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new Failure(`It cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return isNotebook(path) ? ofParts(partsOf(text)) : ofParts([partAt(0, text)]);
}

/** The offsets at which the lines of a text begin. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  return starts;
}

const partAt = (start: number, text: string, more: Pick<Part, 'cell' | 'fileLines'> = {}): Part => ({
  start,
  text,
  starts: lineStarts(text),
  ...more,
});

function ofParts(parts: readonly Part[]): SourceFile {
  const positionIn = (part: Part, offset: number): Position => {
    const own = Math.min(Math.max(0, offset - part.start), part.text.length);
    const line = part.starts.findLastIndex((start) => start <= own);
    return { line: line + 1, column: own - part.starts[line] + 1 };
  };
  const lineOf = ({ text, starts }: Part, line: number): string =>
    text.slice(starts[line - 1], starts[line] ?? text.length).replace(/[\r\n]+$/, '');
  return {
    text: parts.map(({ text, cell }) => (cell === undefined ? text : `${withoutMagics(text)}\n`)).join(''),
    placeOf: ({ start, end }) => {
      const part = parts.findLast((each) => each.start <= start) ?? parts[0];
      const from = positionIn(part, start);
      return {
        start: from,
        end: positionIn(part, end),
        ...(part.cell === undefined ? {} : { cell: part.cell }),
        fileLine: part.fileLines?.[from.line - 1] ?? from.line,
        text: lineOf(part, from.line),
      };
    },
    lineAt: (line, cell) => {
      const part = parts.find((each) => each.cell === cell);
      const start = part?.starts[line - 1];
      if (!part || start === undefined) return undefined;
      return { start: part.start + start, end: part.start + (part.starts[line] ?? part.text.length) };
    },
  };
}

/** What of a notebook's file is read; everything in it may be missing, or something else. */
interface NotebookFile {
  readonly cells?: unknown;
  readonly metadata?: { readonly kernelspec?: { readonly language?: unknown } };
}

function partsOf(file: string): readonly Part[] {
  let notebook: NotebookFile | null;
  try {
    notebook = JSON.parse(file) as NotebookFile | null;
  } catch {
    throw new Failure('It is no notebook: what it holds is not JSON.');
  }
  if (!Array.isArray(notebook?.cells))
    throw new Failure('It is no notebook of version 4 or newer: it has no list of cells.');
  const language = notebook.metadata?.kernelspec?.language;
  if (typeof language === 'string' && language.toLowerCase() !== 'python') return [partAt(0, '', { cell: 1 })];
  const starts = lineStarts(file);
  const parts: Part[] = [];
  let [offset, from] = [0, 0];
  (notebook.cells as readonly unknown[]).forEach((cell, index) => {
    const text = codeOf(cell);
    if (text === undefined) return;
    const found = linesInFile(file, starts, text, from);
    from = found.from;
    parts.push(partAt(offset, text, { cell: index + 1, fileLines: found.lines }));
    offset += text.length + 1;
  });
  return parts.length > 0 ? parts : [partAt(0, '', { cell: 1 })];
}

function codeOf(cell: unknown): string | undefined {
  if (typeof cell !== 'object' || cell === null) return undefined;
  const { cell_type: type, source } = cell as { readonly cell_type?: unknown; readonly source?: unknown };
  if (type !== 'code') return undefined;
  if (typeof source === 'string') return source;
  return Array.isArray(source) && source.every((line) => typeof line === 'string') ? source.join('') : undefined;
}

/**
 * On which lines of a notebook's file the lines of a cell stand: where the text of each is found, looked for from where
 * the last one was. What is not found, since JSON may write a character in several ways, is taken to stand there too.
 */
function linesInFile(
  file: string,
  starts: readonly number[],
  cell: string,
  from: number,
): { readonly lines: readonly number[]; readonly from: number } {
  const lines: number[] = [];
  for (const line of cell.split('\n')) {
    const written = JSON.stringify(line).slice(1, -1);
    const at = written === '' ? -1 : file.indexOf(written, from);
    if (at >= 0) from = at + written.length;
    const offset = at >= 0 ? at : from;
    lines.push(starts.findLastIndex((start) => start <= offset) + 1);
  }
  return { lines, from };
}
