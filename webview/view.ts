import type { Notation } from '../src/core/derive/symbols';
import type { Optimizer } from '../src/core/training/optimizers';
import type { Against, Method } from '../src/core/upsampling/comparison';
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
export const PANES = ['cell', 'against', 'matrix', 'facts', 'learn'] as const;
export type PaneName = (typeof PANES)[number];

/** How formulas are written: the axis whose size is derived, and the notation of symbols. */
export interface FormulaLook extends Notation {
  /** Spatial axis whose size is derived, 0 for the outermost; out-of-range ones count as the first. */
  readonly axis: number;
}

/** What ways to make the input larger are held against. */
export interface UpsamplingLook {
  readonly against: Against;
  readonly base: Method | 'reference';
  /** Whether the document's own layer is divided by what it makes of a constant 1. */
  readonly scaled: boolean;
  /** Name of the file that was chosen as the reference. */
  readonly file: string;
}

/** How a kernel is learned. */
export interface TrainingLook {
  readonly target: 'back' | 'own';
  readonly optimizer: Optimizer;
  readonly rate: number;
  readonly seed: number;
}

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
  /** Which view the stage shows, by its `StageView.id`. */
  readonly stage: string;
  /** Which part of that view, for views that have several; empty for the first. */
  readonly sub: string;
  /** How far that view has been stepped through; 0 is its beginning, and all that a view without steps has. */
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
  /**
   * Chain of layers in the view of fields: a line a stage, its input’s size and samples a second; else the document’s
   * own layer.
   */
  readonly chain: { readonly lines: readonly string[]; readonly input: number; readonly rate?: number } | undefined;
  /** Numbers or symbols in the matrix. */
  readonly symbols: boolean;
  readonly formula: FormulaLook;
  readonly upsampling: UpsamplingLook;
  readonly training: TrainingLook;
  /** Maps of the pixel transposed convolution in the colours of their values. */
  readonly pixelHeat: boolean;
  /** The stage alone, large. It ends with the page: nobody wants to find a document so. */
  readonly presenting: boolean;
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
  chain: undefined,
  symbols: false,
  formula: { axis: 0, names: 'indices', base: 0, swapped: false },
  upsampling: { against: 'back', base: 'reference', scaled: true, file: '' },
  training: { target: 'back', optimizer: 'adam', rate: 0.02, seed: 7 },
  pixelHeat: false,
  presenting: false,
};
