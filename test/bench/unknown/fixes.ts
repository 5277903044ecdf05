// What `check --why` offers for a tensor whose shape is not known, carried out in the text as a user would.
import type { Dim, LineShape, ModuleAnalysis, TextEdit } from '../../../src/python';
import { lineAt } from '../../../src/python/syntax/ignores';

export interface Fix {
  readonly title: string;
  readonly edit: TextEdit;
}

export const edited = (text: string, { span, text: put }: TextEdit): string =>
  text.slice(0, span.start) + put + text.slice(span.end);

/** What a user would write who knows the shape: ours are guessed by rank, the most frequent first. */
const SHAPES: readonly (readonly number[])[] = [[1, 3, 64, 64], [1, 16, 64], [1, 16], [16], [1, 3, 16, 64, 64]];
/** Sizes for those that have names: of the batch, of channels, and of others, which must not be too small. */
const BATCH = 1;
const CHANNELS: readonly number[] = [3, 64, 1, 32, 256];
const OTHERS: readonly number[] = [64, 572];

const shape = (dims: readonly Dim[]): string => (dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(', ')})`);

/** A shape of which some sizes are known and others are names: those become numbers. */
const filled = (dims: readonly Dim[]): readonly (readonly number[])[] =>
  OTHERS.flatMap((other) =>
    (typeof dims[1] === 'string' ? CHANNELS : [other]).map((channels) =>
      dims.map((dim, axis) => (typeof dim === 'number' ? dim : axis === 0 ? BATCH : axis === 1 ? channels : other)),
    ),
  );

/**
 * The fix that is offered for a line, with the shape among those that are likely that makes it known, if one does.
 * `read` reads a changed text.
 */
export function fixFor(
  text: string,
  analysis: ModuleAnalysis,
  line: LineShape,
  read: (text: string) => ModuleAnalysis,
): Fix | undefined {
  const key = line.why[0]?.inputKey;
  const likely = key === undefined ? shapesFor(line) : shapesOfInput(analysis, key);
  const fixes = likely.flatMap((dims) => written(text, line, key, dims) ?? []);
  const count = (each: ModuleAnalysis): number =>
    (each.lines ?? []).filter(({ shapes, why: own }) => shapes.length > 0 && own.length === 0).length;
  const [first] = fixes;
  // The best is the one after which most is known: a layer refuses a shape of another rank.
  return fixes
    .map((fix) => ({ fix, known: fixes.length === 1 ? 0 : count(read(edited(text, fix.edit))) }))
    .reduce((best, each) => (each.known > best.known ? each : best), { fix: first, known: -1 }).fix;
}

const shapesFor = ({ shapes }: LineShape): readonly (readonly number[])[] =>
  shapes.length > 0 ? filled(shapes[0]) : SHAPES;

/** What an input may be, from what its uses have told of it. */
function shapesOfInput({ inputs, networks = [] }: ModuleAnalysis, key: string): readonly (readonly number[])[] {
  const own = inputs.find((each) => each.key === key)?.shape;
  const taken = networks
    .flatMap(({ name, entry, inputs: each }) =>
      each.map((input) => ({ ...input, key: `${name}.${entry}:${input.name}` })),
    )
    .find((each) => each.key === key)?.shape;
  const known = own ?? taken;
  return known ? filled(known) : SHAPES;
}

function written(text: string, line: LineShape, key: string | undefined, dims: readonly number[]): Fix | undefined {
  if (key !== undefined) return begun(text, key, dims);
  if (line.name !== 'return') {
    const end = lineAt(text, line.behind).end;
    const put = `  # ${line.name}: ${shape(dims)}`;
    return { title: `behind the line:${put}`, edit: { span: { start: line.behind, end }, text: put } };
  }
  const start = text.lastIndexOf('return', line.span.start);
  const end = lineAt(text, line.behind).end;
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
  const value = text.slice(line.span.start, line.behind);
  const put = `result = ${value}  # result: ${shape(dims)}\n${indent}return result`;
  return {
    title: `returned under a name: # result: ${shape(dims)}`,
    edit: { span: { start, end }, text: put },
  };
}

/** A comment at the beginning of the function that an input's key names: `UNet.forward:x`. */
function begun(text: string, key: string, dims: readonly number[]): Fix | undefined {
  const at = key.lastIndexOf(':');
  const [path, parameter] = [key.slice(0, at).split('.'), key.slice(at + 1)];
  let from = 0;
  for (const name of path) {
    const found = new RegExp(`^[ \\t]*(?:class|(?:async[ \\t]+)?def)[ \\t]+${name}\\b`, 'm').exec(text.slice(from));
    if (!found) return undefined;
    from += found.index + found[0].length;
  }
  // The header ends with the first colon outside of brackets.
  let depth = 0;
  let end = from;
  for (; end < text.length && !(depth === 0 && text[end] === ':'); end++) {
    if ('([{'.includes(text[end])) depth++;
    if (')]}'.includes(text[end])) depth--;
  }
  const rest = /^:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*([ \t]+)/.exec(text.slice(end));
  if (!rest) return undefined;
  const line = text.indexOf('\n', end) + 1;
  const put = `${rest[1]}# ${parameter}: ${shape(dims)}\n`;
  return {
    title: `at the beginning of ${key}: ${shape(dims)}`,
    edit: { span: { start: line, end: line }, text: put },
  };
}
