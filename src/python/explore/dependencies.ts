import type { Expression, Statement } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';

function namesIn(target: Expression): string[] {
  if (target.kind === 'name') return [target.name];
  return target.kind === 'tuple' || target.kind === 'list' ? target.items.flatMap(namesIn) : [];
}

/**
 * Names that a top-level statement binds. One that may change other things as well is taken to bind all that it
 * mentions.
 */
export function boundBy(chunk: Chunk): Iterable<string> {
  const { statement } = chunk;
  switch (statement.kind) {
    case 'function':
    case 'class':
      return [statement.name];
    case 'assign':
      return isPlain(statement) ? statement.targets.flatMap(namesIn) : chunk.words;
    case 'pass':
      return [];
    case 'import':
    case 'from':
      return chunk.words;
    default:
      return chunk.words;
  }
}

const isPlain = (statement: Statement & { kind: 'assign' }): boolean =>
  statement.targets.every((target) => target.kind === 'name' || target.kind === 'tuple');

/** What a file's statements depend on, see `dependenciesOf`. */
export interface Dependencies {
  /** The mark of a statement of the file; of another one, what is the same as no mark. */
  of(chunk: Chunk): number;
  readonly chunks: readonly Chunk[];
  readonly graph: Graph;
  /** Of each node of the graph. */
  readonly found: Float64Array;
  /** Of each component of the graph: what its mark stands for. */
  readonly keys: readonly string[];
}

/** Which statement leads to which word, and which word to which statement. */
interface Graph {
  /** From each statement, then from each word. */
  readonly edges: readonly (readonly number[])[];
  /** The strongly connected components, each after all that it leads to, its nodes in the order of the file. */
  readonly components: readonly (readonly number[])[];
  /** Which of them each node is in. */
  readonly componentOf: Int32Array;
}

let marksMade = 0;

/**
 * For each top-level statement a mark of all of the file on which it can depend: the statements that bind a word it
 * mentions, and so on. Coarse, but it errs only towards more: as long as the mark is the same, all those statements are
 * the same objects, and those that bind a word do so in the same order. To list them instead took time by the cube of
 * their number where each statement of a long script changes one and the same list.
 * @param last Those of the last reading, from which the same things get the same marks. A key press seldom changes
 * which words a statement has: then what leads to what is as it was, and only marks on the way to it are made anew.
 */
export function dependenciesOf(chunks: readonly Chunk[], last: Dependencies | undefined): Dependencies {
  const same = last && isLikeLast(chunks, last.chunks);
  const graph = same ? last.graph : graphOf(chunks);
  // Where what leads to what is the same, what is not as it was has not been before.
  const marks = new Map(
    same ? [] : last?.graph.components.map(([node], index) => [last.keys[index], last.found[node]] as const),
  );
  const found = new Float64Array(graph.edges.length);
  const { edges, components, componentOf } = graph;
  const isAsBefore = (node: number): boolean =>
    chunks[node] === last!.chunks[node] &&
    edges[node].every((next) => componentOf[next] === componentOf[node] || found[next] === last!.found[next]);
  const markOf = (key: string): number => {
    let mark = marks.get(key);
    if (mark === undefined) marks.set(key, (mark = ++marksMade));
    return mark;
  };
  const sideOf = (node: number, placeOf: (next: number) => number): string => {
    let side = `${(chunks[node] as Chunk | undefined)?.number ?? ''}:`;
    for (const next of edges[node]) {
      const place = placeOf(next);
      side += place < 0 ? `${found[next]},` : `.${place},`;
    }
    return side;
  };
  const keyOf = (nodes: readonly number[]): string => {
    const [only] = nodes;
    // Nearly all: nothing to bring into an order.
    if (nodes.length === 1) return sideOf(only, (next) => (next === only ? 0 : -1));
    const within = new Map(nodes.map((node, index) => [node, index]));
    return nodes.map((node) => sideOf(node, (next) => within.get(next) ?? -1)).join(' ');
  };
  const keys = components.map((nodes, index) => {
    const kept = same && nodes.every(isAsBefore) ? last.keys[index] : undefined;
    const key = kept ?? keyOf(nodes);
    const mark = kept === undefined ? markOf(key) : last!.found[nodes[0]];
    for (const node of nodes) found[node] = mark;
    return key;
  });
  const places = new Map(chunks.map((chunk, index) => [chunk, index]));
  const of = (chunk: Chunk): number => {
    const at = places.get(chunk);
    return at === undefined ? NaN : found[at];
  };
  return { of, chunks, graph, found, keys };
}

/** Whether each statement is that of the last reading, or has the same words and binds the same. */
const isLikeLast = (chunks: readonly Chunk[], last: readonly Chunk[]): boolean =>
  chunks.length === last.length &&
  chunks.every(
    (chunk, index) =>
      chunk === last[index] ||
      (isAlike(chunk.words, last[index].words) && isAlike(boundBy(chunk), boundBy(last[index]))),
  );

function isAlike(some: Iterable<string>, others: Iterable<string>): boolean {
  const rest = others[Symbol.iterator]();
  for (const each of some) {
    const next = rest.next();
    if (next.done || next.value !== each) return false;
  }
  return rest.next().done === true;
}

/** From each statement to the words that it mentions, and from each word to the statements that bind it, in order. */
function graphOf(chunks: readonly Chunk[]): Graph {
  const words = new Map<string, number[]>();
  for (const [index, chunk] of chunks.entries()) {
    for (const name of boundBy(chunk)) {
      const known = words.get(name);
      if (!known) words.set(name, [index]);
      else if (known[known.length - 1] !== index) known.push(index);
    }
  }
  const nodes = new Map<string, number>();
  for (const word of words.keys()) nodes.set(word, chunks.length + nodes.size);
  const mentioned = chunks.map((chunk) => {
    const found: number[] = [];
    for (const word of chunk.words) {
      const node = nodes.get(word);
      if (node !== undefined) found.push(node);
    }
    return found;
  });
  const edges = [...mentioned, ...words.values()];
  const components: (readonly number[])[] = [];
  const componentOf = new Int32Array(edges.length);
  tellComponents(edges, (nodes) => {
    for (const node of nodes) componentOf[node] = components.length;
    components.push(nodes.sort((a, b) => a - b));
  });
  return { edges, components, componentOf };
}

/**
 * The strongly connected components of a graph, each after all that it leads to (Tarjan, 1972), without recursion: a
 * chain of statements may be longer than the stack is deep.
 */
function tellComponents(edges: readonly (readonly number[])[], tell: (nodes: number[]) => void): void {
  const order = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const next = new Int32Array(edges.length);
  const isOpen = new Uint8Array(edges.length);
  const open: number[] = [];
  const path: number[] = [];
  let count = 0;
  const enter = (node: number): void => {
    order[node] = low[node] = count++;
    isOpen[node] = 1;
    open.push(node);
    path.push(node);
  };
  const leave = (node: number): void => {
    path.pop();
    const above = path[path.length - 1] as number | undefined;
    if (above !== undefined) low[above] = Math.min(low[above], low[node]);
    if (low[node] !== order[node]) return;
    const nodes = open[open.length - 1] === node ? [open.pop()!] : open.splice(open.lastIndexOf(node));
    for (const each of nodes) isOpen[each] = 0;
    tell(nodes);
  };
  for (let root = 0; root < edges.length; root++) {
    if (order[root] < 0) enter(root);
    while (path.length > 0) {
      const node = path[path.length - 1];
      if (next[node] === edges[node].length) {
        leave(node);
        continue;
      }
      const to = edges[node][next[node]++];
      if (order[to] < 0) enter(to);
      else if (isOpen[to]) low[node] = Math.min(low[node], order[to]);
    }
  }
}
