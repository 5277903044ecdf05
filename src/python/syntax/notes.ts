import type { ShapeNote } from './ast';

const NOTE =
  /(?:\b([A-Za-z_]\w*)(?:\.shape)?\s*(?::|=|->|is|has shape)\s*)?(?:[Tt]ensor\s*|torch\.Size\s*)?[([]\s*((?:[\w.*+/ -]+\s*[,x×]\s*)+[\w.*+/ -]*)\s*[)\]]/g;
/** Words that may stand before the colon without naming a variable. */
const GENERIC = new Set([
  'shape',
  'shapes',
  'size',
  'input',
  'inputs',
  'in',
  'input_shape',
  'Input',
  'Shape',
  'input_size',
]);
/** What stands before a shape that holds in a case only, or is an example of what another one would become. */
const HYPOTHETICAL = /\b(?:if|when|unless|suppose|would|for example|e\.g\.)(?!.*[.;] )/i;
/** Of a whole shape two axes or three: `# output spatial size: (64, 64)`, `# feature map size (8, 8)`. */
const OF_SOME_AXES =
  /\b(?:spatial(?:ly)?|spat\.|map|image|picture|patch|window|grid|kernel|filter|stride|crop|field)s?\W*$/i;
const DIM = /^(\d+|[A-Za-z_]\w*)$/;

/** A comment that is a shape and nothing else: `# (B, 64, H/2, W/2)`, `# -> [B, N, C]`. */
const BARE = /^#\s*(?:(?:shape\s*[:=]?|[-=]*>)\s*)?[([](.+)[)\]]\s*\.?$/;
/**
 * Names of what a list holds, and of no size: corners, ends, statistics. `# boxes is [x1, y1, x2, y2]` says what stands
 * in a row of them.
 */
const VALUE =
  /^(?:[xyz]\d|d[xyz]|c[xy]|[xyz]_?(?:min|max|center|centre|start|end|lo|hi)|left|right|top|bottom|red|green|blue|min|max|lo|hi|low|high|lower|upper|start|stop|end|begin|mean|std|mu|sigma|var|logvar|key|value|name|label|index|idx|score|class|cls|conf|true|false|none)$/i;
/** `[0, 255]`, `[0, 1]`: a range of values. */
const BEGIN = '0';
/** `(x, y)`, `(x, y, w, h)`, `(r, g, b)`: what begins so is a point or a colour. `(b, c, x, y, z)` is a volume. */
const FIRST = /^[xyzuvr]$/;
/** A number, a name, or what is worked out of them; its parentheses are left out. */
const WORKED_OUT = /^(?:\d+|[A-Za-z_]\w*)(?:\s*(?:\/\/?|[*+-])\s*(?:\d+|[A-Za-z_]\w*))*$/;

const areSizes = (dims: readonly string[]): boolean =>
  dims[0] !== BEGIN && !FIRST.test(dims[0]) && !dims.some((each) => VALUE.test(each));

/** The shape behind a statement that has nothing else behind it; of one size alone nobody knows what it is. */
export function readBareNote(comment: string): ShapeNote | undefined {
  const list = BARE.exec(comment)?.[1];
  const dims = list === undefined ? [] : sizesIn(list);
  return dims.length > 1 && dims.every((each) => WORKED_OUT.test(each.replace(/[()]/g, ''))) && areSizes(dims)
    ? { dims: dims.map((each) => (/^\d+$/.test(each) ? Number(each) : each)), bare: true, trailing: true }
    : undefined;
}

/** What stands between commas, each in parentheses that are closed; nothing where one is closed that was not opened. */
function sizesIn(list: string): readonly string[] {
  const sizes = [''];
  let depth = 0;
  for (const each of list) {
    depth += Number(each === '(') - Number(each === ')');
    if (depth < 0) return [];
    if (each === ',' && depth === 0) sizes.push('');
    else sizes.push(sizes.pop()! + each);
  }
  return depth === 0 ? sizes.map((each) => each.trim()) : [];
}

/** `3, H, x_dim`, `3 x H x W`, `BxCxHxW`: an `x` stands between sizes only where nothing else does. */
function entriesOf(list: string): readonly string[] {
  const between = list.includes(',') ? /,/ : /\s[x×]\s/.test(list) ? /\s[x×]\s/ : /[x×]/;
  return list
    .split(between)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/**
 * Shapes that a comment states: `# x: (N, 3, 64, 64)`, `# shape: [1, 3, H, W]`, `# x.shape = (8, 16)`.
 * A list in which one entry is neither a number nor a name states none; a comment that says only `(a, b)` neither,
 * since in running text that is seldom a shape.
 */
export function readShapeNotes(comment: string): ShapeNote[] {
  if (!comment.includes('(') && !comment.includes('[')) return [];
  const notes: ShapeNote[] = [];
  for (const match of comment.matchAll(NOTE)) {
    const [, label, list] = match;
    const before = comment.slice(0, match.index);
    if (!label || HYPOTHETICAL.test(before) || (GENERIC.has(label) && OF_SOME_AXES.test(before))) continue;
    const dims = entriesOf(list);
    if (dims.length === 0 || !dims.every((each) => DIM.test(each)) || !areSizes(dims)) continue;
    notes.push({
      ...(GENERIC.has(label) ? { word: label } : { name: label }),
      dims: dims.map((each) => (/^\d+$/.test(each) ? Number(each) : each)),
      trailing: false,
    });
  }
  return notes;
}
