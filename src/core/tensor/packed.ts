import { naturalLimits, STEPS } from './colourSteps';
import type { PlaneBlock, PlaneRequest } from './plane';
import type { Statistics } from './statistics';

/**
 * What the bytes of a packed block are: steps of a colour map between the natural limits of the values, or shares of
 * full intensity of one of three channels as colour.
 */
export interface Steps {
  readonly of: 'map' | 'channel';
  readonly low: number;
  readonly high: number;
}

/** A block as it crosses to a page that paints it: of each value the step of its colour. */
export interface PackedBlock extends Omit<PlaneBlock, 'values'> {
  readonly steps: Uint8Array<ArrayBuffer>;
  readonly scale: Steps;
}

/** With fewer values less than a packet would be saved. */
const LEAST = 4096;

/** Whether a picture of these cells, one by one, is there sooner than their values are. */
export const isWorthBrief = ({ painted, rows, columns, maxRows, maxColumns }: PlaneRequest): boolean =>
  painted !== undefined && rows <= maxRows && columns <= maxColumns && rows * columns >= LEAST;

/** Steps that are this small beside the limits can still be told from one another when they are added to them. */
const FINE = 2 ** -40;

/** Whether float32 tells steps between these limits from one another by far. */
const isSingle = ({ low, high }: Steps): boolean => {
  const [range, most] = [high - low, Math.max(Math.abs(low), Math.abs(high))];
  return range > most * 2 ** -10 && range > 1e-30 && most < 1e30;
};

/** How a block can be packed for a request; nothing where its values are read, or where they are not worth it. */
export function stepsFor(
  { painted, brief }: Pick<PlaneRequest, 'painted' | 'brief'>,
  { values, rows, columns, valueRows, valueColumns }: PlaneBlock,
  statistics: Pick<Statistics, 'min' | 'max'> | undefined,
): Steps | undefined {
  const isExact = valueRows === rows && valueColumns === columns;
  if (painted === undefined || values.length < LEAST || (isExact && !brief)) return undefined;
  if (painted === 'unit' || painted === 'byte') return { of: 'channel', low: 0, high: painted === 'byte' ? 255 : 1 };
  if (!statistics) return undefined;
  const [low, high] = naturalLimits(statistics, painted === 'diverging');
  const pitch = (high - low) / STEPS;
  const isFine = Number.isFinite(pitch) && pitch > FINE * Math.max(Math.abs(low), Math.abs(high));
  return isFine ? { of: 'map', low, high } : undefined;
}

/**
 * A quarter of the bytes of values that are only to be seen: each as the step of the colour that it has now, so that
 * its colour is the same. Nothing for a block with numbers that are not finite, which have marks.
 */
export function packed({ values, ...block }: PlaneBlock, scale: Steps): PackedBlock | undefined {
  for (const value of values) if (value - value !== 0) return undefined;
  const { of, low, high } = scale;
  if (of === 'channel') {
    // Rounded and clamped as the bytes of a picture are.
    const bytes = new Uint8ClampedArray(values.length);
    const factor = (STEPS - 1) / high;
    for (let at = 0; at < values.length; at++) bytes[at] = values[at] * factor;
    return { ...block, steps: new Uint8Array(bytes.buffer), scale };
  }
  const steps = new Uint8Array(values.length);
  // As `stepOf` has it, with what is the same for all values worked out once.
  const [from, width] = [low / 2, high / 2 - low / 2];
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value >= high) steps[at] = STEPS - 1;
    else if (value > low) steps[at] = Math.min(STEPS - 1, Math.floor(((value / 2 - from) / width) * STEPS));
  }
  return { ...block, steps, scale };
}

/** A block to be painted. Where it has single cells, these are not what is read. */
export function unpacked({ steps, scale, ...block }: PackedBlock): PlaneBlock {
  const { of, low, high } = scale;
  // The middle of a step is the farthest from both of its neighbours.
  const shareOf = (step: number): number => (of === 'map' ? (step + 0.5) / STEPS : step / (STEPS - 1));
  const table = Float64Array.from({ length: STEPS }, (_, step) => low + (high - low) * shareOf(step));
  // Half the memory for the browser to clear and to collect.
  const values = isSingle(scale) ? new Float32Array(steps.length) : new Float64Array(steps.length);
  for (let at = 0; at < steps.length; at++) values[at] = table[steps[at]];
  return { ...block, values, rough: true };
}

/** Whether a block that is there in these steps has the colours, within one, that it would have in the others. */
export function serves(has: Steps | undefined, wanted: Steps | undefined): boolean {
  if (!has) return true;
  if (wanted?.of !== has.of) return false;
  // Where the limits have closed in, what was one colour would be several.
  return has.of === 'channel' ? has.high === wanted.high : wanted.high - wanted.low >= has.high - has.low;
}
