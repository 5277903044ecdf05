import type { Applied } from '../model/library';
import { unknown } from '../model/make';
import { derived, sureShape, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { add, isKnown, multiply, type Size, subtract } from '../sizes/size';
import { floorSteps } from '../model/arithmetic';
import { onTensor, type OpRow, refuse } from './onTensor';
import type { Refusal } from './problems';
import { listed } from './refusals/check';
import { openTensor } from './sizesGiven';

/** The hop that is taken where none is given: a quarter of the window. */
function hopOf({ bound }: Applied, length: number): number | undefined {
  return bound.isNone('hop_length') ? Math.floor(length / 4) : bound.int('hop_length');
}

/** One spectrum for each hop; with `center`, half a window is put before and behind (torch.stft, 2.15). */
function stft(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const { machine, bound } = call;
  const length = bound.int('n_fft');
  const [center, onesided] = [bound.flag('center'), bound.isNone('onesided') ? true : bound.flag('onesided')];
  const complex = bound.isNone('return_complex') ? undefined : bound.flag('return_complex');
  const hop = length === undefined ? undefined : hopOf(call, length);
  if (!shape || length === undefined || hop === undefined || center === undefined || complex === undefined)
    return openTensor(x);
  if (onesided === undefined) return openTensor(x);
  const given = add(shape[shape.length - 1], center ? 2 * Math.floor(length / 2) : 0);
  const frames = floorSteps(machine, given, length, hop);
  const bins = onesided ? Math.floor(length / 2) + 1 : length;
  return derived(x, [...shape.slice(0, -1), bins, frames, ...(complex ? [] : [2])], []);
}

function istft(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const { machine, bound } = call;
  const length = bound.int('n_fft');
  const center = bound.flag('center');
  const hop = length === undefined ? undefined : hopOf(call, length);
  if (!shape || shape.length < 2 || length === undefined || hop === undefined || center === undefined)
    return openTensor(x);
  const rest = shape.slice(0, -2);
  if (!bound.isNone('length')) return derived(x, [...rest, bound.size('length')], []);
  const spanned = machine.simple(() => add(multiply(subtract(shape[shape.length - 1], 1), hop), length));
  return derived(x, [...rest, center ? subtract(spanned, 2 * Math.floor(length / 2)) : spanned], []);
}

/** What `check_grid_sampler_common` refuses (ATen's `GridSamplerUtils.h`, 2.15). */
function gridRefusal(x: readonly Size[], grid: readonly Size[]): Refusal | undefined {
  if (grid.length === 0 || x.length < 2) return undefined;
  const axes = x.length - 2;
  const [one, other] = [x[0], grid[0]];
  const refusal = (words: string): Refusal => ({
    code: 'input-sizes',
    template: 'The grid {0} does not fit an input {1}.',
    args: [listed(grid), listed(x)],
    framework: `grid_sampler(): ${words}`,
  });
  if (isKnown(one) && isKnown(other) && one !== other)
    return refusal(
      `expected grid and input to have same batch size, but got input with sizes ${listed(x)} and grid with sizes ${listed(grid)}`,
    );
  const last = grid.at(-1)!;
  return isKnown(last) && last !== axes
    ? refusal(`expected grid to have size ${axes} in last dimension, but got grid with sizes ${listed(grid)}`)
    : undefined;
}

/** Samples of the input at the places that the grid names: its channels, the grid's size. */
function gridSample(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const given = call.bound.tensor('grid');
  const [held, places] = [sureShape(x), sureShape(given)];
  const wrong = held && places && gridRefusal(held, places);
  if (wrong) refuse(call, wrong);
  const grid = given?.cell.shape;
  return shape && grid && grid.length === shape.length
    ? derived(x, [shape[0], shape[1], ...grid.slice(1, -1)])
    : openTensor(x);
}

/** The place of every element of an output of this size. */
const affineGrid = ({ machine, bound }: Applied): Value => {
  const theta = bound.tensor('theta');
  const sizes = bound.items('size')?.map((each) => machine.sizeOf(each));
  return theta && sizes && sizes.length > 2
    ? derived(theta, [sizes[0], ...sizes.slice(2), sizes.length - 2], [])
    : unknown();
};

const SPECTRUM =
  'n_fft, hop_length=None, ~win_length=None, ~window=None, center=True, ~pad_mode=None, ~normalized=False, onesided=None, return_complex=None, ~align_to_window=None';
const BACK =
  'n_fft, hop_length=None, ~win_length=None, ~window=None, center=True, ~normalized=False, ~onesided=None, length=None, ~return_complex=False';

/** Spectra, and sampling at places that are computed. */
export const signalOps: readonly OpRow[] = [
  ['stft', `input, ${SPECTRUM}`, onTensor(stft)],
  ['istft', `input, ${BACK}`, onTensor(istft)],
];

export const samplingOps: readonly OpRow[] = [
  ['grid_sample', "input, grid, ~mode='bilinear', ~padding_mode='zeros', ~align_corners=None", onTensor(gridSample)],
  ['affine_grid', 'theta, size, ~align_corners=None', affineGrid],
];
