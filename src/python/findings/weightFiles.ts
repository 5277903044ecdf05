import { children } from '../model/children';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import type { Arguments, CallPlace, LayerValue, UnknownValue, Value } from '../model/value';
import type { WeightSource } from '../report';

/** Where a value was read from; only a place in the project's text can say whose relative path it is. */
const origins = new WeakMap<Value, WeightSource>();
/**
 * The layer whose weight a tensor is, so that `layer.weight.data = …` and `layer.weight.copy_(…)` are known to be its.
 */
const owners = new WeakMap<Value, LayerValue>();

/** Methods of arrays and tensors that change neither values nor shape. */
const SAME = new Set([
  'float',
  'double',
  'half',
  'to',
  'cpu',
  'cuda',
  'astype',
  'copy',
  'clone',
  'detach',
  'contiguous',
  'numpy',
  'requires_grad_',
  'state_dict',
]);
const ITEMS = new Set(['get', 'get_tensor', 'pop']);

/** What `torch.load(path)` and its like give: nothing is known of it but where it came from. */
export function readFrom(path: string, at: CallPlace): Value {
  const value = unknown();
  origins.set(value, { path, by: at.chunk?.path ?? '' });
  return value;
}

const nameIn = (parent: UnknownValue, value: Value): string | undefined =>
  [...(parent.members ?? [])].find(([, member]) => member === value)?.[0];

/** The file that a value is of: the value read, or an item of it by name (`state['up1.weight']`). */
export function fileOf(value: Value | undefined): WeightSource | undefined {
  if (!value) return undefined;
  const own = origins.get(value);
  if (own || value.kind !== 'unknown' || !value.parent) return own;
  const file = fileOf(value.parent);
  const name = file && nameIn(value.parent, value);
  return name === undefined ? undefined : { ...file!, name };
}

/** What a method of something that was read from a file gives, where that is known: an item, or the same again. */
export function readThrough(method: UnknownValue, { positional: [key] }: Arguments): Value | undefined {
  const { parent } = method;
  const file = parent && fileOf(parent);
  const name = file && nameIn(parent, method);
  if (name === undefined) return undefined;
  if (SAME.has(name)) return parent;
  if (!ITEMS.has(name) || key?.kind !== 'string') return undefined;
  const item = unknown();
  origins.set(item, { ...file!, name: key.value });
  return item;
}

export function ownWeight(weight: Value, layer: LayerValue): void {
  owners.set(weight, layer);
}

/** The layer whose weight it is. */
export const ownerOf = (weight: Value): LayerValue | undefined => owners.get(weight);

function note(machine: Machine, call: CallPlace | undefined, source: WeightSource): void {
  if (call?.kind === 'call') machine.recorder.loaded(call, source);
}

/** A value is given to a layer as its weight, or to a convolution function. */
export function noteWeight(machine: Machine, layer: LayerValue | CallPlace, value: Value | undefined): void {
  const source = fileOf(value);
  if (source) note(machine, layer.kind === 'layer' ? layer.site?.call : layer, source);
}

/** As `noteWeight`, where only the tensor that is the layer's weight is at hand. */
export function noteContents(machine: Machine, weight: Value, value: Value | undefined): void {
  const layer = owners.get(weight);
  if (layer) noteWeight(machine, layer, value);
}

/**
 * A module takes its parameters from what was read: each layer in it the tensor that has the layer's path for a name.
 */
export function noteLoaded(machine: Machine, module: Value, state: Value | undefined): void {
  const source = fileOf(state);
  const seen = new Set<Value>();
  const visit = (value: Value, path: string): void => {
    if (seen.has(value)) return;
    seen.add(value);
    if (value.kind === 'layer')
      note(machine, value.site?.call, { path: source!.path, by: source!.by, name: `${path}weight` });
    if (value.kind === 'instance' && value.native?.kind === 'layer') visit(value.native, path);
    for (const [name, child] of children(value)) visit(child, `${path}${name}.`);
  };
  if (source) visit(module, '');
}
