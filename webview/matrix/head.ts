/**
 * CSS pixels that the headers take: names and values of the outputs on the left, of the inputs above. Between them and
 * the matrix lies the input as a strip.
 */
export const HEAD = { left: 84, top: 50 } as const;

/** CSS pixels of the strips of input and output across, and between them and the matrix. */
export const STRIP = { thin: 10, thick: 16, gap: 3 } as const;
/** From this width on the strips carry numbers, where their cells are large enough. */
const ROOMY = 420;
/** Of a number in the strip of the output. */
const NUMBER = 40;

/** How wide the output's strip is, beside a matrix with so much room. */
export const outputStrip = (width: number): number => (width >= ROOMY ? NUMBER : STRIP.thin);
/** What the strip of the output takes on the right. */
export const tail = (width: number): number => outputStrip(width) + STRIP.gap + 2;
