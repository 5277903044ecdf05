import type { Cell } from '../src/core/explain/contributions';
import type { Strings } from '../src/protocol/strings';

/** The tensors that have a grid. */
export type GridName = Cell['tensor'];

/** In the order in which they are read. */
export const GRID_NAMES = ['input', 'weight', 'output'] as const satisfies readonly GridName[];

/** What each is called where it is seen. */
export const gridTitles = (strings: Strings): Readonly<Record<GridName, string>> => ({
  input: strings.input,
  weight: strings.kernel,
  output: strings.output,
});
