import type { Statement } from './ast';
import { notesBefore, notesBeside, withNotes } from './comments';
import { compound } from './compound';
import { isTooTall } from './height';
import { endOfLine, skipLine } from './recovery';
import { simple } from './simple';
import type { Tokens } from './tokens';

/** CPython's own limit, in its tokenizer. */
const MOST_LEVELS = 100;

/** The statements of a block, to the first line that is indented less. */
export function block(tokens: Tokens, indent: number): Statement[] {
  const found: Statement[] = [];
  if (tokens.level >= MOST_LEVELS) {
    tokens.fail();
    return found;
  }
  tokens.level++;
  while (!tokens.at('end') && tokens.column >= indent) {
    if (tokens.column > indent) tokens.fail();
    found.push(noted(tokens, tokens.column));
  }
  // What is as deep as the block, after its last statement, speaks of nothing; what is not speaks of what follows.
  const own = tokens.comments.findLastIndex(({ column }) => column !== undefined && column >= indent);
  tokens.comments.splice(0, own + 1);
  tokens.level--;
  return found;
}

function noted(tokens: Tokens, indent: number): Statement {
  const before = notesBefore(tokens);
  const statement = read(tokens, indent);
  return withNotes(statement, before, notesBeside(tokens));
}

/** The statement that starts here, in a block at the column `indent`. */
export function read(tokens: Tokens, indent: number): Statement {
  const { links } = tokens;
  const start = tokens.from();
  const found = compound(tokens, indent) ?? line(tokens, indent);
  const tall = isTooTall(found, tokens.links - links);
  tokens.links = links;
  return tall ? { kind: 'unreadable', start, end: tokens.to() } : found;
}

/** A line of simple statements. `a; b` is a block that always runs. */
function line(tokens: Tokens, indent: number): Statement {
  const [start, from] = [tokens.start, tokens.from()];
  const found = [simple(tokens)];
  while (tokens.eat(';') && !tokens.at('newline') && !tokens.at('end')) found.push(simple(tokens));
  const end = tokens.to();
  endOfLine(tokens, start, indent);
  return found.length === 1 ? found[0] : { kind: 'if', branches: [], otherwise: found, start: from, end };
}

/** What belongs to the head that began at `start`: a colon, and a line or a block. */
export function suite(tokens: Tokens, start: number, indent: number): Statement[] {
  if (!tokens.eat(':')) {
    tokens.fail();
    skipLine(tokens, start, indent);
  } else if (tokens.at('newline')) tokens.next();
  else if (!tokens.at('end')) {
    const before = notesBefore(tokens);
    return [withNotes(line(tokens, indent), before, notesBeside(tokens))];
  }
  if (!tokens.at('end') && tokens.column > indent) return block(tokens, tokens.column);
  tokens.fail();
  return [];
}
