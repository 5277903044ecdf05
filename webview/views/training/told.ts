import { runPlain } from '../../../src/core/kernels/plain';
import type { Plan } from '../../../src/core/plan';
import { elementCount } from '../../../src/core/tensor/tensor';
import { gradientAt } from '../../../src/core/training/training';
import { type Picture, pictureOf } from '../../../src/core/upsampling/picture';
import { planOn } from '../../../src/core/upsampling/transposed';
import type { TrainingRun } from '../../../src/protocol/panel';
import type { Strings } from '../../../src/protocol/strings';

/** What a film of a run knows. */
export interface Told {
  readonly run: TrainingRun;
  readonly plan: Plan;
  readonly strings: Strings;
  /** The target as it is drawn, and its smallest and largest value. Made once: a film has hundreds of frames. */
  readonly target: Picture;
  readonly limits: readonly [low: number, high: number];
}

/** A step of a run as it is drawn. */
export interface Now {
  /** Of the run; nothing for the optimum. */
  readonly step: number | undefined;
  readonly kernel: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly output: Picture;
  readonly difference: Picture;
  /** The largest absolute gradient of an output. */
  readonly slope: number;
}

/** Values of a picture along an axis. */
const MOST = 192;

export const stepsOfRun = ({ run }: Told): number => run.training.losses.length - 1;

export function kernelAt({ run: { training } }: Told, step: number): Float64Array {
  const taps = training.optimum.length;
  return training.kernels.subarray(step * taps, (step + 1) * taps);
}

const pictures = new WeakMap<Told, Map<number | 'optimum', Picture>>();

/** A kernel of a signal or of an image as a picture, one pixel a tap. */
export function pictureOfKernel({ run: { question } }: Told, values: Float64Array): Picture {
  const [rows, columns] = [1, ...question.kernel].slice(-2);
  return { rows, columns, valueRows: rows, valueColumns: columns, values: Float64Array.from(values) };
}

/** The kernel of a step, or the optimum, as a picture, made once: a few are drawn at every step. */
export function pictureAt(told: Told, step: number | 'optimum'): Picture {
  const known = pictures.get(told) ?? new Map<number | 'optimum', Picture>();
  pictures.set(told, known);
  const values = step === 'optimum' ? told.run.training.optimum : kernelAt(told, step);
  const made = known.get(step) ?? pictureOfKernel(told, values);
  known.set(step, made);
  return made;
}

export function toldOf(run: TrainingRun, strings: Strings): Told {
  const { input, op, kernel, target } = run.question;
  const plan = planOn(input.shape, { op, kernel: { shape: kernel, data: new Float64Array(elementCount(kernel)) } });
  let [low, high] = [Infinity, -Infinity];
  for (const value of target.data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { run, plan, strings, target: pictureOf(target, 0, MOST), limits: [low, high] };
}

export function nowOf(told: Told, step: number | undefined): Now {
  const { run, plan } = told;
  const { question, training } = run;
  const { input, target } = question;
  const kernel = step === undefined ? training.optimum : kernelAt(told, step);
  const made = new Float64Array(plan.outputArea);
  runPlain(plan, input.data, kernel, undefined, made, () => undefined);
  const less = made.map((value, at) => value - target.data[at]);
  const slope = less.reduce((most, each) => (Math.abs(each) > most ? Math.abs(each) : most), 0);
  const { shape } = target;
  return {
    step,
    kernel,
    loss: step === undefined ? training.optimumLoss : training.losses[step],
    gradient: gradientAt(training, kernel),
    output: pictureOf({ shape, data: made }, 0, MOST),
    difference: pictureOf({ shape, data: less }, 0, MOST),
    slope: (2 * slope) / training.outputs,
  };
}

/** PSNR in decibels of a mean squared error, over the range of the target. */
export const decibelsOf = ({ limits: [low, high] }: Told, loss: number): number =>
  10 * Math.log10((high - low) ** 2 / loss);

export const farthest = (one: ArrayLike<number>, other: ArrayLike<number>): number =>
  Array.from(one, (value, at) => Math.abs(value - other[at])).reduce((most, each) => Math.max(most, each), 0);

/** Steps whose kernels are drawn beside the one of now: the start, a few on the way, the end. */
export function milestones(told: Told): readonly number[] {
  const last = stepsOfRun(told);
  return [...new Set([0, Math.round(last / 30), Math.round(last / 10), last])];
}
