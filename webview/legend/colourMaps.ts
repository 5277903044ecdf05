import {
  interpolateCividis,
  interpolateGreys,
  interpolateMagma,
  interpolatePRGn,
  interpolatePuOr,
  interpolateRdBu,
  interpolateViridis,
} from 'd3-scale-chromatic';
import { type Rgb, parseColour } from './contrast';

/** Perceptually uniform, and safe for the colour-blind: no map tells values apart by red and green alone. */
const MAPS = {
  viridis: { diverging: false, interpolate: interpolateViridis },
  cividis: { diverging: false, interpolate: interpolateCividis },
  magma: { diverging: false, interpolate: interpolateMagma },
  greys: { diverging: false, interpolate: (at: number) => interpolateGreys(1 - at) },
  // ColorBrewer draws the low end red; in this field negative is blue.
  rdbu: { diverging: true, interpolate: (at: number) => interpolateRdBu(1 - at) },
  puor: { diverging: true, interpolate: (at: number) => interpolatePuOr(1 - at) },
  prgn: { diverging: true, interpolate: interpolatePRGn },
} as const;

export type ColourMapName = keyof typeof MAPS;

export const COLOUR_MAPS = Object.keys(MAPS) as readonly ColourMapName[];

/** A map in 256 steps: enough for the eye, and a look-up instead of a text to parse for every pixel. */
export interface ColourTable {
  readonly colours: readonly Rgb[];
  /**
   * For each step the bytes red, green, blue and 255 as one word in the machine's byte order, as ImageData has them.
   */
  readonly pixels: Uint32Array;
}

export const STEPS = 256;

const tables = new Map<ColourMapName, ColourTable>();

function build(name: ColourMapName): ColourTable {
  const { interpolate } = MAPS[name];
  const colours = Array.from({ length: STEPS }, (_, step) => parseColour(interpolate(step / (STEPS - 1))));
  const bytes = Uint8ClampedArray.from(colours.flatMap(({ red, green, blue }) => [red, green, blue, 255]));
  return { colours, pixels: new Uint32Array(bytes.buffer) };
}

const isName = (name: string): name is ColourMapName => Object.hasOwn(MAPS, name);

/** The map that a name stands for; `auto` and unknown names choose one that suits the scale. */
export function colourTable(name: string, diverging: boolean): ColourTable {
  const chosen = isName(name) ? name : diverging ? 'rdbu' : 'viridis';
  const known = tables.get(chosen);
  if (known) return known;
  const table = build(chosen);
  tables.set(chosen, table);
  return table;
}
