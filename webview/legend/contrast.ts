export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** `#rrggbb` or `rgb(r, g, b)`, the two forms in which d3 writes colours. Bytes. */
export function parseColour(text: string): Rgb {
  const [red, green, blue] = text.startsWith('#')
    ? [1, 3, 5].map((begin) => Number.parseInt(text.slice(begin, begin + 2), 16))
    : (text.match(/\d+(\.\d+)?/g) ?? []).map(Number);
  return { red, green, blue };
}

export const cssColour = ({ red, green, blue }: Rgb): string => `rgb(${red} ${green} ${blue})`;

const linear = (byte: number): number => {
  const share = byte / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance, 0 to 1, as WCAG 2.2 defines it. */
export const luminance = ({ red, green, blue }: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** Contrast ratio of WCAG 2.2, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/**
 * Whether black reads better on this colour than white. The better of the two always has a contrast of at least 4.58.
 */
export const wantsDarkText = (colour: Rgb): boolean => luminance(colour) > Math.sqrt(1.05 * 0.05) - 0.05;
