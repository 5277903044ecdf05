import { damaged } from './format';
import { nonFinite } from './numbers';

/** Numbers and the shape that the brackets around them have. */
export interface ParsedNumbers {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

const DEEPEST = 32;
/**
 * One token: a bracket, a comma, an ellipsis, or a word that should be a number. Sticky, so that nothing is skipped.
 */
const TOKEN = /\s*([[\](),]|\.\.\.|…|[^\s[\](),]+)/y;
/** A decimal with a point, and nothing else. */
export const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/**
 * `torch.tensor(`, `array(`, `np.array(` …; PyTorch before 1.0 also printed a common factor: `tensor(1e-05 * [[…]])`.
 */
const CALL =
  /\s*(?:Parameter containing:\s*)?(?:[\w.]*\b)?(?:tensor|array|asarray|Array|Tensor)\(\s*(?:([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*\*\s*)?(?=[[(+\-.\dnitfTF])/y;
/** `<tf.Tensor: shape=(2, 2), dtype=float32, numpy=` before the array, and its `>` after it. */
const TENSORFLOW = /\s*<tf\.(?:Tensor|Variable)\b[^\n]*?numpy=\s*/y;

export const looksBracketed = (text: string): boolean =>
  /^\s*(?:[[(]|<tf\.|Parameter containing:|[\w.]*(?:tensor|array|Array|Tensor)\()/.test(text);

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

export function parseNumber(word: string): number | undefined {
  if (NUMBER.test(word)) return Number(word);
  const plain = word.replace(/^[−–]/, '-');
  if (NUMBER.test(plain)) return Number(plain);
  if (plain === 'True' || plain === 'true') return 1;
  if (plain === 'False' || plain === 'false') return 0;
  return nonFinite(plain);
}

/** NumPy 2 prints its scalars with their type: `np.float32(1.5)`, `np.True_`. */
const SCALAR = /\b(?:np|numpy|jnp)\.(?:(?:float|int|uint|longdouble|bool_?)\d*\(([^()[\]]*)\)|(True|False)_)/g;

/** What stands between the last bracket of an array and the next one: its type, a closing bracket, a name. */
const BETWEEN =
  /[\s;]*(?:,\s*(?:dtype|device|requires_grad|grad_fn|size|shape|names|layout|weak_type)\b[^\n()]*(?:\([^\n()]*\)[^\n()]*)*)?\)?>?[\s,;]*(?:[A-Za-z_]\w*\s*[=:]\s*)?/y;

/** So many arrays stand in no text that anyone pastes. */
const MOST_ARRAYS = 100_000;

/**
 * All arrays of a text, one after another: nested lists as JSON, Python, NumPy and PyTorch print them. What is no array
 * behind the last one is not looked at. Throws a ProblemError that names the line.
 */
export function parseArrays(printed: string): readonly ParsedNumbers[] {
  const text = printed.includes('.') ? printed.replace(SCALAR, '$1$2') : printed;
  const arrays: ParsedNumbers[] = [];
  let at = 0;
  do {
    const { array, end } = parseBracketed(text, at);
    arrays.push(array);
    BETWEEN.lastIndex = end;
    at = end + (BETWEEN.exec(text)?.[0].length ?? 0);
  } while (arrays.length < MOST_ARRAYS && looksBracketed(text.slice(at, at + 200)));
  return arrays;
}

/**
 * One array that begins at `from`; commas between numbers may be missing, as in NumPy's. Answers where it ends: what
 * follows its outermost bracket (`, dtype=torch.float64)`) is not looked at. Not recursive: a million brackets are only
 * too deep.
 */
function parseBracketed(text: string, from: number): { readonly array: ParsedNumbers; readonly end: number } {
  TENSORFLOW.lastIndex = from;
  const tensorFlow = TENSORFLOW.exec(text)?.[0].length ?? 0;
  CALL.lastIndex = from + tensorFlow;
  const call = CALL.exec(text);
  const factor = call?.[1] === undefined ? 1 : Number(call[1]);
  TOKEN.lastIndex = from + tensorFlow + (call?.[0].length ?? 0);

  const values: number[] = [];
  /** Entries so far in each open list, its closing bracket, and the first complete list's length at each depth. */
  const counts: number[] = [];
  const closers: string[] = [];
  const lengths: number[] = [];
  let numberDepth = -1;
  let comma = false;
  const refuse = (code: string, template: string, ...args: (string | number)[]): Error =>
    damaged(code, template, lineOf(text, TOKEN.lastIndex), ...args);

  for (;;) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw refuse('brackets', 'Line {0}: the text ends before its brackets are closed.');
    if (token === '...' || token === '…') {
      throw refuse(
        'ellipsis',
        'Line {0}: the text is abridged with "...". Print it whole: numpy.set_printoptions(threshold=sys.maxsize) or torch.set_printoptions(profile="full").',
      );
    }
    if (token === ',') {
      if (comma || counts.length === 0 || counts[counts.length - 1] === 0)
        throw refuse('comma', 'Line {0}: a comma without a value before it.');
      comma = true;
    } else if (token === '[' || token === '(') {
      if (counts.length === DEEPEST)
        throw refuse('deep', 'Line {0}: the lists are nested more than {1} deep.', DEEPEST);
      if (counts.length === numberDepth) throw refuse('ragged', 'Line {0}: a list stands where a number was expected.');
      if (counts.length > 0) counts[counts.length - 1]++;
      counts.push(0);
      closers.push(token === '[' ? ']' : ')');
      comma = false;
    } else if (token === ']' || token === ')') {
      const count = counts.pop();
      if (count === undefined || closers.pop() !== token)
        throw refuse('brackets', 'Line {0}: the bracket "{1}" does not fit.', token);
      const depth = counts.length;
      if (count === 0) throw refuse('empty-list', 'Line {0}: a list has no entries.');
      if (numberDepth === depth + 1 || lengths[depth + 1] !== undefined) lengths[depth] ??= count;
      if (lengths[depth] !== count)
        throw refuse('ragged', 'Line {0}: a list has {1} entries where the first has {2}.', count, lengths[depth] ?? 0);
      comma = false;
      if (depth === 0) break;
    } else {
      const value = parseNumber(token);
      if (value === undefined) throw refuse('number', 'Line {0}: "{1}" is not a number.', token.slice(0, 40));
      if (numberDepth === -1) numberDepth = counts.length;
      if (counts.length !== numberDepth) throw refuse('ragged', 'Line {0}: a number stands where a list was expected.');
      values.push(value * factor);
      if (counts.length === 0) break;
      counts[counts.length - 1]++;
      comma = false;
    }
  }
  const array = { shape: lengths.slice(0, Math.max(0, numberDepth)), values: Float64Array.from(values) };
  return { array, end: TOKEN.lastIndex };
}
