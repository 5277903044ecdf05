import type { FunctionDefinition } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';

/** What of a statement counts when it is run to define something: all but the bodies of its functions. */
interface Heads {
  /** The text without them. */
  readonly text: string;
  /** Every part of the tree outside of them, in order. */
  readonly nodes: readonly object[];
}

const isFunction = (node: object): node is FunctionDefinition =>
  (node as { readonly kind?: unknown }).kind === 'function' && 'bodyStart' in node;

function headsOf(chunk: Chunk): Heads | undefined {
  const { kind } = chunk.statement;
  if (kind !== 'function' && kind !== 'class') return undefined;
  const nodes: object[] = [];
  const pieces: string[] = [];
  let from = 0;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || node === chunk) return;
    nodes.push(node);
    if (isFunction(node)) {
      pieces.push(chunk.text.slice(from, node.bodyStart));
      from = node.end;
    }
    for (const part of Object.values(node)) visit(part);
  };
  visit(chunk.statement);
  pieces.push(chunk.text.slice(from), JSON.stringify(chunk.notes));
  return { text: pieces.join('\n'), nodes };
}

/** The parts of a definition that are there as soon as it has been run, itself among them. */
export const nodesOf = (chunk: Chunk): ReadonlySet<object> => new Set([chunk, ...(headsOf(chunk)?.nodes ?? [])]);

/**
 * For each part of a definition what stands in its place in another that differs in the bodies of its functions alone:
 * to run one defines the same as to run the other. `undefined` where they differ in more.
 */
export function counterparts(old: Chunk, fresh: Chunk): ReadonlyMap<object, object> | undefined {
  const [before, now] = [headsOf(old), headsOf(fresh)];
  if (!before || !now || before.text !== now.text || before.nodes.length !== now.nodes.length) return undefined;
  return new Map<object, object>([[old, fresh], ...before.nodes.map((node, at) => [node, now.nodes[at]] as const)]);
}
