import { type Interpretation, interpret, interpretations, restore, type Target } from '../core/formats/axes';
import type { Tensor } from '../core/operation';
import { elementCount } from '../core/tensor/tensor';

/** How a tensor of a program becomes one of a document, and back again. */
export interface Layout {
  readonly target: Target;
  readonly way: Interpretation;
}

/** With more axes than a batch of volumes has, the first ones are laid one behind another, as one axis of a batch. */
export function folded(shape: readonly number[]): readonly number[] {
  if (shape.length === 0) return [1];
  return shape.length <= 5 ? shape : [elementCount(shape.slice(0, -3)), ...shape.slice(-3)];
}

/** A tensor as the input of an operation with as many spatial axes as fit it, its channels where a picture has them. */
export function inputLayout(shape: readonly number[]): Layout {
  const laid = folded(shape);
  const rank = laid.length === 1 ? 1 : laid.length === 5 ? 3 : 2;
  const target = { role: 'input', kind: 'conv', rank } as const;
  return { target, way: interpretations(laid, target)[0] };
}

export const laidOut = (tensor: Tensor, { target, way }: Layout): Tensor =>
  interpret({ ...tensor, shape: folded(tensor.shape) }, way, target);

/** The same layout of a tensor whose shape may be another one now; nothing where it has no such axes. */
export function layoutAgain(shape: readonly number[], { target, way }: Layout): Layout | undefined {
  const again = interpretations(folded(shape), target).find(
    ({ axes, flipped }) => axes === way.axes && flipped === way.flipped,
  );
  return again && { target, way: again };
}

/** A document's tensor in the shape that the program's has; nothing where it is not what the layout made of that. */
export function givenBack(tensor: Tensor, shape: readonly number[], { target, way }: Layout): Tensor | undefined {
  if (String(tensor.shape) !== String(way.shape)) return undefined;
  const restored = restore(tensor, way, target);
  return elementCount(restored.shape) === elementCount(shape) ? { ...restored, shape } : undefined;
}
