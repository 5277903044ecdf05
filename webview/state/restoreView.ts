import { NAMINGS } from '../../src/core/derive/symbols';
import { OPTIMIZERS } from '../../src/core/training/optimizers';
import { METHODS } from '../../src/core/upsampling/comparison';
import { GRID_NAMES, type GridName } from '../gridName';
import {
  DEFAULT_VIEW,
  type FormulaLook,
  LARGEST_ZOOM,
  type Limits,
  PANES,
  type PaneName,
  type TrainingLook,
  type UpsamplingLook,
  type View,
} from '../view';

type Unknowns = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Unknowns =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const record = (value: unknown): Unknowns => (isRecord(value) ? value : {});
const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
const index = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;

function limits(value: unknown): Limits | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [low, high] = value as readonly unknown[];
  const fits =
    typeof low === 'number' && typeof high === 'number' && Number.isFinite(low) && Number.isFinite(high) && low < high;
  return fits ? [low, high] : undefined;
}

const rgb = (value: unknown): 'byte' | 'unit' | undefined => (value === 'byte' || value === 'unit' ? value : undefined);

/** One entry per grid that has a good value. */
function perGrid<Value>(value: unknown, read: (one: unknown) => Value | undefined): Partial<Record<GridName, Value>> {
  const given = record(value);
  return Object.fromEntries(
    GRID_NAMES.flatMap((name) => [read(given[name])].filter((each) => each !== undefined).map((each) => [name, each])),
  );
}

const within = (value: unknown, least: number, most: number): number | undefined =>
  typeof value === 'number' && value >= least && value <= most ? value : undefined;

function sides(value: unknown): View['side'] {
  const given = record(value);
  return Object.fromEntries(
    (['side', 'drawer'] as const).flatMap((place) => {
      const size = within(given[place], 100, 10_000);
      return size === undefined ? [] : [[place, size]];
    }),
  );
}

function chain(value: unknown): View['chain'] {
  const { lines, input, rate } = record(value);
  if (!Array.isArray(lines) || typeof input !== 'number' || !Number.isSafeInteger(input) || input < 1) return undefined;
  const texts = (lines as readonly unknown[]).filter((line): line is string => typeof line === 'string');
  if (texts.length !== lines.length) return undefined;
  const known = within(rate, 1, 1e9);
  return { lines: texts.slice(0, 12), input, ...(known === undefined ? {} : { rate: known }) };
}

function formula(value: unknown): FormulaLook {
  const given = record(value);
  return {
    axis: Math.min(index(given.axis), 2),
    names: NAMINGS.find((each) => each === given.names) ?? DEFAULT_VIEW.formula.names,
    base: given.base === 1 ? 1 : 0,
    swapped: flag(given.swapped, DEFAULT_VIEW.formula.swapped),
  };
}

function upsampling(value: unknown): UpsamplingLook {
  const given = record(value);
  const { upsampling: first } = DEFAULT_VIEW;
  return {
    against: (['back', 'given', 'none'] as const).find((each) => each === given.against) ?? first.against,
    base: METHODS.find((each) => each === given.base) ?? first.base,
    scaled: flag(given.scaled, first.scaled),
    file: typeof given.file === 'string' ? given.file.slice(0, 200) : first.file,
  };
}

function training(value: unknown): TrainingLook {
  const given = record(value);
  const { training: first } = DEFAULT_VIEW;
  return {
    target: given.target === 'own' ? 'own' : first.target,
    optimizer: OPTIMIZERS.find((each) => each === given.optimizer) ?? first.optimizer,
    rate: within(given.rate, 1e-6, 1e6) ?? first.rate,
    seed: given.seed === undefined ? first.seed : index(given.seed),
  };
}

/** Documents of before there were panes say only whether the matrix was open. */
function folded(view: Unknowns): readonly PaneName[] {
  if (!Array.isArray(view.folded))
    return PANES.filter(
      (pane) => DEFAULT_VIEW.folded.includes(pane) || (pane === 'matrix' && view.matrixOpen === false),
    );
  const given: readonly unknown[] = view.folded;
  return PANES.filter((pane) => given.includes(pane));
}

/**
 * A view from what was remembered, by this version, by another, or by nobody. Whatever is missing or makes no sense
 * gets its first value: a view that cannot be read is no error.
 */
export function restoreView(remembered: unknown): View {
  const view = record(remembered);
  const slices = record(view.slices);
  const along = (given: unknown): Readonly<Record<GridName, number>> => {
    const { input, weight, output } = record(given);
    return { input: index(input), weight: index(weight), output: index(output) };
  };
  return {
    slices: {
      batch: index(slices.batch),
      inputChannel: index(slices.inputChannel),
      outputChannel: index(slices.outputChannel),
      depth: along(slices.depth),
      height: along(slices.height),
      width: along(slices.width),
    },
    colourMap: typeof view.colourMap === 'string' ? view.colourMap : DEFAULT_VIEW.colourMap,
    diverging: flag(view.diverging, DEFAULT_VIEW.diverging),
    limits: perGrid(view.limits, limits),
    range: view.range === 'plane' ? 'plane' : 'tensor',
    rgb: perGrid(view.rgb, rgb),
    stage: typeof view.stage === 'string' ? view.stage : DEFAULT_VIEW.stage,
    sub: typeof view.sub === 'string' ? view.sub : DEFAULT_VIEW.sub,
    step: index(view.step),
    zoom: within(view.zoom, 1, LARGEST_ZOOM) ?? DEFAULT_VIEW.zoom,
    side: sides(view.side),
    folded: folded(view),
    tab: PANES.find((pane) => pane === view.tab) ?? DEFAULT_VIEW.tab,
    large: GRID_NAMES.find((name) => name === view.large) ?? DEFAULT_VIEW.large,
    chain: chain(view.chain),
    symbols: flag(view.symbols, DEFAULT_VIEW.symbols),
    formula: formula(view.formula),
    upsampling: upsampling(view.upsampling),
    training: training(view.training),
    pixelHeat: flag(view.pixelHeat, DEFAULT_VIEW.pixelHeat),
    presenting: false,
  };
}
