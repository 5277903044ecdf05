/** What is used of `gifenc`, which has no types of its own. */
declare module 'gifenc' {
  interface Frame {
    /** As `[red, green, blue]`, at most 256 of them. */
    readonly palette: readonly (readonly number[])[];
    /** Of this frame, in milliseconds. */
    readonly delay: number;
    /** 0: for ever. */
    readonly repeat?: number;
  }
  interface Encoder {
    /** An index into the palette for each pixel, row by row. */
    writeFrame(indices: Uint8Array, width: number, height: number, frame: Frame): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }
  export function GIFEncoder(): Encoder;
  /** At most `most` colours that stand for all of these pixels, which are red, green, blue and opacity, a byte each. */
  export function quantize(pixels: Uint8Array, most: number): number[][];
}
