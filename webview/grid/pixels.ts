import type { PlaneBlock } from '../../src/core/tensor/plane';
import { STEPS, stepOf } from '../../src/core/tensor/colourSteps';
import { type ColourScale, type Mark, MARKS, markOf } from '../legend/scale';

/** One pixel for each value, and for each mark a mask that says which values need it. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA words in the machine's byte order. */
  readonly colours: Uint32Array<ArrayBuffer>;
  /** Opaque black where the mark belongs, nothing elsewhere. Only marks that occur. */
  readonly masks: ReadonlyMap<Mark, Uint32Array<ArrayBuffer>>;
}

const OPAQUE = new Uint32Array(Uint8Array.of(0, 0, 0, 255).buffer)[0];

function maskFor(masks: Map<Mark, Uint32Array<ArrayBuffer>>, mark: Mark, length: number): Uint32Array<ArrayBuffer> {
  const known = masks.get(mark);
  if (known) return known;
  const mask = new Uint32Array(length);
  masks.set(mark, mask);
  return mask;
}

/** `room`: an array that nobody needs any more, to be written anew where it is as large. */
export function scalePixels(
  { values, valueRows, valueColumns }: PlaneBlock,
  scale: ColourScale,
  room?: Uint32Array<ArrayBuffer>,
): Pixels {
  const colours = room?.length === values.length ? room : new Uint32Array(values.length);
  const masks = new Map<Mark, Uint32Array<ArrayBuffer>>();
  const { pixels } = scale.table;
  const { low, high, fixed } = scale;
  // As `stepOf` has it, with what is the same for all values worked out once; marks are for those outside.
  const [from, width] = [low / 2, high / 2 - low / 2];
  for (let each = 0; each < values.length; each++) {
    const value = values[each];
    if (value > low && value < high) {
      colours[each] = pixels[Math.min(STEPS - 1, Math.floor(((value / 2 - from) / width) * STEPS))];
      continue;
    }
    colours[each] = pixels[stepOf(scale, value)];
    if (!fixed && value - value === 0) continue;
    const mark = markOf(scale, value);
    if (mark) maskFor(masks, mark, values.length)[each] = OPAQUE;
  }
  return { width: valueColumns, height: valueRows, colours, masks };
}

/**
 * Three channels as colour. `whole` is the value of full intensity; what lies outside 0 … `whole` is clamped, for
 * display only.
 */
export function colourPixels(blocks: readonly [PlaneBlock, PlaneBlock, PlaneBlock], whole: 1 | 255): Pixels {
  const [{ valueRows, valueColumns, values }] = blocks;
  const bytes = new Uint8ClampedArray(values.length * 4);
  const masks = new Map<Mark, Uint32Array<ArrayBuffer>>();
  const factor = 255 / whole;
  blocks.forEach((block, channel) => {
    for (let each = 0; each < values.length; each++) {
      const value = block.values[each];
      bytes[4 * each + channel] = value * factor;
      if (value - value === 0) continue;
      maskFor(masks, markOf({ low: 0, high: whole, fixed: false }, value) ?? 'nan', values.length)[each] = OPAQUE;
    }
  });
  for (let each = 3; each < bytes.length; each += 4) bytes[each] = 255;
  return { width: valueColumns, height: valueRows, colours: new Uint32Array(bytes.buffer), masks };
}

/** Marks in the order in which they are drawn and listed. */
export const marksOf = ({ masks }: Pixels): readonly Mark[] => MARKS.filter((mark) => masks.has(mark));
