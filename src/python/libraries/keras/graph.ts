import type { LayerApplied, LayerSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { builtin, FAILED, list, NONE, number, tuple, unknown } from '../../model/make';
import { derived, type TensorValue } from '../../model/tensor';
import type { ClassValue, LayerValue, Value } from '../../model/value';
import { equal, type Size } from '../../sizes/size';

/** The layer that made a tensor, and of what. */
interface Node {
  readonly layer: LayerValue;
  readonly inputs: readonly TensorValue[];
}

/** By the tensor: a graph lasts as long as somebody holds its end. */
const nodes = new WeakMap<TensorValue, Node>();

const tensorsIn = (value: Value | undefined): readonly TensorValue[] =>
  value?.kind === 'tensor'
    ? [value]
    : value?.kind === 'list' || value?.kind === 'tuple'
      ? value.items.flatMap(tensorsIn)
      : [];

/** By what a layer was made with, which its copies share. */
const ends = new WeakMap<LayerValue['parameters'], { readonly output?: Value; readonly input?: Value }>();

/** A layer whose results know it: Keras finds them again by its name, and as its `output`. */
export const remembering = (spec: LayerSpec): LayerSpec => ({
  ...spec,
  apply: (call) => remember(call, spec.apply(call)),
  attribute: (layer, name, machine) => {
    const own = name === 'output' || name === 'input' ? ends.get(layer.parameters)?.[name] : undefined;
    return own ?? spec.attribute?.(layer, name, machine);
  },
});

function remember({ machine, layer, args }: LayerApplied, result: Value): Value {
  if (result.kind !== 'tensor') return result;
  const inputs = tensorsIn(args.positional[0] ?? args.keywords.get('inputs'));
  const made: TensorValue = { ...result };
  nodes.set(made, { layer, inputs });
  if (machine.settled) {
    // Keras refuses to tell the output of a layer that was applied twice.
    const again = ends.has(layer.parameters);
    const input = inputs.length === 1 ? inputs[0] : unknown('input');
    ends.set(layer.parameters, again ? {} : { output: made, input });
  }
  return made;
}

function find(ends: readonly TensorValue[], wanted: (node: Node) => boolean): TensorValue | undefined {
  const seen = new Set<TensorValue>();
  const open = [...ends];
  for (let each = open.pop(); each; each = open.pop()) {
    if (seen.has(each)) continue;
    seen.add(each);
    const node = nodes.get(each);
    if (node && wanted(node)) return each;
    open.push(...(node?.inputs ?? []));
  }
  return undefined;
}

/** A layer with what it gave in this graph. */
function within(tensor: TensorValue): Value {
  const { layer, inputs } = nodes.get(tensor)!;
  const attributes = new Map(layer.attributes).set('output', tensor);
  if (inputs.length === 1) attributes.set('input', inputs[0]);
  return { ...layer, attributes };
}

const nameOf = ({ layer }: Node): string | undefined => {
  const name = layer.parameters.get('name');
  return name?.kind === 'string' ? name.value : undefined;
};

/** The layers of a graph without branches, from its input on; of another the order is Keras's own affair. */
function chain(end: TensorValue): Value[] | undefined {
  const found: Value[] = [];
  let at: TensorValue | undefined = end;
  for (let node = nodes.get(end); at && node; node = at && nodes.get(at)) {
    found.unshift(within(at));
    if (node.inputs.length !== 1) return undefined;
    [at] = node.inputs;
  }
  return found;
}

const MODEL: ClassValue = {
  kind: 'class',
  name: 'Model',
  bases: [],
  members: new Map(),
  order: [{ kind: 'external', name: 'keras.Model' }],
  definition: {},
  isDataclass: false,
  fields: [],
};

const shapeOf = (x: TensorValue): Value =>
  x.cell.shape ? { ...tuple(x.cell.shape.map((size) => number(size))), sizesOf: x } : unknown('shape');

/**
 * `keras.Model(inputs, outputs)`: called on what has its inputs' shapes it gives its outputs, for that batch. It knows
 * its graph, from which others take tensors.
 */
export function functionalModel(inputs: Value | undefined, outputs: Value | undefined): Value {
  const [starts, ends] = [tensorsIn(inputs), tensorsIn(outputs)];
  if (starts.length === 0 || ends.length === 0) return unknown();
  const run = builtin('keras.Model', (machine, args) => called(machine, starts, outputs!, args.positional[0]));
  const layer = builtin('get_layer', (_machine, { positional, keywords }) => {
    const name = positional[0] ?? keywords.get('name');
    const found = name?.kind === 'string' ? find(ends, (node) => nameOf(node) === name.value) : undefined;
    return found ? within(found) : unknown('layer');
  });
  const single = ends.length === 1 && outputs?.kind === 'tensor';
  const layers = ends.length === 1 ? chain(ends[0]) : undefined;
  const attributes = new Map<string, Value>([
    ['call', run],
    ['predict', run],
    ['get_layer', layer],
    ['outputs', list([...ends])],
    ['inputs', list([...starts])],
    ['output', single ? outputs : list([...ends])],
    ['input', inputs?.kind === 'tensor' ? inputs : list([...starts])],
    ['output_shape', single ? shapeOf(ends[0]) : unknown('output_shape')],
    ['input_shape', inputs?.kind === 'tensor' ? shapeOf(starts[0]) : unknown('input_shape')],
    ['summary', builtin('summary', () => NONE)],
    ['compile', builtin('compile', () => NONE)],
    // The input is a layer as well.
    ['layers', layers ? list([unknown('input_layer'), ...layers]) : unknown('layers')],
  ]);
  return { kind: 'instance', cls: MODEL, attributes, applied: 0 };
}

function called(machine: Machine, starts: readonly TensorValue[], outputs: Value, given: Value | undefined): Value {
  if (given?.kind === 'unknown' && given.failed) return FAILED;
  const several = given?.kind === 'list' || given?.kind === 'tuple' ? given.items : undefined;
  const found = (several ?? (given ? [given] : [])).map((value) => machine.asTensor(value));
  const fit =
    found.length === starts.length &&
    found.every((x, at) => x?.cell.shape && fits(starts[at].cell.shape, x.cell.shape));
  return fit ? rebatched(outputs, found[0]!) : unknown();
}

const fits = (wanted: readonly Size[] | undefined, given: readonly Size[]): boolean =>
  wanted !== undefined &&
  wanted.length === given.length &&
  wanted.every((size, axis) => axis === 0 || equal(size, given[axis]) === true);

function rebatched(value: Value, like: TensorValue): Value {
  if (value.kind === 'list' || value.kind === 'tuple')
    return { ...value, items: value.items.map((item) => rebatched(item, like)) };
  const shape = value.kind === 'tensor' ? value.cell.shape : undefined;
  return value.kind === 'tensor' && shape
    ? { ...derived(value, [like.cell.shape![0], ...shape.slice(1)]), source: like.source }
    : unknown();
}
