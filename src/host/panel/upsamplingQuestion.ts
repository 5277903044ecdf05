import { Door } from '../../core/door';
import { weightPlane } from '../../core/kernels/channels';
import type { Tensor } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { ProblemError, problem } from '../../core/problem';
import type { InspectorDocument } from '../../core/state/document';
import { elementCount } from '../../core/tensor/tensor';
import { type Against, METHODS, type UpsamplingQuestion } from '../../core/upsampling/comparison';
import type { Grid } from '../../core/upsampling/grid';
import type { UpsamplingRequest } from '../../protocol/panel';

const AGAINST = ['back', 'given', 'none'] as const satisfies readonly Against[];
/** Values of a picture along an axis: about as many as it has pixels on the page. */
const MOST_VALUES = 192;
const MOST_INDEX = 2 ** 31 - 1;

/** What a page asks, checked as if a stranger had sent it. Throws a ProblemError. */
export function parseUpsampling(message: unknown): UpsamplingRequest {
  const door = new Door(message, 'upsampling');
  const index = (name: string): number => door.at(name).integer(0, MOST_INDEX);
  return {
    batch: index('batch'),
    from: index('from'),
    to: index('to'),
    against: door.at('against').oneOf(...AGAINST),
    base: door.at('base').oneOf(...METHODS, 'reference'),
    scaled: door.at('scaled').boolean(),
    slice: index('slice'),
  };
}

/** One plane of a tensor whose spatial axes are the last, in float64. Indices beyond the last count as the last. */
export function planeOf(
  { shape, data }: Pick<Tensor, 'shape' | 'data'>,
  rank: number,
  batch: number,
  channel: number,
): Grid {
  const leading = shape.slice(0, -rank);
  const sizes = shape.slice(-rank);
  const channels = leading[leading.length - 1];
  const item = leading.length > 1 ? Math.min(batch, leading[0] - 1) : 0;
  const area = elementCount(sizes);
  const begin = (item * channels + Math.min(channel, channels - 1)) * area;
  return { shape: sizes, data: Float64Array.from(data.subarray(begin, begin + area)) };
}

function checkedReference(reference: Tensor | undefined, plan: Plan, ask: UpsamplingRequest): Grid {
  if (!reference)
    throw new ProblemError([
      problem({ code: 'reference-none', field: 'file', template: 'No reference has been chosen yet.' }),
    ]);
  const grid = planeOf(reference, plan.rank, ask.batch, ask.from);
  const wanted = plan.axes.map(({ input, stride }) => input * stride);
  if (grid.shape.join() === wanted.join()) return grid;
  throw new ProblemError([
    problem({
      code: 'reference-size',
      field: 'file',
      template: 'The reference is {0}; the input made larger by the stride is {1}.',
      args: [grid.shape.join(' × '), wanted.join(' × ')],
    }),
  ]);
}

/** The question with the document's own values. Throws a ProblemError where there is nothing to compare. */
export function questionOf(
  document: Pick<InspectorDocument, 'input' | 'weight'>,
  plan: Plan,
  ask: UpsamplingRequest,
  reference: Tensor | undefined,
): UpsamplingQuestion {
  const { rank, axes } = plan;
  const kernel = axes.map((axis) => axis.kernel);
  const first = weightPlane(
    plan,
    Math.min(ask.from, plan.inputChannels - 1),
    Math.min(ask.to, plan.outputChannels - 1),
  );
  const weights = document.weight.data.subarray(first * plan.kernelArea, (first + 1) * plan.kernelArea);
  return {
    plane: planeOf(document.input, rank, ask.batch, ask.from),
    factors: axes.map(({ stride }) => stride),
    against: ask.against,
    reference: ask.against === 'given' ? checkedReference(reference, plan, ask) : undefined,
    base: ask.base === 'reference' && ask.against === 'none' ? 'linear' : ask.base,
    own:
      plan.kind === 'conv'
        ? undefined
        : {
            op: {
              kind: 'convTranspose',
              stride: axes.map(({ stride }) => stride),
              dilation: axes.map(({ dilation }) => dilation),
              padding: axes.map(({ padBegin, padEnd }): [number, number] => [padBegin, padEnd]),
              outputPadding: axes.map(({ outputPadding }) => outputPadding),
            },
            kernel: { shape: kernel, data: Float64Array.from(weights) },
          },
    scaled: ask.scaled,
    slice: ask.slice,
    most: MOST_VALUES,
  };
}
