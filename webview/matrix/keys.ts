import type { MatrixCounts } from '../../src/core/matrix/density';
import type { Place } from './scene';
import type { Extent } from './viewport';

/** What a key asks for. */
export type KeyAction =
  { readonly case: 'move'; readonly to: Place } | { readonly case: 'pin' | 'in' | 'out' | 'fit' | 'leave' };

export interface KeyContext {
  readonly from: Place;
  readonly extent: Extent;
  readonly counts: MatrixCounts;
  /** Rows of one page. */
  readonly page: number;
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * Arrows, Home, End and pages as in any grid; with Ctrl, arrows go to the next entry and Home and End to the corners.
 */
export function keyAction(event: Key, context: KeyContext): KeyAction | undefined {
  if (event.altKey) return undefined;
  switch (event.key) {
    case 'Enter':
      return { case: 'pin' };
    case '+':
    case '=':
      return { case: 'in' };
    case '-':
      return { case: 'out' };
    case '0':
      return { case: 'fit' };
    case 'Escape':
      return { case: 'leave' };
    default: {
      const to = event.ctrlKey || event.metaKey ? jump(event.key, context) : step(event.key, context);
      return to && { case: 'move', to };
    }
  }
}

function step(key: string, { from: { row, column }, extent: { rows, columns }, page }: KeyContext): Place | undefined {
  switch (key) {
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(columns - 1, column + 1) };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(rows - 1, row + 1), column };
    case 'PageUp':
      return { row: Math.max(0, row - page), column };
    case 'PageDown':
      return { row: Math.min(rows - 1, row + page), column };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    default:
      return undefined;
  }
}

/** The next entry that way, or the last cell. */
function jump(key: string, { from, extent: { rows, columns }, counts }: KeyContext): Place | undefined {
  const { row, column } = from;
  switch (key) {
    case 'ArrowLeft':
      return counts.lastIn({ top: row, bottom: row + 1, left: 0, right: column }) ?? { row, column: 0 };
    case 'ArrowRight':
      return (
        counts.firstIn({ top: row, bottom: row + 1, left: column + 1, right: columns }) ?? { row, column: columns - 1 }
      );
    case 'ArrowUp':
      return counts.lastIn({ top: 0, bottom: row, left: column, right: column + 1 }) ?? { row: 0, column };
    case 'ArrowDown':
      return (
        counts.firstIn({ top: row + 1, bottom: rows, left: column, right: column + 1 }) ?? { row: rows - 1, column }
      );
    case 'Home':
      return { row: 0, column: 0 };
    case 'End':
      return { row: rows - 1, column: columns - 1 };
    default:
      return undefined;
  }
}
