import type { Cell } from '../src/core/explain/contributions';

/** The tensors that have a grid. */
export type GridName = Cell['tensor'];
