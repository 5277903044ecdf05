import { sizesOf } from '../chain/sizes';
import { parseStage } from '../chain/text';
import type { AxisPlan } from '../axis';
import type { Plan } from '../plan';
import { filledTensor } from '../presets/preset';
import { ProblemError } from '../problem';
import type { PixelKernels } from '../state/document';
import { isNear, type Work } from './work';

type Task = (work: Work) => boolean;

/** A task about a layer that is legal, of one kind. */
const layer =
  (kind: 'conv' | 'convTranspose', holds: (axis: AxisPlan) => boolean, besides: Task = () => true): Task =>
  (work) =>
    work.plan?.kind === kind && work.plan.axes.every(holds) && besides(work);

const values = (work: Work, tensor: 'input' | 'weight'): readonly number[] => Array.from(work.values(tensor) ?? []);

/** The sums of the kernel's phases along the last two axes: what each kind of output of a constant input is. */
function phaseSums({ plan, values: valuesOf }: Work): readonly number[] {
  const weight = valuesOf('weight');
  if (!plan || !weight) return [];
  const [{ kernel: rows, stride: down }, { kernel: columns, stride: across }] = plan.axes;
  const sums = new Array<number>(down * across).fill(0);
  for (let at = 0; at < rows * columns; at++)
    sums[(Math.floor(at / columns) % down) * across + ((at % columns) % across)] += weight[at];
  return sums;
}

const weightsOf = ({ weightShape }: Plan): number => weightShape.reduce((all, size) => all * size, 1);

/** Whether the kernels of a pixel transposed convolution read the input alone: the weights for that come first. */
const readNoMap = (kernels: PixelKernels): boolean =>
  kernels.every((weights) => weights.slice(kernels[0].length).every((weight) => weight === 0));

/** Whether some element of the kernel writes each place between two stamps. */
function reachesAll({ kernel, dilation, stride }: AxisPlan): boolean {
  const reached = new Set(Array.from({ length: kernel }, (_, element) => (element * dilation) % stride));
  return reached.size === stride;
}

/** The size that a chain ends with; nothing where it does not go, or a line is none. */
function chainEnd({ chain }: Work): number | undefined {
  if (!chain) return undefined;
  try {
    const { sizes, stop } = sizesOf(chain.lines.map(parseStage), [chain.input]);
    return stop ? undefined : sizes[sizes.length - 1][0];
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

const isPinned = ({ pinned }: Work, tensor: string, place: readonly number[]): boolean =>
  pinned?.tensor === tensor && pinned.index.slice(-place.length).join() === place.join();

/** Whether what a lesson asks for is done, by the lesson's id. */
export const TASKS = {
  window: layer(
    'conv',
    ({ kernel }) => kernel === 3,
    (work) => values(work, 'weight').join() === '0,0,0,0,1,0,0,0,0',
  ),
  turned: layer(
    'convTranspose',
    ({ kernel, stride }) => kernel === 3 && stride === 1,
    (work) => values(work, 'input').filter((value) => value !== 0).length === 1,
  ),
  'same-size': layer('conv', ({ kernel, stride, input, output }) => kernel === 3 && stride === 1 && input === output),
  stride: layer('conv', ({ input, stride, output }) => input === 7 && stride === 2 && output === 3),
  floor: layer('conv', ({ input, stride, output }) => stride === 2 && output === 3 && input !== 5),
  dilation: layer('conv', ({ kernel, extent }) => kernel === 3 && extent === 7),
  groups: layer(
    'conv',
    () => true,
    ({ plan }) => plan?.groups === 4 && plan.inputChannels === 4,
  ),
  reach: (work) => isPinned(work, 'input', [2, 2]),
  'matrix-row': (work) => isPinned(work, 'output', [1, 1]),
  'shared-weights': layer(
    'conv',
    ({ kernel, stride, input, output }) => kernel === 5 && stride === 1 && input === 1000 && output === input,
  ),
  'full-matrix': layer(
    'convTranspose',
    ({ input, output }) => input === 4 && output === 128,
    ({ plan }) => plan?.inputChannels === 64 && plan.outputChannels === 2 && weightsOf(plan) <= 131_072,
  ),
  'matrix-transposed': layer('convTranspose', ({ input, output }) => input === 2 && output === 4),
  'not-an-inverse': layer(
    'convTranspose',
    ({ kernel, stride }) => kernel === stride && stride === 2,
    (work) =>
      isNear(
        values(work, 'weight').reduce((sum, value) => sum + value * value, 0),
        1,
      ),
  ),
  stamps: ({ stage, sub, step }) => stage === 'steps' && (sub === '' || sub === 'overlapAdd') && step >= 5,
  'stride-spreads': layer(
    'convTranspose',
    ({ input, kernel, stride, output }) => input === 2 && kernel === 3 && stride === 2 && output === 5,
  ),
  'padding-crops': layer(
    'convTranspose',
    ({ input, kernel, stride, output }) => input === 2 && kernel === 3 && stride === 2 && output === 3,
  ),
  'output-padding': layer(
    'convTranspose',
    ({ input, kernel, stride, output }) => kernel === 3 && stride === 2 && output === 2 * input,
  ),
  complement: layer(
    'convTranspose',
    ({ padBegin, padEnd, extent, stride }) => stride === 2 && padBegin === extent - 1 && padEnd === extent - 1,
  ),
  phases: layer(
    'convTranspose',
    ({ kernel, stride }) => stride === 2 && kernel % stride === 0,
    ({ stage }) => stage === 'phases',
  ),
  checkerboard: layer(
    'convTranspose',
    ({ kernel, stride, dilation }) => stride === 2 && dilation === 1 && kernel % stride === 0,
  ),
  holes: layer('convTranspose', (axis) => axis.stride === 2 && reachesAll(axis)),
  smooth: layer(
    'convTranspose',
    ({ kernel, stride }) => kernel === 4 && stride === 2,
    (work) => {
      const sums = phaseSums(work);
      return sums.length > 0 && sums[0] !== 0 && sums.every((sum) => isNear(sum, sums[0]));
    },
  ),
  enlarging: layer(
    'convTranspose',
    ({ stride }) => stride === 2,
    (work) => {
      const weight = work.plan && filledTensor(work.plan.weightShape, { fill: 'bilinear' }).data;
      const own = values(work, 'weight');
      return weight?.length === own.length && own.every((value, at) => isNear(value, weight[at]));
    },
  ),
  neighbours: ({ pixelKernels }) => pixelKernels !== undefined && readNoMap(pixelKernels),
  'off-by-one': layer('convTranspose', ({ input, stride, output }) => input === 8 && stride === 2 && output === 15),
  twice: layer(
    'convTranspose',
    ({ input, kernel, stride, output, outputPadding }) =>
      kernel === 4 && stride === 2 && outputPadding === 0 && output === 2 * input,
  ),
  'which-end': layer(
    'convTranspose',
    ({ input, kernel, stride, output, padBegin, outputPadding }) =>
      kernel === 3 && stride === 2 && padBegin === 0 && outputPadding === 0 && output === 2 * input,
  ),
  vocoder: layer(
    'convTranspose',
    ({ input, kernel, stride, output }) => kernel === 16 && stride === 8 && output === 8 * input,
    ({ plan }) => plan?.rank === 1,
  ),
  causal: layer(
    'convTranspose',
    ({ input, kernel, stride, output, padBegin }) =>
      kernel === 4 && stride === 2 && padBegin === 0 && output === 2 * input,
    ({ plan }) => plan?.rank === 1,
  ),
  'missing-terms': (work) => isPinned(work, 'output', [2, 0]),
  'no-overlap': layer('convTranspose', ({ kernel, stride, dilation }) => dilation === 1 && kernel === 2 * stride),
  around: ({ stage, sub, step }) => stage === 'zero-insertion' && (sub === '' || sub === 'own') && step === 1,
  'no-floor': layer(
    'conv',
    ({ kernel, stride, input, padBegin, padEnd, extent }) =>
      kernel === 3 && stride === 2 && (input + padBegin + padEnd - extent) % stride === 0,
  ),
  ladder: (work) => (work.chain?.lines.length ?? 0) >= 2 && work.chain?.input === 16 && chainEnd(work) === 16,
} satisfies Readonly<Record<string, Task>>;

export type LessonId = keyof typeof TASKS;
