import { iterate } from '../../model/iterate';
import type { Machine } from '../../model/machine';
import { knownInt, NO_ARGUMENTS, unknown } from '../../model/make';
import { tensor } from '../../model/tensor';
import { type Arguments, type CallPlace, type ContainerValue, NO_PLACE, type Value } from '../../model/value';
import type { Size } from '../../sizes/size';

const AXES: Readonly<Record<number, readonly string[]>> = {
  1: ['F'],
  2: ['L', 'C'],
  3: ['H', 'W', 'C'],
  4: ['D', 'H', 'W', 'C'],
};

/** `keras.Input(shape=…)`: the batch is open, and so is every `None`. */
export function declared(
  machine: Machine,
  shape: Value | undefined,
  batch: Value | undefined,
  wholeShape = false,
): Value {
  const items = shape && (iterate(shape) ?? (shape.kind === 'number' ? [shape] : undefined));
  if (!items) return tensor(undefined, 'symbolic', { stem: '', soft: true });
  const inner = wholeShape ? items.slice(1) : items;
  const first = wholeShape ? items[0] : batch;
  const named = (value: Value | undefined, name: string): Size => {
    if (!value || value.kind === 'none') return machine.freshSize(name);
    return machine.sizeOf(value, name);
  };
  const names = AXES[inner.length] ?? inner.map((_, axis) => `d${axis + 1}`);
  const sizes = inner.map((item, axis) => named(item, names[axis]));
  return tensor(
    [first && knownInt(first) !== undefined ? knownInt(first)! : machine.freshSize('N'), ...sizes],
    'declared',
    { keras: true },
  );
}

/** What the model's layers have made so far of its declared input: Keras builds as soon as it knows the input. */
export function grow(machine: Machine, model: ContainerValue, item: Value): void {
  if (model.type !== 'kerasSequential') return;
  if (item.kind === 'tensor') model.tail = item;
  else if (item.kind === 'layer' && item.spec.callee === 'keras.layers.InputLayer')
    model.tail = machine.call(item, NO_ARGUMENTS, NO_PLACE);
  else {
    const stated =
      model.tail === undefined && item.kind === 'layer' ? statedInput(machine, item.parameters) : undefined;
    const before = model.tail ?? stated;
    if (before) model.tail = machine.call(item, { ...NO_ARGUMENTS, positional: [before] }, NO_PLACE);
  }
}

function statedInput(machine: Machine, parameters: ReadonlyMap<string, Value>): Value | undefined {
  const shape = parameters.get('input_shape');
  if (shape && shape.kind !== 'none') return declared(machine, shape, parameters.get('batch_size'));
  const whole = parameters.get('batch_input_shape');
  if (whole && whole.kind !== 'none') return declared(machine, whole, undefined, true);
  const width = parameters.get('input_dim');
  return width && width.kind === 'number' && !parameters.has('output_dim')
    ? declared(machine, width, undefined)
    : undefined;
}

/** `keras.Sequential` run on a tensor: its layers in order. */
export function applyKerasSequential(machine: Machine, model: ContainerValue, args: Arguments, at: CallPlace): Value {
  if (model.open) return unknown();
  const start: Value = args.positional[0] ?? args.keywords.get('inputs') ?? unknown();
  return model.items
    .filter(
      (item) => item.kind !== 'tensor' && !(item.kind === 'layer' && item.spec.callee === 'keras.layers.InputLayer'),
    )
    .reduce((value, item) => machine.call(item, { ...NO_ARGUMENTS, positional: [value] }, at), start);
}
