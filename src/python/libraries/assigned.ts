import type { Assigned } from '../model/library';
import type { Machine } from '../model/machine';
import type { LayerValue, Value } from '../model/value';
import { assignedToTorch } from './torch/assigned';

const NOTHING: ReadonlyMap<string, Value> = new Map();
const TENSORS = /^(weight|kernel|bias|embeddings|depthwise_kernel|pointwise_kernel)$/;

/**
 * What the frameworks' own code reads of the attributes that a program assigned to a layer. Keras reads some of them
 * only until a layer is built, Paddle keeps its own under other names, Flax's layers are frozen: there, an attribute
 * that is a parameter's makes the result unknown.
 */
export function assigned(machine: Machine, layer: LayerValue, given: ReadonlyMap<string, Value>): Assigned {
  if (layer.spec.framework === 'torch') return assignedToTorch(machine, layer, given);
  const { index, harmless } = layer.spec.signature;
  const matters = (name: string): boolean =>
    name.startsWith('_') || TENSORS.test(name) || (index.has(name) && !harmless.has(name));
  return [...given.keys()].some(matters) ? undefined : NOTHING;
}
