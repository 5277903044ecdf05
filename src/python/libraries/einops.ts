import type { Bound, FunctionSpec, LayerSpec } from '../model/library';
import { signature } from '../model/signature';
import type { Value } from '../model/value';
import { rearrange } from '../shapes/einops';
import { inputOf } from './torch/input';

const NO_SIZES = new Set(['tensor', 'pattern', 'reduction']);
const sizesIn = (bound: Bound): (readonly [string, Value])[] =>
  [...bound.values].filter(([name]) => !NO_SIZES.has(name));

const func = (name: string, form: string): FunctionSpec => ({
  callee: `einops.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply: ({ machine, bound, at }) =>
    rearrange(machine, bound.tensor('tensor'), bound.text('pattern'), sizesIn(bound), at),
});

const layer = (name: string, form: string): LayerSpec => ({
  callee: `einops.layers.torch.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply: (call) => {
    const x = call.machine.asTensor(inputOf(call));
    return rearrange(call.machine, x, call.bound.text('pattern'), sizesIn(call.bound), call.at);
  },
});

/** einops 0.8: axes put into another order, together and apart, by their names. */
export const einopsFunctions: readonly FunctionSpec[] = [
  func('rearrange', 'tensor, pattern, **sizes'),
  func('repeat', 'tensor, pattern, **sizes'),
  func('reduce', 'tensor, pattern, ~reduction, **sizes'),
];

export const einopsLayers: readonly LayerSpec[] = [
  layer('Rearrange', 'pattern, **sizes'),
  layer('Reduce', 'pattern, ~reduction, **sizes'),
];
