import { cropOf, halves, kerasCrop, type Sides } from '../../../core/formulas';
import { type Problem, problem } from '../../../core/problem';
import { print } from '../../sizes/print';
import {
  type ConvAxis,
  convOutput,
  croppedAxis,
  extentOf,
  paddedAxis,
  sameAxis,
  SIZES,
  type Window,
} from '../../sizes/axis';
import { add, isKnown, type Size, subtract } from '../../sizes/size';

/** The padding of one axis. */
export type Pad = 'SAME' | 'SAME_LOWER' | 'VALID' | Sides<Size>;
export type Pads = 'SAME' | 'SAME_LOWER' | 'VALID' | readonly Sides<Size>[];

export function padOf<Word extends string>(pads: Word | readonly Sides<Size>[], index: number): Word | Sides<Size> {
  return typeof pads === 'string' ? pads : pads[index];
}

/** Zeros between the elements of the input, which is what `inputDilation` puts there, make it longer. */
export function jaxAxis(window: Window, pad: Pad, inputDilation: Size = 1): ConvAxis {
  if (inputDilation !== 1) {
    const input = extentOf({ kernel: window.input, dilation: inputDilation });
    return { ...jaxAxis({ ...window, input }, pad), sizeOnly: true };
  }
  if (typeof pad !== 'string' || pad === 'VALID') return paddedAxis(window, typeof pad === 'string' ? [0, 0] : pad);
  const axis = sameAxis(window);
  // The odd element is at the begin.
  return pad === 'SAME' ? axis : { ...axis, padBegin: axis.padEnd, padEnd: axis.padBegin };
}

/** Zeros between the elements of the input are refused beside a word for the padding. */
export function inputDilationProblem(pads: unknown, inputDilation: readonly Size[]): Problem | undefined {
  if (typeof pads !== 'string' || inputDilation.every((size) => !isKnown(size) || size === 1)) return undefined;
  return wordProblem();
}

/** Of a transposed convolution the words are SAME and VALID, in capitals. */
export function wordProblem(): Problem {
  return problem({
    code: 'padding-text',
    field: 'padding',
    template: 'With zeros between the elements of the input JAX takes padding in numbers only.',
    framework:
      'String padding is not implemented for transposed convolution using this op. Please either exactly specify the required padding or use conv_transpose.',
  });
}

/**
 * The words mean what they mean in Keras. Numbers pad the *dilated input*, `o = (i − 1)s + 2 + a + b − K`, unless
 * `use_consistent_padding` has them crop the output, `(i − 1)s + K − a − b` (`_conv_transpose_padding` of
 * jax/_src/lax/convolution.py, 0.10).
 */
export function jaxTransposedAxis(window: Window, pad: Pad, consistent: boolean): ConvAxis {
  const extent = extentOf(window);
  if (typeof pad === 'string')
    return croppedAxis(window, kerasCrop(SIZES, pad === 'SAME' ? 'same' : 'valid', extent, window.stride));
  const [begin, end] = consistent ? pad : pad.map((size) => subtract(extent, add(size, 1)));
  return croppedAxis(window, cropOf(SIZES, begin, end));
}

/** A crop of more than there is; less makes an output of no elements. */
export function cropProblem(axes: readonly ConvAxis[]): Problem | undefined {
  const sizes = axes.map((axis) => convOutput('convTranspose', axis));
  const extents = axes.map(extentOf);
  const refused = sizes.some((size, axis) => {
    const extent = extents[axis];
    return isKnown(size) && isKnown(extent) && size < 1 - extent;
  });
  if (!refused) return undefined;
  return problem({
    code: 'output-empty',
    field: 'padding',
    template: 'The output would have the size {0}.',
    args: [`(${sizes.map(print).join(', ')})`],
    framework: 'Negative padding is larger than the size of the corresponding dimension',
  });
}

type FlaxPad = Pad | 'CIRCULAR' | 'REFLECT' | 'CAUSAL';
export type FlaxPads = Pads | 'CIRCULAR' | 'REFLECT' | 'CAUSAL';

/**
 * `CIRCULAR` wraps the input around, `REFLECT` mirrors it, by what SAME of stride 1 would pad, whatever the stride;
 * `CAUSAL` puts all of that at the begin.
 */
export function flaxAxis(window: Window, pad: FlaxPad, inputDilation: Size = 1): ConvAxis {
  if (pad === 'CAUSAL') return jaxAxis(window, [subtract(extentOf(window), 1), 0], inputDilation);
  if (pad !== 'CIRCULAR' && pad !== 'REFLECT') return jaxAxis(window, pad, inputDilation);
  const sides = halves(SIZES, subtract(extentOf(window), 1));
  const axis = jaxAxis(window, sides, inputDilation);
  // PyTorch wraps around once at most.
  const least = pad === 'REFLECT' ? 1 : 0;
  const far = isKnown(window.input) && isKnown(sides[1]) && sides[1] > window.input - least;
  return far ? { ...axis, sizeOnly: true } : axis;
}

/** `CIRCULAR` adds what SAME would crop to the other end of the output, which PyTorch's operation cannot do. */
export function flaxTransposedAxis(window: Window, pad: Pad | 'CIRCULAR'): ConvAxis {
  return pad === 'CIRCULAR'
    ? { ...jaxTransposedAxis(window, 'SAME', false), sizeOnly: true }
    : jaxTransposedAxis(window, pad, false);
}
