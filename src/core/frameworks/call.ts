import type { AxisPlan } from '../axis';
import { type Crop, NUMBERS, transposedOutput } from '../formulas';
import type { PaddingMode } from '../operation';
import type { WeightLayout } from '../tensor/layouts';

/** The releases whose answers are told. All were run but Core ML, which is told by what its documentation says. */
export const VERSIONS = {
  PyTorch: '2.15.0',
  Keras: '3.15.1',
  TensorFlow: '2.21.0',
  JAX: '0.12.0',
  Flax: '0.12.12',
  Paddle: '3.3.1',
  'ONNX Runtime': '1.32.0',
  TFLite: '2.21.0',
  'Core ML': 'coremltools 8',
} as const;
export type Framework = keyof typeof VERSIONS;

/**
 * What a framework makes of one axis, in elements. Of a transposed convolution `begin` and `end` are cut from what all
 * stamps write, `(i − 1)s + K`; below none, so many are added. Of a convolution they are the padding.
 */
export interface CutAxis {
  readonly begin: number;
  readonly end: number;
  /** The document's own, unless the framework drops it. */
  readonly dilation: number;
  readonly output: number;
}

/** What comes of a call. */
export type Answer =
  | {
      readonly kind: 'values';
      readonly axes: readonly CutAxis[];
      /** Each stamp is the kernel mirrored along every axis, if its numbers are handed over as they are. */
      readonly turned: boolean;
      readonly paddingMode: PaddingMode;
    }
  /** The size is published; where the surplus is cut is not. */
  | { readonly kind: 'size'; readonly sizes: readonly number[] }
  /** `words` are the framework's own, never translated. */
  | { readonly kind: 'refused'; readonly words: string }
  /** An output without elements, which some make and some refuse. */
  | { readonly kind: 'empty' };

/** One way to state a layer in one framework. */
export interface FrameworkCall {
  readonly framework: Framework;
  /** Its parameters beside kernel, stride, dilation and groups, as its Python has them: `padding="same"`. */
  readonly said: string;
  /** How it stores the kernel, an id of `WEIGHT_LAYOUTS`. */
  readonly layout: WeightLayout['id'];
  readonly channelsLast: boolean;
  readonly answer: Answer;
  /** It is the document's own layer, to which all others are held. */
  readonly own?: boolean;
}

export const refused = (words: string): Answer => ({ kind: 'refused', words });

/** What all stamps of an axis write, `(i − 1)s + K`. */
export const stamped = ({ input, stride, extent }: Pick<AxisPlan, 'input' | 'stride' | 'extent'>): number =>
  transposedOutput(NUMBERS, { input, stride, extent, padBegin: 0, padEnd: 0, outputPadding: 0 });

/** A crop as what is cut at either side. */
export function cutBy(axis: AxisPlan, { padBegin, padEnd, outputPadding }: Crop<number>): CutAxis {
  const end = padEnd - outputPadding;
  return { begin: padBegin, end, dilation: axis.dilation, output: stamped(axis) - padBegin - end };
}

export function taken(axes: readonly CutAxis[], turned = false, paddingMode: PaddingMode = 'zeros'): Answer {
  return axes.some(({ output }) => output < 1) ? { kind: 'empty' } : { kind: 'values', axes, turned, paddingMode };
}

const alike = (texts: readonly string[]): boolean => texts.every((each) => each === texts[0]);

/** One for all axes where they are alike, else a list of them. */
export function each(values: readonly (number | string)[]): string {
  const texts = values.map(String);
  return alike(texts) ? texts[0] : `(${texts.join(', ')})`;
}

export const list = (values: readonly (number | string)[]): string => `[${values.join(', ')}]`;
export const pair = (begin: number, end: number): string => `(${begin}, ${end})`;
