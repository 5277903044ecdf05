import type { Applied, FunctionSpec } from '../../model/library';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Value } from '../../model/value';
import { repetition } from '../../shapes/arrayOps';
import { broadcast } from '../../shapes/elementwise';
import { concatenate } from '../../shapes/joinOps';
import { dataFormatFunctions } from './dataFormat';
import { functionalModel } from './graph';
import { declared } from './model';
import { oldConvolutions } from './oldNames';
import { kerasOps } from './ops';

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee,
  framework: 'keras',
  signature: signature(form),
  apply,
});

const input = ({ machine, bound }: Applied): Value => {
  const whole = bound.isNone('batch_shape') ? bound.get('batch_input_shape') : bound.get('batch_shape');
  if (whole && whole.kind !== 'none') return declared(machine, whole, undefined, true);
  if (!bound.isNone('tensor')) return bound.get('tensor')!;
  return declared(machine, bound.get('shape'), bound.get('batch_size'));
};

/** `keras.layers.add([a, b])` and its like: the layers of the same name as functions. */
const merged = ({ machine, bound, at }: Applied): Value => {
  const tensors = bound.items('inputs')?.map((item) => machine.asTensor(item));
  return tensors?.every((each) => each !== undefined) && tensors.length > 0
    ? broadcast(machine, tensors, at)
    : unknown();
};

const joined = ({ machine, bound, at }: Applied): Value =>
  concatenate(machine, bound.get('inputs'), bound.int('axis'), at);

export const kerasFunctions: readonly FunctionSpec[] = [
  ...oldConvolutions,
  ...kerasOps,
  func('keras.backend.repeat_elements', 'x, rep, axis', repetition('x', 'axis', 'rep')),
  func(
    'keras.Input',
    'shape=None, batch_size=None, dtype=None, sparse=None, batch_shape=None, batch_input_shape=None, name=None, tensor=None, **',
    input,
  ),
  func('keras.KerasTensor', 'shape, **', ({ machine, bound }) =>
    declared(machine, bound.get('shape'), undefined, true),
  ),
  ...['keras.Model', 'keras.Functional', 'keras.models.Functional'].map((name) =>
    func(name, 'inputs=None, outputs=None, **', ({ bound }) =>
      functionalModel(bound.get('inputs'), bound.get('outputs')),
    ),
  ),
  ...['add', 'subtract', 'multiply', 'average', 'maximum', 'minimum'].map((name) =>
    func(`keras.layers.${name}`, 'inputs, **', merged),
  ),
  ...['keras.layers.concatenate', 'keras.backend.concatenate'].map((name) => func(name, 'inputs, axis=-1, **', joined)),
  ...dataFormatFunctions,
  ...['keras.backend.int_shape', 'keras.backend.shape', 'keras.ops.shape'].map((name) =>
    func(name, 'x', ({ machine, bound }) => machine.shapeValue(bound.get('x') ?? unknown()) ?? unknown()),
  ),
  ...'relu sigmoid tanh softmax elu selu gelu swish silu softplus softsign leaky_relu'
    .split(' ')
    .flatMap((name) =>
      ['keras.activations', 'keras.backend'].map((prefix) =>
        func(`${prefix}.${name}`, 'x, **~', ({ bound }) => bound.get('x') ?? unknown()),
      ),
    ),
];
