import { BoundArguments } from '../model/bound';
import { isModule } from '../model/children';
import { iterate } from '../model/iterate';
import type { Machine } from '../model/machine';
import { FAILED, NONE, tuple, unknown } from '../model/make';
import { BoundValues, OverriddenValues } from '../model/signature';
import type { Arguments, CallPlace, ContainerValue, InstanceValue, LayerValue, Value } from '../model/value';
import { member } from './classes';

/** Attributes through which a library's layer keeps and uses its tensors. */
const TENSORS = new Set(['weight', 'kernel', 'bias']);

/** The list of hooks that a module keeps, under the name that PyTorch gives it. */
export const HOOKS = '_forward_hooks';
export const PRE_HOOKS = '_forward_pre_hooks';

const isFailed = (value: Value): boolean => value.kind === 'unknown' && value.failed === true;

/**
 * Runs a library's layer on values. `holder`: attributes of the object that is the layer, if that is an instance of a
 * class of the program's: what is assigned to `self.padding` there is what the framework's own code then reads.
 */
export function applyLayer(
  machine: Machine,
  layer: LayerValue,
  args: Arguments,
  at: CallPlace,
  holder?: ReadonlyMap<string, Value>,
): Value {
  if (layer.failed || args.positional.some(isFailed)) return FAILED;
  const changed = changes(layer, holder ?? layer.attributes);
  if (changed === 'unknown') return unknown();
  const { replaced } = changed;
  if (replaced) return machine.call(replaced, args, at);
  // What is found belongs to the entry point that runs, wherever the layer was made.
  const site = layer.site && machine.recorder.site(layer.site.call, layer.site);
  const here = site === layer.site ? layer : { ...layer, site };
  const plain = changed.values.size > 0 ? undefined : layer.plain;
  const values = changed.values.size > 0 ? new OverriddenValues(layer.parameters, changed.values) : layer.parameters;
  const result = layer.spec.apply({
    machine,
    at,
    args,
    layer: here,
    // An application has no arguments of the construction.
    bound: new BoundArguments(machine, plain?.values ?? values, undefined, plain),
  });
  const unread =
    (layer.parameters instanceof BoundValues && layer.parameters.hasUnread(true)) ||
    (values instanceof OverriddenValues && values.hasUnread());
  return unread && !isFailed(result) ? unknown() : hooked(machine, layer, changed.hooks, args, result, at);
}

interface Changes {
  /** Values that stand in for the parameters of the construction. */
  readonly values: ReadonlyMap<string, Value>;
  /** A `forward` that was set on the layer. */
  readonly replaced?: Value;
  readonly hooks?: Value;
}

const NO_CHANGES: Changes = { values: new Map() };

/** What attributes that were assigned change of a layer; `unknown` where its inner workings were. */
function changes(layer: LayerValue, attributes: ReadonlyMap<string, Value> | undefined): Changes | 'unknown' {
  if (!attributes || attributes.size === 0) return NO_CHANGES;
  const values = new Map<string, Value>();
  let replaced: Value | undefined;
  for (const [name, value] of attributes) {
    if (name === 'forward' || name === 'call' || name === '__call__') replaced = value;
    else if (TENSORS.has(name) || layer.spec.signature.index.has(name)) values.set(name, value);
    else if (name.startsWith('_') && name !== HOOKS) return 'unknown';
  }
  return { values, replaced, hooks: attributes.get(HOOKS) };
}

/** What hooks make of the result: each is called with the module, its inputs and its output, and may replace it. */
export function hooked(
  machine: Machine,
  module: Value,
  hooks: Value | undefined,
  args: Arguments,
  result: Value,
  at: CallPlace,
): Value {
  if (!hooks) return result;
  const items = iterate(hooks);
  if (!items) return unknown();
  return items.reduce<Value>((value, hook) => {
    const positional = [module, tuple([...args.positional], args.open), value];
    const given = machine.call(hook, { positional, keywords: new Map(), open: false }, at);
    return given === NONE || given.kind === 'none' ? value : given;
  }, result);
}

/** What an instance's base class of the framework is: a layer, or a container of its modules in order. */
export function applyNative(machine: Machine, instance: InstanceValue, args: Arguments, at: CallPlace): Value {
  const { native } = instance;
  if (native?.kind === 'layer') {
    const inner = member(instance.cls, '_conv_forward');
    // PyTorch's convolutions call it with the tensors that they hold.
    if (inner?.kind === 'function' && native.spec.family === 'conv') {
      const positional = [args.positional[0], ...['weight', 'bias'].map((name) => machine.attribute(instance, name))];
      return machine.callFunction(inner, { ...args, positional }, at, instance);
    }
    if (member(instance.cls, '_output_padding')) return unknown();
    return applyLayer(machine, native, args, at, instance.attributes);
  }
  return native?.kind === 'container' ? machine.call(withAttributes(native, instance), args, at) : unknown();
}

/** A subclass of `nn.Sequential` runs modules that were set as its attributes too, in the order in which they were. */
function withAttributes(container: ContainerValue, instance: InstanceValue): ContainerValue {
  const own = [...instance.attributes].filter(([, value]) => isModule(value));
  if (own.length === 0 || container.type !== 'sequential') return container;
  return {
    ...container,
    items: [...container.items, ...own.map(([, value]) => value)],
    names: [...container.names, ...own.map(([name]) => name)],
  };
}
