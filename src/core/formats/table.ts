import { NUMBER, type ParsedNumbers, parseNumber } from './bracketed';
import { damaged } from './format';

export type Delimiter = '\t' | ';' | ',' | ' ';

/** A first line by which Excel is told what separates cells. */
const STATED = /^\ufeff?sep=(.)\s*(?:\r\n|\r|\n|$)/i;

/**
 * Which character separates cells: the one that the first line states, else the first of tab, semicolon, comma that
 * occurs outside quotes and comments, else blanks.
 */
export function detectDelimiter(text: string): Delimiter {
  const stated = STATED.exec(text)?.[1];
  if (stated === ';' || stated === ',' || stated === '\t') return stated;
  const unquoted = text.replace(/"[^"\n]*"/g, '').replace(/#[^\r\n]*/g, '');
  if (unquoted.includes('\t')) return '\t';
  if (unquoted.includes(';')) return ';';
  // "1,5 2,5" has decimal commas; "1, 2" and "1,2" have commas between.
  if (/\d,\d+[ ]+[-+]?\d+,\d/.test(unquoted) && !/,\s/.test(unquoted)) return ' ';
  return unquoted.includes(',') ? ',' : ' ';
}

/** No-break and narrow blanks group thousands in some locales; they never separate cells. */
const GROUPING_BLANKS = /[\u00a0\u202f\u2009']/g;

function split(line: string, delimiter: Delimiter): readonly string[] {
  if (delimiter === ' ') return line.trim().split(/[ \t]+/);
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells = line.match(new RegExp(`("[^"]*"|[^${delimiter}"]*)(${delimiter}|$)`, 'g')) ?? [];
  const bare = cells.map((cell) =>
    (cell.endsWith(delimiter) ? cell.slice(0, -1) : cell)
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
  // The pattern also matches the empty text at the end of the line. It is dropped, also where it is an empty cell
  // behind a trailing delimiter.
  return cells.at(-1) === '' ? bare.slice(0, -1) : bare;
}

/**
 * A mark that cannot group thousands: it is the last one, and other than three digits follow, or only a zero stands
 * before it.
 */
const DOT_DECIMAL = /^[^.]*\.(?!\d{3}$)[^.,]*$|^[-+]?0?\.\d/;
const COMMA_DECIMAL = /^[^,]*,(?!\d{3}$)[^.,]*$|^[-+]?0?,\d/;

/**
 * Whether numbers have a decimal comma. `1,234` alone proves nothing; a tensor is likelier to have decimals than
 * thousands.
 */
function commaIsDecimal(lines: readonly Line[], delimiter: Delimiter): boolean {
  let [comma, provesComma, dotOrThousands] = [false, false, false];
  for (const { text } of lines) {
    for (const cell of split(text, delimiter)) {
      if (DOT_DECIMAL.test(cell)) return false;
      comma ||= cell.includes(',');
      provesComma ||= COMMA_DECIMAL.test(cell);
      dotOrThousands ||= cell.includes('.') || cell.split(',').length > 2;
    }
  }
  return provesComma || (comma && !dotOrThousands);
}

/** What stands for a value that is missing, in pandas, R and spreadsheets. */
const MISSING = /^(#?n\/?a|null|none)$/i;
/** Whole numbers as Python has them: `1_000`, `0x1F`. */
const GROUPED = /^[+-]?\d+(_\d+)+$/;
const HEXADECIMAL = /^0x[\da-f]+$/i;

function cellValue(cell: string, decimalComma: boolean): number | undefined {
  if (!decimalComma && NUMBER.test(cell)) return Number(cell);
  if (MISSING.test(cell)) return NaN;
  if (GROUPED.test(cell)) return Number(cell.replaceAll('_', ''));
  if (HEXADECIMAL.test(cell)) return Number(cell);
  const grouped = cell.replace(GROUPING_BLANKS, '');
  return parseNumber(
    decimalComma
      ? grouped.replace(/\.(?=\d{3}(\D|$))/g, '').replace(',', '.')
      : grouped.replace(/,(?=\d{3}(\D|$))/g, ''),
  );
}

interface Line {
  readonly text: string;
  /** From 1, as editors count. */
  readonly number: number;
  /** How many groups of blank lines stand before it. */
  readonly plane: number;
}

/** The lines that have cells. A line with only a comment separates nothing; with `holes`, nor does one of tabs only. */
function linesOf(text: string, holes: boolean): readonly Line[] {
  const found: Line[] = [];
  let plane = 0;
  // In a single column of a spreadsheet, a blank line is an empty cell.
  const column = holes && !/[\t;,]|\S +\S/.test(text);
  text
    .replace(STATED, '\n')
    .replace(/^\ufeff/, '')
    .replace(column ? /(\r\n|\r|\n)$/ : /^$/, '')
    .split(/\r\n|\r|\n/)
    .forEach((whole, index) => {
      const line = whole.replace(/#.*$/, '');
      if (line.trim() !== '' || column || (holes && line.includes('\t')))
        found.push({ text: line, number: index + 1, plane });
      else if (whole.trim() === '' && found.length > 0) plane = found[found.length - 1].plane + 1;
    });
  return found;
}

/** Rows and columns, and with three axes planes of them. */
export interface Table extends ParsedNumbers {
  /** 1 for each cell that is empty; missing where none is. */
  readonly holes?: Uint8Array;
}

/** A word as it names a column or a row: whatever else cannot be read is told, never taken for a name. */
const isName = (cell: string, decimalComma: boolean): boolean =>
  /^[\p{L}_]/u.test(cell) && cellValue(cell, decimalComma) === undefined;

type Row = Line & { readonly cells: readonly string[] };

/**
 * The rows without what only names them: a first line of names, and a first column of the rows' own names or numbers,
 * as pandas and R write them; and without an empty last column, which a delimiter at the end of every line makes.
 */
function withoutNames(rows: readonly Row[], decimalComma: boolean): readonly Row[] {
  const named = (cells: readonly string[]): boolean =>
    cells.length > 0 && cells.every((cell) => isName(cell, decimalComma));
  const [first, ...rest] = rows;
  if (rest.length === 0) return rows;
  const [corner, ...columns] = first.cells;
  const width = rest[0].cells.length;
  // An empty corner, or no cell for it at all, says that the first column is the rows' index.
  const hasCorner = corner === '' && columns.length === width - 1 && columns.every((cell) => cell !== '') && width > 1;
  const lacksCorner = first.cells.length === width - 1 && named(first.cells);
  const isHeader = hasCorner || lacksCorner || named(first.cells);
  const body = isHeader ? rest : rows;
  const hasIndex = hasCorner || lacksCorner || (width > 1 && named(body.map(({ cells }) => cells[0] ?? '')));
  const from = hasIndex ? 1 : 0;
  const trailing = width - from > 1 && body.every(({ cells }) => cells.length === width && cells[width - 1] === '');
  if (from === 0 && !trailing) return body;
  return body.map((row) => ({ ...row, cells: row.cells.slice(from, trailing ? width - 1 : undefined) }));
}

/**
 * Rows of numbers as spreadsheets, CSV files, pandas, R and `numpy.savetxt` write them. Blank lines separate planes,
 * which make a third axis. Decimal commas are understood where cells are not separated by commas; names of columns and
 * rows are passed over; `#` begins a comment. An empty cell is NaN; with `holes`, one that is left as it is. Throws a
 * ProblemError that names line and column.
 */
export function parseTable(
  text: string,
  delimiter: Delimiter = detectDelimiter(text),
  { holes = false }: { readonly holes?: boolean } = {},
): Table {
  const lines = linesOf(text, holes);
  const decimalComma = delimiter !== ',' && text.includes(',') && commaIsDecimal(lines, delimiter);
  const all = lines.map((line): Row => ({ ...line, cells: split(line.text, delimiter) }));
  const body = holes ? withoutHeader(all, decimalComma) : withoutNames(all, decimalComma);
  if (body.length === 0) throw damaged('no-numbers', 'There are no numbers in the text.');

  const width = body[0].cells.length;
  // A table has no more cells than characters and one, for an empty cell at the end. Rows times the widest row would
  // promise far more where one line is long and the others are short.
  const values = new Float64Array(Math.min(body.length * width, text.length + 1));
  let empty: Uint8Array | undefined;
  const heights: number[] = [];
  body.forEach(({ cells, number, plane }, row) => {
    if (cells.length !== width)
      throw damaged('ragged', 'Line {0} has {1} cells, the first line has {2}.', number, cells.length, width);
    heights[plane] = (heights[plane] ?? 0) + 1;
    cells.forEach((cell, column) => {
      const at = row * width + column;
      if (cell === '' && (holes || width > 1)) {
        if (holes) (empty ??= new Uint8Array(values.length))[at] = 1;
        else values[at] = NaN;
        return;
      }
      const value = cellValue(cell, decimalComma);
      if (value === undefined) {
        throw damaged('number', 'Line {0}, column {1}: "{2}" is not a number.', number, column + 1, cell.slice(0, 40));
      }
      values[at] = value;
    });
  });
  const planes = heights.filter((height) => height > 0);
  if (planes.some((height) => height !== planes[0])) {
    throw damaged(
      'ragged',
      'The blocks between blank lines have different numbers of lines: {0}.',
      planes.slice(0, 20).join(', '),
    );
  }
  const shape = planes.length > 1 ? [planes.length, planes[0], width] : [planes[0], width];
  return empty ? { shape, values, holes: empty } : { shape, values };
}

/** Of cells on their way into a grid only a first line of names is passed over. */
function withoutHeader(rows: readonly Row[], decimalComma: boolean): readonly Row[] {
  const isHeader = rows.length > 1 && rows[0].cells.every((cell) => isName(cell, decimalComma));
  return isHeader ? rows.slice(1) : rows;
}
