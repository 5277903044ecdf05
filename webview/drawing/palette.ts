import { type Ink, INKS } from './scene';

/** Every ink as an opaque colour, `#rrggbb`. */
export type Palette = Readonly<Record<Ink, string>>;

export interface Fonts {
  readonly sans: string;
  readonly mono: string;
}

/** How a drawing is put into a file. */
export interface Print {
  readonly palette: Palette;
  readonly fonts: Fonts;
}

/** What a browser has everywhere: an exported drawing is opened where the editor's fonts are not. */
const FONTS: Fonts = { sans: 'system-ui, sans-serif', mono: 'ui-monospace, Consolas, monospace' };

const hex = (value: number): string => value.toString(16).padStart(2, '0');

/** On white paper, whatever the theme: the colours of the light one, and tints that a printer shows. */
export const PRINT: Print = {
  fonts: FONTS,
  palette: {
    ink: '#1f1f1f',
    faint: '#616161',
    line: '#d0d4d9',
    ground: '#ffffff',
    input: '#17702f',
    'input-tint': '#def3e3',
    'input-strong': '#b4e0c0',
    kernel: '#652d90',
    'kernel-tint': '#f0e6fa',
    'kernel-strong': '#dcc7f2',
    output: '#855300',
    'output-tint': '#fff0cc',
    'output-strong': '#ffdc8c',
    phase0: '#0b53b8',
    phase1: '#a02870',
    phase2: '#006880',
    phase3: '#4a4f57',
    'phase0-tint': '#ddeafb',
    'phase1-tint': '#fce0ee',
    'phase2-tint': '#d5f2f7',
    'phase3-tint': '#e6e7ea',
    zero: '#9aa3ad',
    crop: '#8a8f98',
    wrong: '#a1260d',
    focus: '#005fb8',
    gain: '#17702f',
    loss: '#a1260d',
    'on-light': '#000000',
    'on-dark': '#ffffff',
  },
};

/** The inks as the page shows them now, each laid over the editor's background. */
export function themePrint(): Print {
  const probe = document.createElement('span');
  document.body.append(probe);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1, 1];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const styleOf = (ink: Ink): string => {
    probe.style.color = `var(--role-${ink})`;
    return getComputedStyle(probe).color;
  };
  const ground = styleOf('ground');
  const colourOf = (ink: Ink): string => {
    if (!context) return PRINT.palette[ink];
    for (const style of [ground, styleOf(ink)]) {
      context.fillStyle = style;
      context.fillRect(0, 0, 1, 1);
    }
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return `#${hex(red)}${hex(green)}${hex(blue)}`;
  };
  const palette = Object.fromEntries(INKS.map((ink) => [ink, colourOf(ink)])) as Palette;
  probe.remove();
  return { palette, fonts: FONTS };
}

/** The colours of a palette as bytes, three each. */
export const bytesOf = (palette: Palette): Uint8Array =>
  Uint8Array.from(
    [...new Set(Object.values(palette))].flatMap((colour) =>
      [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)),
    ),
  );
