import type { GridName } from './gridName';

/** Which indices of the leading axes are shown; out-of-range ones count as the last. */
export interface Slices {
  readonly batch: number;
  readonly inputChannel: number;
  readonly outputChannel: number;
  /** Where the cuts through 3-D input, kernel and output lie, on each axis. */
  readonly depth: Readonly<Record<GridName, number>>;
  readonly height: Readonly<Record<GridName, number>>;
  readonly width: Readonly<Record<GridName, number>>;
}

/** Limits of the colour scale, when the user has dragged them; otherwise they follow the values. */
export type Limits = readonly [low: number, high: number];

/** The panes of the side. */
export const PANES = ['cell', 'matrix', 'facts', 'learn'] as const;
export type PaneName = (typeof PANES)[number];

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
  /** The view of the stage, a part of it, and its step, where it has any. */
  readonly stage: string;
  readonly sub: string;
  readonly step: number;
  /** How many times larger than at a size at which all is in view; 1 is that size. */
  readonly zoom: number;
  /** Width of the side, or height of the drawer, in CSS pixels, where the user has set it. */
  readonly side: Readonly<Partial<Record<'side' | 'drawer', number>>>;
  /** Panes of the side that are folded. */
  readonly folded: readonly PaneName[];
  /** Where there is room for one pane only: which it is. */
  readonly tab: PaneName;
  /** Where there is room for one large grid only: which it is. */
  readonly large: GridName;
  /** Numbers or symbols in the matrix. */
  readonly symbols: boolean;
}

/** At this zoom a plane of a million columns shows single cells. */
export const LARGEST_ZOOM = 1e6;

const FIRST = { input: 0, weight: 0, output: 0 } as const;

export const DEFAULT_VIEW: View = {
  slices: { batch: 0, inputChannel: 0, outputChannel: 0, depth: FIRST, height: FIRST, width: FIRST },
  colourMap: 'auto',
  diverging: true,
  limits: {},
  range: 'tensor',
  rgb: {},
  stage: 'grids',
  sub: '',
  step: 0,
  zoom: 1,
  side: {},
  folded: ['facts', 'learn'],
  tab: 'cell',
  large: 'output',
  symbols: false,
};
