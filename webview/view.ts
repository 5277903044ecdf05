import type { GridName } from './gridName';

/** Which indices of the leading axes are shown; out-of-range ones count as the last. */
export interface Slices {
  readonly batch: number;
  readonly inputChannel: number;
  readonly outputChannel: number;
  /** Depth index of 3-D input, kernel and output. */
  readonly depth: Readonly<Record<GridName, number>>;
}

/** Limits of the colour scale, when the user has dragged them; otherwise they follow the values. */
export type Limits = readonly [low: number, high: number];

/** How the document is looked at: remembered with it, never undone. */
export interface View {
  readonly slices: Slices;
  readonly colourMap: string;
  /** Zero in the middle of the scale. */
  readonly diverging: boolean;
  readonly limits: Readonly<Partial<Record<GridName, Limits>>>;
  /** One range for every channel, or each its own. */
  readonly range: 'tensor' | 'plane';
  /** Three channels as colour; 'byte' clamps to [0, 255], 'unit' to [0, 1], for display only. */
  readonly rgb: Readonly<Partial<Record<GridName, 'byte' | 'unit'>>>;
  /** Whether one number sets all axes. */
  readonly linked: boolean;
  readonly matrixOpen: boolean;
  /** Numbers or symbols in the matrix. */
  readonly symbols: boolean;
}

export const DEFAULT_VIEW: View = {
  slices: { batch: 0, inputChannel: 0, outputChannel: 0, depth: { input: 0, weight: 0, output: 0 } },
  colourMap: 'auto',
  diverging: true,
  limits: {},
  range: 'tensor',
  rgb: {},
  linked: true,
  matrixOpen: true,
  symbols: false,
};
