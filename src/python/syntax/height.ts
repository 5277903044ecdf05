import type { Statement } from './ast';
import { Chunk } from './chunk';

/**
 * How deep a tree may be that is gone through by functions that call themselves. Operators and members that follow each
 * other make it as deep as they are many, with no bracket to count: `1 + 1 + …`.
 */
const TALLEST = 1_000;

/** Whether a statement with so many operators, members and calls is deeper than that. */
export const isTooTall = (statement: Statement, links: number): boolean =>
  links > TALLEST && reaches(statement, TALLEST);

function reaches(part: unknown, more: number): boolean {
  if (typeof part !== 'object' || part === null || part instanceof Chunk) return false;
  return more === 0 || Object.values(part).some((each) => reaches(each, more - 1));
}
