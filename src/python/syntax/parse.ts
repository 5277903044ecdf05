import type { ShapeNote } from './ast';
import { Chunk, type Reading } from './chunk';
import { notesBefore, notesBeside, withNotes } from './comments';
import { type GoodFile, goodFile, withLastGood } from './lastGood';
import { changedRegion } from './region';
import { read } from './statements';
import { Tokens } from './tokens';

export interface ParsedFile {
  readonly text: string;
  /** What of the file can be explained: its statements, or, while it is broken, the last good ones in their place. */
  readonly chunks: readonly Chunk[];
  /** What stands in the text, statement by statement. */
  readonly parts: readonly Part[];
  readonly broken: boolean;
  /** The last version that parsed as a whole, kept while this one does not. */
  readonly good?: GoodFile;
}

/** A top-level statement, and where it stood in this version; its chunk may stand elsewhere in the next. */
interface Part {
  readonly chunk: Chunk;
  readonly from: number;
}

/** Parses a file, reusing the chunks of its last version as far as the text is the same. */
export function parseFile(path: string, text: string, previous?: ParsedFile): ParsedFile {
  if (previous?.text === text) return previous;
  const parts = previous ? readAgain(path, text, previous) : readFrom(new Tokens(text), path);
  for (const { chunk, from } of parts) chunk.place(from);
  const chunks = parts.map(({ chunk }) => chunk);
  if (!chunks.some((chunk) => chunk.hasError)) return { text, chunks, parts, broken: false };
  const good = previous?.good ?? (previous && !previous.broken ? goodFile(previous) : undefined);
  return { text, chunks: good ? withLastGood(text, chunks, good) : chunks, parts, broken: true, good };
}

/**
 * Reads again what an edit may have changed: from the statement before the one it is in, since its first word may now
 * belong to that, to the second statement after it that starts where one did. What is at either side of that is kept.
 */
function readAgain(path: string, text: string, previous: ParsedFile): Part[] {
  const { from, toBefore, toAfter } = changedRegion(previous.text, text);
  const old = previous.parts;
  const first = restart(old, text, from);
  const shift = toAfter - toBefore;
  let rest = old.length;
  const meetsOld = (start: number, last: Part | undefined): boolean => {
    if (!last || last.from < toAfter) return false;
    const index = indexAt(old, start - shift);
    if (index === undefined || index === 0 || old[index - 1].from + shift !== last.from) return false;
    rest = index;
    return true;
  };
  const above = first > 0 ? old[first].chunk.notes.filter((note) => !note.trailing) : [];
  const read = readFrom(new Tokens(text, first > 0 ? old[first].from : 0), path, meetsOld, above);
  const after = old.slice(rest).map((part) => ({ chunk: part.chunk, from: part.from + shift }));
  const before = old.slice(0, first);
  return [...before, ...recognized(read, spare(previous, before, old.slice(first, rest), after)), ...after];
}

/** Which of the parts, in the order of the text, begins there. */
function indexAt(parts: readonly Part[], from: number): number | undefined {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (parts[middle].from < from) low = middle + 1;
    else high = middle;
  }
  return parts[low]?.from === from ? low : undefined;
}

/**
 * The first part to be read again, at the start of a line. What closes an open bracket may stand anywhere below it: the
 * end of a part with an error is not settled by what is above the edit.
 */
function restart(parts: readonly Part[], text: string, from: number): number {
  const before = parts.findLastIndex((part) => part.from <= from) - 1;
  const broken = parts.findIndex((part) => part.chunk.hasError);
  let first = broken < 0 ? before : Math.min(before, broken);
  while (first > 0 && !/[\r\n]/.test(text[parts[first].from - 1])) first--;
  return Math.max(0, first);
}

/** Chunks that have no place in the text any more. */
function spare(
  previous: ParsedFile,
  before: readonly Part[],
  replaced: readonly Part[],
  after: readonly Part[],
): readonly Chunk[] {
  const chunks = replaced.map(({ chunk }) => chunk);
  if (!previous.good) return chunks;
  const placed = new Set([...before, ...after].map(({ chunk }) => chunk));
  return [...new Set([...chunks, ...previous.good.chunks])].filter((chunk) => !placed.has(chunk));
}

/** The same parts, those whose text is that of a spare chunk with that chunk. */
function recognized(parts: readonly Part[], chunks: readonly Chunk[]): readonly Part[] {
  const known = new Map<string, Chunk[]>();
  for (const chunk of chunks) {
    if (chunk.hasError) continue;
    const same = known.get(chunk.text);
    if (same) same.push(chunk);
    else known.set(chunk.text, [chunk]);
  }
  return parts.map((part) => {
    const candidates = part.chunk.hasError ? undefined : known.get(part.chunk.text);
    const at = candidates?.findIndex((each) => sameNotes(each.notes, part.chunk.notes)) ?? -1;
    return candidates && at >= 0 ? { chunk: candidates.splice(at, 1)[0], from: part.from } : part;
  });
}

const sameNotes = (a: readonly ShapeNote[], b: readonly ShapeNote[]): boolean =>
  a.length === b.length && JSON.stringify(a) === JSON.stringify(b);

/**
 * The statements from where the tokens stand to the end, or to the first for which `until` is true.
 * @param before What comments say above the first of them, where those are not read again.
 */
function readFrom(
  tokens: Tokens,
  path: string,
  until: (from: number, last: Part | undefined) => boolean = () => false,
  before: readonly ShapeNote[] = [],
): Part[] {
  const parts: Part[] = [];
  while (!tokens.at('end') && !until(tokens.start, parts.at(-1))) {
    const from = tokens.start;
    const above = parts.length === 0 ? before : [];
    parts.push({ from, chunk: new Chunk(path, from, (chunk) => readOne(tokens, chunk, above)) });
  }
  return parts;
}

function readOne(tokens: Tokens, chunk: Chunk, above: readonly ShapeNote[]): Reading {
  const { base } = chunk;
  tokens.chunk = chunk;
  tokens.base = base;
  tokens.errors = 0;
  if (tokens.column > 0) tokens.fail();
  const before = [...above, ...notesBefore(tokens)];
  tokens.notedTo = 0;
  const statement = read(tokens, tokens.column);
  // Notes within it are a part of it: where one changes, so has the statement.
  const end = Math.max(tokens.lastEnd, tokens.notedTo);
  const beside = notesBeside(tokens);
  return {
    statement: withNotes(statement, before, beside),
    text: tokens.text.slice(base, end),
    notes: [...before, ...beside],
    hasError: tokens.errors > 0,
  };
}
