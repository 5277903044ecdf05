import { Door } from '../../core/door';
import { weightPlane } from '../../core/kernels/channels';
import { runPlain } from '../../core/kernels/plain';
import type { Operation } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { ProblemError, problem } from '../../core/problem';
import type { InspectorDocument } from '../../core/state/document';
import { OPTIMIZERS } from '../../core/training/optimizers';
import type { TrainingQuestion } from '../../core/training/training';
import { boxOf, type Grid, gridOf } from '../../core/upsampling/grid';
import { blockMeans, wholeBlocks } from '../../core/upsampling/pooling';
import { planOn } from '../../core/upsampling/transposed';
import type { TrainingRequest } from '../../protocol/panel';
import { planeOf } from './upsamplingQuestion';

const MOST_INDEX = 2 ** 31 - 1;
const MOST_RATE = 1e6;
export const TRAINING_STEPS = 600;

export function parseTraining(message: unknown): TrainingRequest {
  const door = new Door(message, 'training');
  const index = (name: string): number => door.at(name).integer(0, MOST_INDEX);
  const rate = door.at('rate').finite();
  if (!(rate > 0 && rate <= MOST_RATE)) throw door.at('rate').refuse('a number above 0');
  return {
    batch: index('batch'),
    from: index('from'),
    to: index('to'),
    target: door.at('target').oneOf('back', 'own'),
    optimizer: door.at('optimizer').oneOf(...OPTIMIZERS),
    rate,
    seed: index('seed'),
  };
}

/** The layer of one plane: what groups and channels there are does not matter to one kernel. */
const operationOf = ({ kind, axes, paddingMode }: Plan): Operation => ({
  kind,
  stride: axes.map(({ stride }) => stride),
  dilation: axes.map(({ dilation }) => dilation),
  padding: axes.map(({ padBegin, padEnd }): [number, number] => [padBegin, padEnd]),
  ...(kind === 'convTranspose' ? { outputPadding: axes.map(({ outputPadding }) => outputPadding) } : { paddingMode }),
});

interface Lesson {
  readonly input: Grid;
  readonly target: Grid;
}

/** The means of the plane's blocks are the input, and the plane is what the layer is to make of them. */
function back(plane: Grid, op: Operation, kernel: readonly number[]): Lesson {
  const factors = op.stride;
  const large = wholeBlocks(plane.shape, factors);
  if (op.kind === 'conv' || large.includes(0))
    throw new ProblemError([
      problem({
        code: 'training-back',
        field: 'input',
        template: 'Only a transposed convolution, on an input of at least its stride, can be taught to make it larger.',
      }),
    ]);
  const whole = boxOf(
    plane,
    large.map(() => 0),
    large,
  );
  const input = blockMeans(whole, factors);
  const sizes = planOn(input.shape, { op, kernel: gridOf(kernel) }).outputShape.slice(2);
  // Where the layer makes more, or less, the middles are laid on each other; what is over has no target.
  return {
    input,
    target: boxOf(
      whole,
      sizes.map((size, axis) => -Math.trunc((size - large[axis]) / 2)),
      sizes,
    ),
  };
}

/** What the document's own kernel makes of the plane. */
function own(plane: Grid, op: Operation, kernel: Grid): Lesson {
  const plan = planOn(plane.shape, { op, kernel });
  const target = gridOf(plan.outputShape.slice(2));
  runPlain(plan, plane.data, kernel.data, undefined, target.data, () => undefined);
  return { input: plane, target };
}

/** The question with the document's own values. Throws a ProblemError where there is nothing to learn. */
export function trainingOf(
  { input, weight }: Pick<InspectorDocument, 'input' | 'weight'>,
  plan: Plan,
  { batch, from, to, target, optimizer, rate, seed }: TrainingRequest,
): TrainingQuestion {
  const kernel = plan.axes.map((axis) => axis.kernel);
  const plane = planeOf(input, plan.rank, batch, from);
  const op = operationOf(plan);
  const first = weightPlane(plan, Math.min(from, plan.inputChannels - 1), Math.min(to, plan.outputChannels - 1));
  const weights = weight.data.subarray(first * plan.kernelArea, (first + 1) * plan.kernelArea);
  const lesson =
    target === 'back' ? back(plane, op, kernel) : own(plane, op, { shape: kernel, data: Float64Array.from(weights) });
  if (![...lesson.input.data].every(Number.isFinite))
    throw new ProblemError([
      problem({ code: 'training-values', field: 'input', template: 'Nothing can be learned from what is not finite.' }),
    ]);
  return { op, kernel, ...lesson, optimizer, rate, seed, steps: TRAINING_STEPS };
}
