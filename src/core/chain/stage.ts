/** A number for every spatial axis, or one for each of them. */
export type PerAxis = readonly number[];

type Sides = readonly (readonly [begin: number, end: number])[];

/** What slides a window over its input: each output reads `kernel` elements, `dilation` apart. */
interface Sliding {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: Sides;
  readonly dilation: PerAxis;
}

/**
 * One stage of a network, as far as its shape and the places that it reads are concerned: channels are taken to be
 * mixed. Quantities are PyTorch's.
 */
export type Stage =
  | (Sliding & { readonly kind: 'conv' })
  | (Sliding & { readonly kind: 'convTranspose'; readonly outputPadding: PerAxis })
  /** `ceil`: the output size is rounded up, as `ceil_mode` says. */
  | (Sliding & { readonly kind: 'pool'; readonly ceil: boolean })
  /** To `scale` times the size, rounded down. */
  | {
      readonly kind: 'resize';
      readonly scale: PerAxis;
      readonly mode: 'nearest' | 'linear';
      /** The corners of both are at the same place (`align_corners`). */
      readonly corners: boolean;
    }
  /** Channels become places (`nn.PixelShuffle`), or places channels. */
  | { readonly kind: 'shuffle'; readonly factor: number }
  | { readonly kind: 'unshuffle'; readonly factor: number }
  | { readonly kind: 'pad'; readonly sides: Sides }
  | { readonly kind: 'crop'; readonly sides: Sides }
  /** Joined with what an earlier stage gave, cropped at its sides; stage 0 is the input. Both must have one size. */
  | { readonly kind: 'join'; readonly how: 'cat' | 'add'; readonly from: number; readonly crop: Sides };

/** Up to twelve stages, one after another, with skip connections. */
export type Chain = readonly Stage[];

export const MOST_STAGES = 12;

/** The value on one axis. */
export const onAxis = <Value>(values: readonly Value[], axis: number): Value => values[axis] ?? values[0];
