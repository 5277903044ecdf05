import type { FunctionDefinition, Lambda } from '../syntax/ast';

type Dims = readonly (number | string)[];

/** A line that tells of a parameter: `x (Tensor): …`, `x : Tensor, …`, `:param x: …`, `- x: …`. */
const ENTRY =
  /^[ \t]*(?:[-*][ \t]+)?(?::param[ \t]+(?:[\w.[\]]+[ \t]+)?)?`{0,2}\*{0,2}(\w+)\*{0,2}`{0,2}[ \t]*(?:\(([^()]*)\))?[ \t]*:[ \t]*(.*)$/;
/** A list of sizes, each a number or a name. */
const LIST = /[([][ \t]*((?:\d+|[A-Za-z_]\w*)(?:[ \t]*[,x×][ \t]*(?:\d+|[A-Za-z_]\w*))+)[ \t]*[)\]]/g;
/** Of a tensor: what else stands in parentheses behind a name may be a pair of numbers, or a choice of words. */
const OF_TENSOR = /\b(?:shape|tensor|size|dims?|dimensions?)\b|^[ \t]*[([]/i;
/** A parameter that is no tensor, by what is said of its type. */
const OTHER = /\b(?:int|float|bool|str|string|tuple|list|dict|sequence|callable|iterable|union)\b/i;
/** A parameter that is told to be sizes itself, by its name: `window_size: (height, width)`. */
const SIZES = /(?:^|_)(?:sizes?|shapes?|dims?|stride|padding|kernel)$/i;
/** What holds in a case only, or says several things. */
const DOUBTFUL = /\b(?:if|when|unless|or|either|e\.g\.|for example|optional(?:ly)?)\b/i;

/**
 * The shapes that a docstring gives to the parameters of a function, in the style of Google, NumPy or Sphinx. One that
 * says two things of a parameter, or says it of a case, gives none.
 */
export function docstringShapes(definition: FunctionDefinition | Lambda): ReadonlyMap<string, Dims> {
  const text = definition.kind === 'function' ? docstringOf(definition) : undefined;
  if (text === undefined) return new Map();
  const names = new Set(definition.parameters.map(({ name }) => name));
  const found = new Map<string, Dims>();
  const told = new Set<string>();
  const lines = text.split('\n');
  lines.forEach((line, index) => {
    const [, name, type = '', rest] = ENTRY.exec(line) ?? [];
    if (name === undefined || !names.has(name)) return;
    const dims =
      OTHER.test(type) || SIZES.test(name) ? undefined : shapeIn([type, rest, ...goesOn(lines, index)].join(' '));
    if (dims && !told.has(name)) found.set(name, dims);
    else found.delete(name);
    told.add(name);
  });
  return found;
}

function docstringOf(definition: FunctionDefinition): string | undefined {
  const [first] = definition.body();
  return first?.kind === 'expression' && first.value.kind === 'string' ? first.value.value : undefined;
}

/** The lines below an entry that are further in than it is. */
function goesOn(lines: readonly string[], index: number): readonly string[] {
  const depth = (line: string): number => line.search(/\S/);
  const after = lines.slice(index + 1);
  const end = after.findIndex((line) => depth(line) <= depth(lines[index]));
  return end < 0 ? after : after.slice(0, end);
}

function shapeIn(text: string): Dims | undefined {
  if (!OF_TENSOR.test(text) || DOUBTFUL.test(text)) return undefined;
  const lists = Array.from(text.matchAll(LIST), ([, list]) => list);
  if (lists.length !== 1) return undefined;
  return lists[0].split(/[,x×]/).map((each) => {
    const size = each.trim();
    return /^\d+$/.test(size) ? Number(size) : size;
  });
}
