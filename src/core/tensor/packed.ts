import type { Dtype } from '../operation';
import type { PlaneBlock } from './plane';

/** A block of means as it crosses to a page that paints it: steps of 16 bits between the lowest and the highest. */
export interface PackedBlock extends Omit<PlaneBlock, 'values'> {
  readonly dtype: Dtype;
  readonly low: number;
  readonly high: number;
  readonly steps: Uint16Array<ArrayBuffer>;
}

const MOST = 2 ** 16 - 1;
/** With fewer values less than a packet would be saved. */
const LEAST = 4096;

/**
 * Half the bytes of means that are only to be seen, within 1/131,070 of their range: a colour map that spans at least
 * this range, in 256 steps, shows at most the neighbouring step. Nothing for a block that has single cells, which are
 * read, or numbers that are not finite, which have marks.
 */
export function packed({ values, ...block }: PlaneBlock): PackedBlock | undefined {
  const { rows, columns, valueRows, valueColumns } = block;
  if (values.length < LEAST || (valueRows === rows && valueColumns === columns)) return undefined;
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    // NaN is neither.
    if (!(value >= -Number.MAX_VALUE && value <= Number.MAX_VALUE)) return undefined;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const range = high - low;
  if (!Number.isFinite(range)) return undefined;
  const scale = range > 0 ? MOST / range : 0;
  if (!Number.isFinite(scale)) return undefined;
  const steps = new Uint16Array(values.length);
  for (let at = 0; at < values.length; at++) steps[at] = Math.round((values[at] - low) * scale);
  return { ...block, dtype: values instanceof Float32Array ? 'float32' : 'float64', low, high, steps };
}

export function unpacked({ dtype, low, high, steps, ...block }: PackedBlock): PlaneBlock {
  const values = dtype === 'float32' ? new Float32Array(steps.length) : new Float64Array(steps.length);
  const pitch = (high - low) / MOST;
  for (let at = 0; at < steps.length; at++) values[at] = low + steps[at] * pitch;
  return { ...block, values };
}
