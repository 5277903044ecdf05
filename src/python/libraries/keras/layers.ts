import { iterate } from '../../model/iterate';
import type { LayerApplied, LayerSpec } from '../../model/library';
import { FAILED, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, tensor } from '../../model/tensor';
import type { Value } from '../../model/value';
import { broadcast } from '../../shapes/elementwise';
import { flatten } from '../../shapes/flatten';
import { concatenate } from '../../shapes/joinOps';
import { reshapeTo } from '../../shapes/reshape';
import { isKnown, type Size } from '../../sizes/size';
import { kerasConvolutions } from './convolutions';
import { remembering } from './graph';
import { declared } from './model';
import { kerasRecurrent } from './recurrent';
import { kerasSpatial } from './spatial';

/** An input that a layer states matters where it begins a model, and to nothing else. */
const STATED = '~input_shape=None, ~batch_input_shape=None, ~batch_size=None';

const layer = (name: string, form: string, apply: (call: LayerApplied) => Value): LayerSpec => ({
  callee: `keras.layers.${name}`,
  framework: 'keras',
  signature: signature(form.replace(/\*\*$/, `${STATED}, **`)),
  apply,
});

export const inputOf = (call: LayerApplied): Value =>
  call.args.positional[0] ?? call.args.keywords.get('inputs') ?? unknown();

const same = (call: LayerApplied): Value => inputOf(call);

function dense(call: LayerApplied): Value {
  const input = inputOf(call);
  const x = call.machine.asTensor(input);
  if (!x?.cell.shape || x.cell.shape.length === 0)
    return input.kind === 'unknown' && input.failed ? FAILED : tensor(undefined, 'symbolic', { stem: 't' });
  return derived(x, [...x.cell.shape.slice(0, -1), call.bound.size('units')], []);
}

/** Each element of the batch by itself. */
function reshaped(call: LayerApplied): Value {
  const x = call.machine.asTensor(inputOf(call));
  const sizes = call.bound.items('target_shape')?.map((each) => call.machine.sizeOf(each));
  if (!x || !sizes) return unknown();
  const shape = x.cell.shape;
  if (!shape || shape.length === 0)
    return sizes.every(isKnown) && !sizes.includes(-1)
      ? tensor([call.machine.freshSize('N'), ...sizes], 'symbolic')
      : unknown();
  const inner = reshapeTo(derived(x, shape.slice(1), []), shape.slice(1), sizes, call);
  return inner.kind === 'tensor' && inner.cell.shape ? derived(x, [shape[0], ...inner.cell.shape], []) : inner;
}

function permuted(call: LayerApplied): Value {
  const x = call.machine.asTensor(inputOf(call));
  const dims = call.bound.items('dims')?.map((each) => call.machine.knownSize(each));
  const shape = x?.cell.shape;
  if (!x || !shape || !dims?.every((dim): dim is number => typeof dim === 'number' && dim < shape.length))
    return unknown();
  return derived(x, [shape[0], ...dims.map((dim) => shape[dim])], []);
}

const joined = (call: LayerApplied): Value => concatenate(call.machine, inputOf(call), call.bound.int('axis'), call.at);

function merged(call: LayerApplied): Value {
  const items = iterate(inputOf(call));
  if (items?.some((item) => item.kind === 'unknown' && item.failed)) return FAILED;
  const tensors = items?.map((item) => call.machine.asTensor(item));
  return tensors?.every((each) => each !== undefined) && tensors.length > 0
    ? broadcast(call.machine, tensors, call.at)
    : unknown();
}

function embedded(call: LayerApplied): Value {
  const x = call.machine.asTensor(inputOf(call));
  return x?.cell.shape ? derived(x, [...x.cell.shape, call.bound.size('output_dim')], []) : unknown();
}

function repeatVector(call: LayerApplied): Value {
  const x = call.machine.asTensor(inputOf(call));
  return x?.cell.shape
    ? derived(x, [x.cell.shape[0], call.bound.size('n'), ...x.cell.shape.slice(1)] as Size[], [])
    : unknown();
}

const KEEPING =
  'BatchNormalization LayerNormalization GroupNormalization UnitNormalization Activation ReLU LeakyReLU PReLU ELU ThresholdedReLU Softmax Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout GaussianNoise AlphaDropout ActivityRegularization Masking Rescaling RandomFlip RandomRotation RandomZoom RandomContrast RandomTranslation Normalization Identity';

/** `Lambda(f, arguments={'rep': 2})(x)` is `f(x, rep=2)`. */
function lambda(call: LayerApplied): Value {
  if (!call.bound.isNone('output_shape')) {
    // Keras believes it, and does not run the function to see.
    const sizes = call.bound.items('output_shape')?.map((each) => call.machine.sizeOf(each));
    const x = call.machine.asTensor(inputOf(call));
    return sizes && x?.cell.shape && x.keras ? derived(x, [x.cell.shape[0], ...sizes], []) : unknown();
  }
  const given = call.bound.get('arguments');
  const keywords = new Map(
    given?.kind === 'dict'
      ? [...given.entries.values()].flatMap(([key, value]) =>
          key.kind === 'string' ? [[key.value, value] as const] : [],
        )
      : [],
  );
  return call.machine.call(
    call.bound.get('function') ?? unknown(),
    { positional: [inputOf(call)], keywords, open: given?.kind === 'dict' && given.open },
    call.at,
  );
}

export const kerasLayers: readonly LayerSpec[] = [
  ...kerasConvolutions,
  ...kerasSpatial,
  ...kerasRecurrent,
  ...KEEPING.split(' ').map((name) => layer(name, '*~rest, **~', same)),
  layer(
    'Dense',
    'units, ~activation=None, ~use_bias=True, ~input_dim=None, ~lora_rank=None, ~lora_alpha=None, ~quantization_config=None, **',
    dense,
  ),
  layer('Flatten', 'data_format=None, **', (call) => flatten(call.machine, inputOf(call), 1, -1)),
  layer('Reshape', 'target_shape, **', reshaped),
  layer('Permute', 'dims, **', permuted),
  layer('Concatenate', 'axis=-1, **', joined),
  ...['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'].map((name) => layer(name, '**', merged)),
  layer(
    'Embedding',
    'input_dim, output_dim, ~embeddings_initializer=None, ~embeddings_regularizer=None, ~embeddings_constraint=None, ~mask_zero=False, ~input_length=None, **',
    embedded,
  ),
  layer('RepeatVector', 'n, **', repeatVector),
  layer('InputLayer', 'input_shape=None, batch_size=None, shape=None, **~', (call) =>
    declared(
      call.machine,
      call.bound.get('shape')?.kind === 'none' ? call.bound.get('input_shape') : call.bound.get('shape'),
      undefined,
    ),
  ),
  layer('Lambda', 'function, output_shape=None, mask=None, arguments=None, **', lambda),
].map(remembering);
