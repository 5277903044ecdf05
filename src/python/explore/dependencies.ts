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
function boundBy(chunk: Chunk): Iterable<string> {
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

const NOTHING: readonly Chunk[] = [];

/**
 * For each top-level statement everything of the file on which it can depend: the statements that bind a word it
 * mentions, and so on. Coarse, but it errs only towards more; as long as all of them are the same objects, so is what
 * follows from them.
 */
export function closures(chunks: readonly Chunk[]): (chunk: Chunk) => readonly Chunk[] {
  const binders = new Map<string, Chunk[]>();
  for (const chunk of chunks) {
    for (const name of boundBy(chunk)) {
      const known = binders.get(name);
      if (known) known.push(chunk);
      else binders.set(name, [chunk]);
    }
  }
  const direct = new Map<Chunk, readonly Chunk[]>();
  const directOf = (chunk: Chunk): readonly Chunk[] => {
    let found = direct.get(chunk);
    if (!found) {
      const reached = new Set<Chunk>();
      for (const word of chunk.words) for (const each of binders.get(word) ?? NOTHING) reached.add(each);
      found = [...reached];
      direct.set(chunk, found);
    }
    return found;
  };
  return (chunk) => {
    const reached = new Set([chunk]);
    for (const each of reached) for (const next of directOf(each)) reached.add(next);
    return [...reached];
  };
}
