import { type SyntaxNode, type Tree, TreeBuffer, TreeFragment } from '@lezer/common';
import { parser } from '@lezer/python';
import { Chunk } from './chunk';
import type { ShapeNote } from './ast';
import { type GoodFile, goodFile, withLastGood } from './lastGood';
import { changedRegion } from './region';
import { readShapeNotes } from './notes';

/**
 * @lezer/python was chosen over web-tree-sitter (0.27) with tree-sitter-python (0.25). Measured on Node 20, a dense
 *   file of
 * 1,999 lines (70 KB) / torch's conv.py: whole parse 37 / 12 ms against 31 / 12 ms; after one key press 1.7 / 0.3 ms
 * against 3.0 / 1.1 ms; walking the whole tree 16 / 1.6 ms against 48 / 8.8 ms (every node crosses into WebAssembly).
 * Bundled and minified 90 KB of plain JavaScript against 156 KB + 668 KB of WebAssembly, which a web extension host
 * would have to load asynchronously and a .vsix below 1 MB could not spare. Both recover from errors.
 */
export interface ParsedFile {
  readonly text: string;
  readonly tree: Tree;
  readonly chunks: readonly Chunk[];
  readonly broken: boolean;
  /** The last version that parsed as a whole, kept while this one does not. */
  readonly good?: GoodFile;
}

/** Parses a file, reusing the tree and the chunks of its last version as far as the text is the same. */
export function parseFile(path: string, text: string, previous?: ParsedFile): ParsedFile {
  if (previous?.text === text) return previous;
  const tree = parser.parse(text, previous ? fragmentsOf(previous, text) : undefined);
  const known = new Map<string, Chunk[]>();
  for (const chunk of new Set([...(previous?.chunks ?? []), ...(previous?.good?.chunks ?? [])])) {
    if (chunk.hasError) continue;
    const same = known.get(chunk.text);
    if (same) same.push(chunk);
    else known.set(chunk.text, [chunk]);
  }
  const chunks = topLevel(tree, text).map(({ node, notes }) => {
    const source = text.slice(node.from, node.to);
    const candidates = known.get(source);
    const at = candidates?.findIndex((each) => sameNotes(each.notes, notes)) ?? -1;
    if (candidates && at >= 0) {
      const [kept] = candidates.splice(at, 1);
      kept.place(node.from);
      return kept;
    }
    return new Chunk(node, source, path, notes, hasError(node));
  });
  if (!chunks.some((chunk) => chunk.hasError) && !topLevelError(tree)) return { text, tree, chunks, broken: false };
  const good = previous?.good ?? (previous && !previous.broken ? goodFile(previous) : undefined);
  return { text, tree, chunks: good ? withLastGood(text, chunks, good) : chunks, broken: true, good };
}

function fragmentsOf(previous: ParsedFile, text: string): readonly TreeFragment[] {
  const { from, toBefore, toAfter } = changedRegion(previous.text, text);
  return TreeFragment.applyChanges(TreeFragment.addTree(previous.tree), [
    { fromA: from, toA: toBefore, fromB: from, toB: toAfter },
  ]);
}

function topLevel(tree: Tree, text: string): { node: SyntaxNode; notes: ShapeNote[] }[] {
  const found: { node: SyntaxNode; notes: ShapeNote[] }[] = [];
  let waiting: ShapeNote[] = [];
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    if (node.name === 'Comment') {
      const notes = readShapeNotes(text.slice(node.from, node.to));
      const last = found.at(-1);
      if (notes.length === 0) continue;
      if (
        last &&
        !text
          .slice(last.node.to - 1, node.from)
          .trimEnd()
          .includes('\n')
      )
        last.notes.push(...notes.map((note) => ({ ...note, trailing: true })));
      else waiting.push(...notes);
    } else if (!node.type.isError) {
      found.push({ node, notes: waiting });
      waiting = [];
    }
  }
  return found;
}

const sameNotes = (a: readonly ShapeNote[], b: readonly ShapeNote[]): boolean =>
  a.length === b.length && JSON.stringify(a) === JSON.stringify(b);

function topLevelError(tree: Tree): boolean {
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) if (node.type.isError) return true;
  return false;
}

/** Error nodes have type 0 in the tree's packed buffers: scanning those is ten times faster than a cursor. */
function hasError(node: SyntaxNode): boolean {
  if (node.tree) return treeHasError(node.tree);
  const cursor = node.cursor();
  do {
    if (cursor.type.isError) return true;
  } while (cursor.next() && cursor.from <= node.to);
  return false;
}

function treeHasError(tree: Tree): boolean {
  if (tree.type.isError) return true;
  return tree.children.some((child) => {
    if (child instanceof TreeBuffer) {
      for (let at = 0; at < child.buffer.length; at += 4) if (child.set.types[child.buffer[at]].isError) return true;
      return false;
    }
    return treeHasError(child);
  });
}
