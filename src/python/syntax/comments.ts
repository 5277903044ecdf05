import type { ShapeNote, Statement } from './ast';
import { readBareNote, readShapeNotes } from './notes';
import type { Tokens } from './tokens';

/** The shapes that comments above a statement state, or beside the head of the block that it begins. */
export const notesBefore = (tokens: Tokens): ShapeNote[] => take(tokens, tokens.comments.length);

/** Those of the comment at the end of the line that has just been read. */
export const notesBeside = (tokens: Tokens): ShapeNote[] => {
  const ownLine = tokens.comments.findIndex((comment) => comment.column !== undefined);
  const beside = ownLine < 0 ? tokens.comments.length : ownLine;
  const bare = tokens.comments.slice(0, beside).flatMap(({ start, end }): ShapeNote[] => {
    const note = readBareNote(tokens.text.slice(start, end));
    if (note) tokens.notedTo = end;
    return note ? [note] : [];
  });
  return [...take(tokens, beside).map((note) => ({ ...note, trailing: true })), ...bare];
};

function take(tokens: Tokens, count: number): ShapeNote[] {
  if (count === 0) return [];
  return tokens.comments.splice(0, count).flatMap(({ start, end }) => {
    const notes = readShapeNotes(tokens.text.slice(start, end));
    if (notes.length > 0) tokens.notedTo = end;
    return notes;
  });
}

/** A statement with the notes before it and beside it. */
export function withNotes(statement: Statement, before: readonly ShapeNote[], beside: readonly ShapeNote[]): Statement {
  return before.length + beside.length > 0 ? { ...statement, notes: [...before, ...beside] } : statement;
}
