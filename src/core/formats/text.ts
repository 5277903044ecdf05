import { strFromU8 } from 'fflate';
import type { Tensor } from '../operation';
import { ProblemError, problem } from '../problem';
import { type Checked, check } from '../door';
import { looksBracketed, parseArrays } from './bracketed';
import {
  type Contents,
  type Format,
  type LoadHow,
  type ReadOptions,
  checkedCount,
  damaged,
  hasExtension,
  shapeText,
} from './format';
import { loadKept } from './placed';
import type { ByteSource } from './source';
import { type Delimiter, parseTable } from './table';

/**
 * What a character may cost: the text itself, and at most one number of 8 bytes, once copied, for every two characters.
 */
export const BYTES_PER_CHARACTER = 10;

/** All tensors in a text: printed arrays one after another, or the one of a table. Throws a ProblemError. */
function parseAll(text: string, options: ReadOptions, delimiter?: Delimiter): readonly Tensor[] {
  if (text.length * BYTES_PER_CHARACTER > options.limit) {
    throw damaged(
      'text-long',
      'The text is {0} characters long; at most {1} are read.',
      text.length,
      Math.floor(options.limit / BYTES_PER_CHARACTER),
    );
  }
  const isPrinted = delimiter === undefined && looksBracketed(text);
  const found = isPrinted ? parseArrays(text) : [parseTable(text, delimiter)];
  return found.map(({ shape, values }) => {
    const sized = shape.length === 0 ? [1] : shape;
    checkedCount(sized, 8, options);
    return { dtype: 'float64', shape: sized, data: values };
  });
}

/** Arrays of one shape as one, along a new first axis; undefined where their shapes differ. */
function stacked(tensors: readonly Tensor[]): Tensor | undefined {
  const [first] = tensors;
  if (tensors.length === 1) return first;
  if (tensors.some(({ shape }) => shape.join() !== first.shape.join())) return undefined;
  const data = new Float64Array(tensors.length * first.data.length);
  tensors.forEach((tensor, at) => {
    data.set(tensor.data, at * first.data.length);
  });
  return { dtype: 'float64', shape: [tensors.length, ...first.shape], data };
}

/** The one tensor of a text. Throws a ProblemError where there are several that are not of one shape. */
function parse(text: string, options: ReadOptions): Tensor {
  const tensors = parseAll(text, options);
  const one = stacked(tensors);
  if (one) return one;
  throw damaged(
    'several',
    'There are {0} arrays of different shapes in the text, {1} and {2} among them. Which one is meant?',
    tensors.length,
    shapeText(tensors[0].shape),
    shapeText(tensors.find(({ shape }) => shape.join() !== tensors[0].shape.join())?.shape ?? []),
  );
}

/**
 * Numbers from the clipboard: NumPy's and PyTorch's printed form, nested lists, or cells copied from a
 * spreadsheet. The shape is that of the brackets; rows and columns for cells. Never throws.
 */
export function parsePastedText(text: string, options: ReadOptions): Checked<Tensor> {
  return check(() => {
    if (text.trim() === '')
      throw new ProblemError([
        problem({ code: 'file-no-numbers', field: 'file', template: 'There are no numbers in the text.' }),
      ]);
    return parse(text, options);
  });
}

function contents(bytes: ByteSource, source: string, options: ReadOptions, delimiter?: Delimiter): Contents {
  if (bytes.size * BYTES_PER_CHARACTER > options.limit) {
    throw damaged(
      'text-long',
      'The text is {0} characters long; at most {1} are read.',
      bytes.size,
      Math.floor(options.limit / BYTES_PER_CHARACTER),
    );
  }
  const text = decodeText(bytes.read(0, bytes.size));
  const all = parseAll(text, options, delimiter);
  const one = stacked(all);
  const entries = (one ? [one] : all).map((tensor, at) => ({
    name: one ? '' : String(at),
    shape: tensor.shape,
    source,
    load: (how?: LoadHow) => loadKept(tensor, options, how),
  }));
  return { entries, left: [] };
}

/** UTF-8, or UTF-16 with a byte-order mark, which is what spreadsheets call "Unicode text". */
function decodeText(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!utf16 && bytes.subarray(0, 4096).includes(0))
    throw damaged('binary', 'The file is not text: it holds zero bytes.');
  if (!utf16) return strFromU8(bytes);
  const units: string[] = [];
  for (let at = 2; at + 1 < bytes.length; at += 2) units.push(String.fromCharCode(bytes[at] | (bytes[at + 1] << 8)));
  return units.join('');
}

/** Comma-separated, or with semicolons where the comma is the decimal mark. */
export const csv: Format = {
  id: 'csv',
  extensions: ['csv'],
  match: (_head, name) => hasExtension(name, ['csv']),
  read: (bytes, options) => contents(bytes, 'CSV', options),
};

export const tsv: Format = {
  id: 'tsv',
  extensions: ['tsv', 'tab'],
  match: (_head, name) => hasExtension(name, ['tsv', 'tab']),
  read: (bytes, options) => contents(bytes, 'TSV', options, '\t'),
};

/** A printed array, a JSON list, or columns, told apart by the first character. */
export const plainText: Format = {
  id: 'text',
  extensions: ['txt', 'json'],
  match: (_head, name) => hasExtension(name, ['txt', 'json']) && !hasExtension(name, ['tconv.json']),
  read: (bytes, options) => contents(bytes, 'text', options),
};
