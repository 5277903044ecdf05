// What the code that takes a layer from one framework into another is put together from.
import type { AxisPlan } from '../axis';
import { kernelExtent, NUMBERS } from '../formulas';
import type { PaddingMode } from '../operation';
import type { Plan } from '../plan';
import { spelled, WEIGHT_LAYOUTS, type WeightLayout } from '../tensor/layouts';
import type { CutAxis } from './call';

/** The frameworks that a layer can be written in. */
export const TARGETS = ['PyTorch', 'Keras', 'TensorFlow', 'JAX', 'Flax', 'Paddle', 'ONNX'] as const;
export type Target = (typeof TARGETS)[number];

/** An axis of the source's answer, with what the layer has of it. */
export type Cut = AxisPlan & CutAxis;

export const cutsOf = (plan: Plan, axes: readonly CutAxis[]): readonly Cut[] =>
  axes.map((cut, at) => ({
    ...plan.axes[at],
    ...cut,
    extent: kernelExtent(NUMBERS, plan.axes[at].kernel, cut.dilation),
  }));

export interface Layer {
  readonly plan: Plan;
  readonly cuts: readonly Cut[];
  readonly paddingMode: PaddingMode;
  readonly target: Target;
  readonly channelsLast: boolean;
}

export interface Lines {
  readonly lines: readonly string[];
  readonly alone: boolean;
}

export function layoutOf(id: string): WeightLayout {
  const layout = WEIGHT_LAYOUTS.find((each) => each.id === id);
  if (!layout) throw new Error(`There is no weight layout ${id}.`);
  return layout;
}

const NAMES: Readonly<Record<string, string>> = { I: 'in', O: 'out' };
const axesName = (letters: string): string => `(${[...letters].map((letter) => NAMES[letter] ?? letter).join(', ')})`;

/** The kernel from one order of axes into another, mirrored where one of the two frameworks mirrors it. */
export function weightLine(from: string, to: string, rank: number, mirrors: boolean): readonly string[] {
  const [stored, wanted] = [spelled(from, rank), spelled(to, rank)];
  const lines: string[] = [];
  if (stored !== wanted) {
    const order = [...wanted].map((letter) => stored.indexOf(letter));
    lines.push(`w = np.transpose(w, ${tuple(order)})  # ${axesName(stored)} → ${axesName(wanted)}`);
  }
  if (mirrors) {
    const spatial = [...wanted].flatMap((letter, at) => (letter === 'I' || letter === 'O' ? [] : [at]));
    lines.push(`w = np.flip(w, ${tuple(spatial)}).copy()  # the other way round`);
  }
  return lines;
}

export const tuple = (values: readonly (number | string)[]): string =>
  values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;

export const brackets = (values: readonly (number | string)[]): string => `[${values.join(', ')}]`;

/** `, stride=2` where it is not the usual value; one number where all axes have the same. */
export function some(name: string, values: readonly number[], usual: number): string {
  if (values.every((value) => value === usual)) return '';
  return `, ${name}=${values.every((value) => value === values[0]) ? values[0] : tuple(values)}`;
}

/** Pairs for every axis of a tensor, `[(0, 0), (1, 2), (0, 0)]`, none for batch and channels. */
export function allPairs(pairs: readonly (readonly [number, number])[], channelsLast: boolean): string {
  const spatial = pairs.map(([begin, end]) => `(${begin}, ${end})`);
  return brackets(channelsLast ? ['(0, 0)', ...spatial, '(0, 0)'] : ['(0, 0)', '(0, 0)', ...spatial]);
}

/** For the `F.pad` of PyTorch, which names the last axis first. */
export const torchPads = (pairs: readonly (readonly [number, number])[]): string => tuple([...pairs].reverse().flat());

/** How a target's Python pads a tensor with zeros. */
export const padded = (target: Target, tensor: string, pairs: readonly (readonly [number, number])[]): string => {
  const last = allPairs(pairs, true);
  switch (target) {
    case 'PyTorch':
      return `F.pad(${tensor}, ${torchPads(pairs)})`;
    case 'Keras':
      return `keras.ops.pad(${tensor}, ${last})`;
    case 'TensorFlow':
      return `tf.pad(${tensor}, ${last})`;
    case 'JAX':
    case 'Flax':
      return `jnp.pad(${tensor}, ${last})`;
    case 'Paddle':
    case 'ONNX':
      return `np.pad(${tensor}, ${allPairs(pairs, false)})`;
    default:
      return target satisfies never;
  }
};

/** `[:, 0:6, 0:6]`; nothing where all is kept. */
export function slice(ranges: readonly string[], channelsLast: boolean): string {
  if (ranges.every((range) => range === ':')) return '';
  return channelsLast ? `[:, ${ranges.join(', ')}]` : `[..., ${ranges.join(', ')}]`;
}

export const of = (
  cuts: readonly Cut[],
  key: 'stride' | 'dilation' | 'kernel' | 'output' | 'begin',
): readonly number[] => cuts.map((cut) => cut[key]);
