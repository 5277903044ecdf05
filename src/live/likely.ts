import type { Operation } from '../core/operation';
import { shapeOf } from '../core/shape';
import { operationFor, type StatedLayer } from './layer';

/** Sizes that an axis of an input gets of which nothing is known: the first that the layer takes. */
const TRIED: readonly number[] = [8, 16, 32, 64, 128];

/** Channels of the input of a layer whose kernel has this shape, as PyTorch stores it. */
export const channelsIn = (
  { kind, groups }: Pick<StatedLayer, 'kind' | 'groups'>,
  weight: readonly number[],
): number => (kind === 'conv' ? weight[1] * groups : weight[0]);

/** The shape of an input that the layer takes, channels first, where none is at hand. */
export function likelyShape(stated: StatedLayer, weight: readonly number[]): readonly number[] {
  const shapes = TRIED.map((size) => [1, channelsIn(stated, weight), ...weight.slice(2).map(() => size)]);
  const isTaken = (shape: readonly number[]): boolean =>
    shapeOf(operationFor(stated, weight, shape.slice(2)), shape, weight).problems.length === 0;
  return shapes.find(isTaken) ?? shapes[0];
}

/** The operation that the layer is for such an input. */
export const likelyOperation = (stated: StatedLayer, weight: readonly number[]): Operation =>
  operationFor(stated, weight, likelyShape(stated, weight).slice(2));
