import type { Assigned } from '../../model/library';
import type { Machine } from '../../model/machine';
import type { LayerValue, Value } from '../../model/value';

/**
 * What PyTorch's own `forward` reads of the attributes that a program assigned to a layer (torch.nn.modules, 2.15). A
 * layer keeps most arguments of its constructor only to print them: `conv.in_channels = 8` changes nothing.
 */
export function assignedToTorch(machine: Machine, layer: LayerValue, given: ReadonlyMap<string, Value>): Assigned {
  if ([...given.keys()].some((name) => INNER.has(name))) return undefined;
  const name = layer.spec.callee.split('.').at(-1)!;
  const rule = RULES.find(([form]) => form.test(name))?.[1] ?? otherwise;
  return rule({ machine, layer, given });
}

interface Assignment {
  readonly machine: Machine;
  readonly layer: LayerValue;
  readonly given: ReadonlyMap<string, Value>;
}

type Rule = (assignment: Assignment) => Assigned;

/** What a module keeps for itself: whoever writes there changes what it does. */
const INNER = new Set(
  (
    '_parameters _buffers _modules _forward_pre_hooks _call_impl _wrapped_call_impl _conv_forward _output_padding ' +
    '_reversed_padding_repeated_twice _check_input_dim _flat_weights _flat_weights_names _all_weights ' +
    '_qkv_same_embed_dim _in_projection _version'
  ).split(' '),
);

const NOTHING: ReadonlyMap<string, Value> = new Map();

/** Those of the names that were assigned. */
const only = ({ given }: Assignment, names: readonly string[]): Map<string, Value> =>
  new Map([...given].filter(([name]) => names.includes(name)));

const has = ({ given }: Assignment, ...names: string[]): boolean => names.some((name) => given.has(name));

/** The text that a parameter has now, if it has one. */
function textOf({ layer, given }: Assignment, name: string): string | undefined {
  const value = given.get(name) ?? layer.parameters.get(name);
  return value?.kind === 'string' ? value.value : undefined;
}

/** The weight decides channels and kernel; a padding that is not of zeros was worked out by the constructor. */
function convolution(assignment: Assignment): Assigned {
  const { machine, layer, given } = assignment;
  const values = only(assignment, [
    'weight',
    'bias',
    'stride',
    'padding',
    'dilation',
    'output_padding',
    'groups',
    'padding_mode',
  ]);
  const transposed = layer.spec.callee.includes('Transpose');
  if (transposed && has(assignment, 'kernel_size')) return undefined;
  // The bias keeps the number of output channels that it was made with.
  if (transposed && values.has('groups') && !values.has('weight')) return undefined;
  if (values.has('groups') && !values.has('weight')) {
    const weight = machine.attribute(layer, 'weight');
    if (weight.kind !== 'tensor') return undefined;
    values.set('weight', weight);
  }
  if (textOf(assignment, 'padding_mode') !== 'zeros') {
    const padding = layer.parameters.get('padding');
    if (padding?.kind === 'string' && (given.has('dilation') || values.has('weight'))) return undefined;
    values.delete('padding');
  }
  return values;
}

/** Until its first input a lazy layer has no weight, and reads what its constructor kept to make one. */
function lazy(assignment: Assignment): Assigned {
  const { layer } = assignment;
  if (has(assignment, 'weight', 'bias', ...[...layer.spec.signature.names].filter((name) => !LATER.has(name))))
    return undefined;
  const width = only(assignment, ['in_channels', 'in_features']);
  const others = layer.spec.callee.includes('Conv') ? convolution(assignment) : NOTHING;
  return others && new Map([...others, ...width]);
}
const LATER = new Set(['stride', 'padding', 'dilation', 'output_padding', 'padding_mode']);

/** `(rows, columns)` of a weight that was assigned, under the names that the rule reads. */
function weighted(rows: string, columns: string): Rule {
  return ({ machine, given }) => {
    const weight = given.get('weight');
    if (!weight) return NOTHING;
    const shape = machine.asTensor(weight)?.cell.shape;
    if (shape?.length !== 2) return undefined;
    return new Map([rows, columns].map((name, at) => [name, { kind: 'number', size: shape[at], float: false }]));
  };
}

/** The stride that is not given was set to the kernel when the layer was made, and stays. */
function pooling(assignment: Assignment): Assigned {
  const { layer, given } = assignment;
  const values = only(assignment, layer.spec.signature.names);
  const stride = layer.parameters.get('stride');
  const kernel = layer.parameters.get('kernel_size');
  if (given.has('kernel_size') && !given.has('stride') && (!stride || stride.kind === 'none') && kernel)
    values.set('stride', kernel);
  return values;
}

const reads =
  (...names: string[]): Rule =>
  (assignment) =>
    only(assignment, names);

const unlessAssigned =
  (...names: string[]): Rule =>
  (assignment) =>
    has(assignment, ...names) ? undefined : NOTHING;

/** A constructor spreads a single number over the sides, and keeps the list. */
function padding(assignment: Assignment): Assigned {
  const value = assignment.given.get('padding');
  return value && value.kind !== 'tuple' && value.kind !== 'list' ? undefined : reads('padding')(assignment);
}

function resizing(assignment: Assignment): Assigned {
  const { layer, given } = assignment;
  const isSet = (name: string): boolean => {
    const value = given.get(name) ?? layer.parameters.get(name);
    return value !== undefined && value.kind !== 'none';
  };
  return isSet('size') && isSet('scale_factor') ? undefined : reads('size', 'scale_factor', 'mode')(assignment);
}

/** What is nobody's parameter does not matter; for the rest nobody has looked. */
function otherwise({ layer, given }: Assignment): Assigned {
  const { names, harmless } = layer.spec.signature;
  const matters = (name: string): boolean =>
    (names.includes(name) && !harmless.has(name)) || /weight|bias|proj|head|layers|attn/.test(name);
  return [...given.keys()].some(matters) ? undefined : NOTHING;
}

const RULES: readonly (readonly [name: RegExp, rule: Rule])[] = [
  [/^Lazy/, lazy],
  [/^Conv/, convolution],
  [/^Linear$/, weighted('out_features', 'in_features')],
  [/^Embedding$/, weighted('num_embeddings', 'embedding_dim')],
  [/^BatchNorm/, unlessAssigned('running_mean', 'running_var', 'track_running_stats')],
  [/^GroupNorm$/, unlessAssigned('weight', 'bias', 'num_groups')],
  [/^(Max|Avg)Pool|^MaxUnpool/, pooling],
  [/^LPPool/, reads('kernel_size', 'stride', 'ceil_mode')],
  [/^Adaptive/, reads('output_size', 'return_indices')],
  [/Pad[123]d$/, padding],
  [/^Upsampl/, resizing],
  [/^Flatten$/, reads('start_dim', 'end_dim')],
  [/^PixelShuffle$/, reads('upscale_factor')],
  [/^PixelUnshuffle$/, reads('downscale_factor')],
  [/^(Fold|Unfold)$/, reads('output_size', 'kernel_size', 'dilation', 'padding', 'stride')],
];
