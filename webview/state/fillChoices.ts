import type { FillSpec } from '../../src/core/state/fills';
import type { Strings } from '../../src/protocol/strings';

/** What the fills are made with. */
export interface FillNumbers {
  readonly seed: number;
  readonly value: number;
  /** Width of the Gaussian, in elements. */
  readonly sigma: number;
}

export const FIRST_NUMBERS: FillNumbers = { seed: 1, value: 0, sigma: 1 };

export interface FillChoice {
  readonly text: string;
  readonly fill: FillSpec;
}

/** Everything that a tensor can be filled with, in the order of the menu. `rank` is that of its space. */
export function fillChoices(
  { seed, value, sigma }: FillNumbers,
  rank: number,
  strings: Strings,
): readonly FillChoice[] {
  const across = rank - 1;
  return [
    { text: strings.fillUniform, fill: { fill: 'uniform', seed, low: -1, high: 1 } },
    { text: strings.fillNormal, fill: { fill: 'normal', seed, mean: 0, deviation: 1 } },
    { text: strings.fillConstant, fill: { fill: 'constant', value } },
    { text: strings.fillRamp, fill: { fill: 'ramp', start: 0, step: 1 } },
    { text: strings.fillImpulse, fill: { fill: 'impulse' } },
    { text: strings.fillCheckerboard, fill: { fill: 'checkerboard', even: 1, odd: 0 } },
    { text: strings.fillGaussian, fill: { fill: 'gaussian', sigma } },
    { text: strings.fillSobelAcross, fill: { fill: 'sobel', axis: across } },
    ...(rank > 1 ? [{ text: strings.fillSobelDown, fill: { fill: 'sobel', axis: across - 1 } } as const] : []),
    { text: strings.fillBilinear, fill: { fill: 'bilinear' } },
    { text: strings.fillIdentity, fill: { fill: 'identity' } },
  ];
}
