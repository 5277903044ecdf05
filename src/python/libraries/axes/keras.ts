import { kerasCrop, sameOutput } from '../../../core/formulas';
import { type ConvAxis, croppedAxis, extentOf, paddedAxis, sameAxis, SIZES, type Window } from '../../sizes/axis';
import { type Size, subtract } from '../../sizes/size';

/** `causal` pads the begin only, so that there are as many outputs as with `same`. */
export function kerasAxis(window: Window, padding: string): ConvAxis {
  if (padding === 'same') return sameAxis(window);
  if (padding !== 'causal') return paddedAxis(window, [0, 0]);
  const output = sameOutput(SIZES, window.input, window.stride);
  return { ...paddedAxis(window, [subtract(extentOf(window), 1), 0]), output };
}

export function kerasTransposedAxis(
  window: Window,
  padding: 'valid' | 'same',
  outputPadding: Size | undefined,
): ConvAxis {
  return croppedAxis(window, kerasCrop(SIZES, padding, extentOf(window), window.stride, outputPadding));
}
