import { parseFile } from '../python/syntax/parse';
import { formatted } from '../python/syntax/strings';
import { Tokens } from '../python/syntax/tokens';

/** Cells and lines that are run as they stand, in the notebook's own names. */
const RUNS: ReadonlySet<string> = new Set(['time', 'capture', 'prun']);
/** What begins a line that is none of Python's: magics, the shell, help, and calls without brackets. */
const ESCAPES = '%!?/,;';
/** An expression of which nothing is known: a call of what nobody defines. */
const UNKNOWN = 'ǃ()';

/**
 * A cell of a notebook as Python of the same length. What IPython adds to the language becomes what does the same to
 * the cell's names: `!pip install …` nothing, `n = !nproc` something unknown, `%time y = net(x)` what it runs.
 *
 * Only what begins a statement can be a magic: within brackets `%` is a remainder. So a cell is read as IPython 9.18
 * reads it, whose `TransformerManager` the tests follow.
 */
export function withoutMagics(cell: string): string {
  const text = outdented(cell);
  const found = /^\s*%%(\S+)[^\r\n]*/.exec(text);
  if (!found || /^\w+\?/.test(found[1])) return withoutLines(text);
  const [head, magic] = found;
  const body = withoutMagics(text.slice(head.length));
  const runs = RUNS.has(magic) || (magic === 'timeit' && !binds(body));
  return blank(head) + (runs ? body : blank(body));
}

/** Whether a text gives a name to anything; `%timeit` keeps the names of what it runs to itself. */
const binds = (text: string): boolean =>
  parseFile('', text).chunks.some(({ statement }) => statement.kind !== 'expression');

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');
/** Nothing but a statement, since a block must have one. */
const nothing = (text: string): string => `0${blank(text.slice(1))}`;

/** A cell that is indented as a whole, as when pasted: a form feed takes the column back, as in Python’s own files. */
function outdented(cell: string): string {
  const [, indent] = /^(?:[ \t]*(?:\r\n?|\n))*([ \t]*)/.exec(cell)!;
  if (indent === '') return cell;
  return cell.replace(/^[ \t]+/gm, (own) =>
    own.startsWith(indent) ? `${' '.repeat(indent.length - 1)}\f${own.slice(indent.length)}` : own,
  );
}

interface Edit {
  readonly start: number;
  readonly text: string;
}

function withoutLines(text: string): string {
  const edits: Edit[] = [];
  let at = 0;
  for (;;) {
    const tokens = new Tokens(text, at);
    if (tokens.at('end')) break;
    at = ESCAPES.includes(text[tokens.start]) ? escaped(text, tokens.start, edits) : statement(text, tokens, edits);
  }
  let [result, from] = ['', 0];
  for (const { start, text: put } of edits) {
    result += text.slice(from, start) + put;
    from = start + put.length;
  }
  return result + text.slice(from);
}

/** A line that begins with an escape; where what comes after it begins. */
function escaped(text: string, start: number, edits: Edit[]): number {
  const end = endOfLine(text, start);
  const line = text.slice(start, end);
  const [prefix, magic] = /^%(time|prun)[ \t]+(?=[^\s%!?-])/.exec(line) ??
    /^%(timeit)(?:[ \t]+-[a-z]+[ \t]*\d*)*[ \t]+(?=[^\s%!?-])/.exec(line) ?? [''];
  if (magic === undefined || (magic === 'timeit' && binds(line.slice(prefix.length)))) {
    edits.push({ start, text: nothing(line) });
    return end;
  }
  // What is run stands in the column of the magic.
  const [indent] = /[ \t\f]*$/.exec(text.slice(0, start))!;
  edits.push({ start: start - indent.length, text: `${' '.repeat(prefix.length - 1)}\f${indent}` });
  return start + prefix.length;
}

/** A statement, with a magic behind its `=` or a `?` at its end; where what comes after it begins. */
function statement(text: string, tokens: Tokens, edits: Edit[]): number {
  const { start } = tokens;
  let asks = false;
  let assigned = false;
  while (!tokens.at('newline') && !tokens.at('end')) {
    asks = text[tokens.start] === '?';
    if (tokens.at('=') && tokens.depth === 0 && !assigned) {
      assigned = true;
      const at = tokens.end + /^[ \t]*/.exec(text.slice(tokens.end))![0].length;
      if (/^(?:!|%[A-Za-z_])/.test(text.slice(at, at + 2))) {
        const end = endOfLine(text, at);
        const line = text.slice(at, end);
        const [timed] = /^%time[ \t]+(?=[^\s-])/.exec(line) ?? [''];
        edits.push({ start: at, text: timed === '' ? unknown(line) : blank(timed) });
        return timed === '' ? end : restOf(text, at + timed.length);
      }
    }
    if (tokens.at('format')) formatted(tokens);
    else tokens.next();
  }
  if (asks && tokens.depth === 0) edits.push({ start, text: nothing(text.slice(start, tokens.start)) });
  return tokens.end;
}

/** The end of a statement that goes on at `at`, which is known to hold no magic of its own. */
function restOf(text: string, at: number): number {
  const tokens = new Tokens(text, at);
  while (!tokens.at('newline') && !tokens.at('end')) {
    if (tokens.at('format')) formatted(tokens);
    else tokens.next();
  }
  return tokens.end;
}

function unknown(line: string): string {
  const put = line.length < UNKNOWN.length ? UNKNOWN[0] : UNKNOWN;
  return put + blank(line.slice(put.length));
}

/** The end of a line for the shell: a backslash before it takes the next one along, whatever stands in it. */
function endOfLine(text: string, at: number): number {
  const end = /(?<!\\)\r\n?|(?<![\\\r])\n|$/g;
  end.lastIndex = at;
  return end.exec(text)?.index ?? text.length;
}
