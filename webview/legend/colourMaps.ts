import {
  interpolateCividis,
  interpolateGreys,
  interpolateMagma,
  interpolatePRGn,
  interpolatePuOr,
  interpolateRdBu,
  interpolateViridis,
} from 'd3-scale-chromatic';
import { STEPS } from '../../src/core/tensor/colourSteps';
import { type ThemeKind, themeKind } from '../theme';
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

/** A map in steps: a look-up instead of a text to parse for every pixel. */
export interface ColourTable {
  readonly colours: readonly Rgb[];
  /**
   * For each step the bytes red, green, blue and 255 as one word in the machine's byte order, as ImageData has them.
   */
  readonly pixels: Uint32Array;
}

/**
 * The diverging map of dark themes: zero is dark there, as it is light on a light ground. A light middle would make a
 * tensor of zeros the brightest thing on the screen.
 */
const DARK_DIVERGING = [
  ['#c4e6ff', '#8cc8f2', '#559fd6', '#2f74a8', '#264b68'],
  ['#5e302a', '#963c2d', '#cd5a41', '#f08c6e', '#ffcdb8'],
] as const;
const MIDDLES = { dark: '#2a2c2f', 'hc-black': '#161719' } as const;

/** Straight lines between colours that stand at equal distances. */
function between(anchors: readonly Rgb[], share: number): Rgb {
  const at = share * (anchors.length - 1);
  const first = Math.min(anchors.length - 2, Math.floor(at));
  const [one, other, part] = [anchors[first], anchors[first + 1], at - first];
  const mixed = (channel: keyof Rgb): number => Math.round(one[channel] * (1 - part) + other[channel] * part);
  return { red: mixed('red'), green: mixed('green'), blue: mixed('blue') };
}

function darkDiverging(kind: keyof typeof MIDDLES): readonly Rgb[] {
  const [low, high] = DARK_DIVERGING;
  const anchors = [...low, MIDDLES[kind], ...high].map(parseColour);
  return Array.from({ length: STEPS }, (_, step) => between(anchors, step / (STEPS - 1)));
}

const tables = new Map<string, ColourTable>();

function coloursOf(name: ColourMapName, kind: ThemeKind): readonly Rgb[] {
  if (name === 'rdbu' && (kind === 'dark' || kind === 'hc-black')) return darkDiverging(kind);
  const { interpolate } = MAPS[name];
  return Array.from({ length: STEPS }, (_, step) => parseColour(interpolate(step / (STEPS - 1))));
}

function build(name: ColourMapName, kind: ThemeKind): ColourTable {
  const colours = coloursOf(name, kind);
  const bytes = Uint8ClampedArray.from(colours.flatMap(({ red, green, blue }) => [red, green, blue, 255]));
  return { colours, pixels: new Uint32Array(bytes.buffer) };
}

const isName = (name: string): name is ColourMapName => Object.hasOwn(MAPS, name);

/**
 * The map that a name stands for; `auto` and unknown names choose one that suits the scale. On dark ground the
 * diverging one has a dark middle.
 */
export function colourTable(name: string, diverging: boolean, kind: ThemeKind = themeKind()): ColourTable {
  const chosen = isName(name) ? name : diverging ? 'rdbu' : 'viridis';
  const key = `${chosen} ${kind}`;
  const known = tables.get(key);
  if (known) return known;
  const table = build(chosen, kind);
  tables.set(key, table);
  return table;
}
