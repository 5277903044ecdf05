import { BoundArguments } from '../model/bound';
import { doubting } from '../model/doubt';
import type { Machine } from '../model/machine';
import { FAILED, unknown } from '../model/make';
import { BoundValues } from '../model/signature';
import { isKnown } from '../sizes/size';
import type { Arguments, CallPlace, InstanceValue, LayerValue, Value } from '../model/value';
import { member } from './classes';
import { stamped } from './construct';
import { HOOKS, PRE_HOOKS, replacedForward, withHooks } from './hooks';

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
  if (layer.failed) attempt(machine, layer, args, at);
  if (layer.failed || args.positional.some(isFailed)) return FAILED;
  // Decided before the rule runs: it would note a use, or an error, of a layer that is not as it was made.
  const changed = changes(machine, layer, holder ?? layer.attributes);
  if (changed === 'unknown') return unknown();
  const { replaced, values } = changed;
  if (layer.parameters instanceof BoundValues && layer.parameters.hasUnmodelled()) return unknown();
  // What is found belongs to the entry point that runs, wherever the layer was made.
  const site = layer.site && machine.recorder.site(layer.site.call, layer.site);
  const here = site === layer.site ? layer : { ...layer, site };
  const plain = values.size > 0 ? undefined : layer.plain;
  const now = values.size > 0 ? new Map([...layer.parameters, ...values]) : layer.parameters;
  const bound = new BoundArguments(machine, plain?.values ?? now, givenBy(layer), plain);
  const run = (given: Arguments): Value =>
    replaced
      ? machine.call(replaced, given, at)
      : doubting(machine, given, () =>
          stamped(layer.spec, layer.spec.apply({ machine, at, args: given, layer: here, bound })),
        );
  return layer.attributes.size === 0 || holder ? run(args) : withHooks(machine, layer, layer.attributes, args, at, run);
}

/** Which arguments a layer was made with: what it is applied with are those of its construction. */
const givenBy = ({ parameters }: LayerValue): BoundValues | undefined =>
  parameters instanceof BoundValues ? parameters : undefined;

/**
 * The input of a layer of which all but the batch is known, which is taken to be one: nothing is found out about it by
 * applying a layer to it, and the rules can say what is wrong.
 */
function knownInput({ positional: [input] }: Arguments): Value | undefined {
  if (input?.kind !== 'tensor' || !input.cell.shape?.slice(1).every(isKnown)) return undefined;
  const [batch, ...sizes] = input.cell.shape;
  return { ...input, cell: { ...input.cell, shape: [isKnown(batch) ? batch : 1, ...sizes] } };
}

/**
 * Applies a layer that could not be made, only to note what it would have been applied to: so that what is refused can
 * be shown.
 */
function attempt(machine: Machine, layer: LayerValue, args: Arguments, at: CallPlace): void {
  const { spec, parameters } = layer;
  const input = knownInput(args);
  if (!input || !spec.family || layer.attributes.size > 0) return;
  const given = { ...args, positional: args.positional.with(0, input) };
  const site = layer.site && machine.recorder.site(layer.site.call, layer.site);
  const bound = new BoundArguments(machine, parameters, givenBy(layer));
  machine.within({ quiet: true }, () => spec.apply({ machine, at, args: given, layer: { ...layer, site }, bound }));
}

interface Changes {
  /** Values that stand in for those of the construction. */
  readonly values: ReadonlyMap<string, Value>;
  /** A `forward` that was set on the layer. */
  readonly replaced?: Value;
  readonly hooks?: Value;
}

const NO_CHANGES: Changes = { values: new Map() };

/** What attributes that were assigned change of a layer; `unknown` where nobody can say. */
function changes(machine: Machine, layer: LayerValue, attributes: ReadonlyMap<string, Value>): Changes | 'unknown' {
  if (attributes.size === 0) return NO_CHANGES;
  const given = new Map(attributes);
  for (const name of ['forward', 'call', '__call__', HOOKS, PRE_HOOKS]) given.delete(name);
  const values = given.size > 0 ? machine.library.assigned(machine, layer, given) : NO_CHANGES.values;
  return values ? { values, replaced: replacedForward(attributes) } : 'unknown';
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
    const { names } = native.spec.signature;
    // A property stands in the way of what the constructor wants to store.
    const asked = ['_output_padding', ...names].map((name) => member(instance.cls, name));
    if (asked.some((found) => found?.kind === 'function')) return unknown();
    return applyLayer(machine, native, args, at, instance.attributes);
  }
  return native?.kind === 'container' ? machine.call(native, args, at) : unknown();
}
