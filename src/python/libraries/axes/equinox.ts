import { halves, type Sides } from '../../../core/formulas';
import { type ConvAxis, extentOf, paddedAxis, SIZES, type Window } from '../../sizes/axis';
import { add, isKnown, multiply, type Size, subtract } from '../../sizes/size';
import { jaxAxis, type Pad } from './jax';

export const equinoxAxis = (window: Window, pad: Pad): ConvAxis => jaxAxis(window, pad);

/**
 * `(i − 1)s + K − p₀ − p₁ + op`. SAME makes `i·s − op`: there the output padding takes something away
 * (`_padding_transpose` of equinox/nn/_conv.py, 0.13). Its kernels are mirrored, so that no layout of a weight fits.
 */
export function equinoxTransposedAxis(window: Window, pad: Pad, outputPadding: Size): ConvAxis {
  const words = pad === 'SAME' || pad === 'SAME_LOWER';
  if (!words) {
    const sides: Sides<Size> = pad === 'VALID' ? [0, 0] : pad;
    return { ...paddedAxis(window, sides, outputPadding), sizeOnly: true };
  }
  const surplus = add(subtract(extentOf(window), window.stride), outputPadding);
  const [lesser, larger] = halves(SIZES, SIZES.max(surplus, 0));
  const added = isKnown(surplus) && surplus < 0 ? -surplus : 0;
  const axis = paddedAxis(window, pad === 'SAME' ? [lesser, larger] : [larger, lesser], added);
  return { ...axis, output: subtract(multiply(window.input, window.stride), outputPadding), sizeOnly: true };
}
