/** An answer is one screen: of longer lists so many are told, and of the rest how many there are. */
export const MOST_LINES = 40;
/** The same of lines that one thing keeps from being known, and of the shapes of a line. */
export const MOST_LINES_OF_CAUSE = 4;
export const MOST_SHAPES = 3;
/** The same of places that are named to whoever asked about another one. */
export const MOST_PLACES = 12;
/** The same of layers on one line, of their uses, and of solutions. */
export const MOST_LAYERS = 6;
export const MOST_USES = 4;
export const MOST_SOLUTIONS = 8;
export const MOST_AXES = 3;

/** The first of a list, and how many are left out. */
export function first<Item>(items: readonly Item[], most: number): { shown: readonly Item[]; leftOut?: number } {
  return { shown: items.slice(0, most), ...(items.length > most ? { leftOut: items.length - most } : {}) };
}
