import { cannotRestore } from '../findings/decoder';
import type { FunctionSpec, LayerSpec } from '../model/library';
import type { Machine } from '../model/machine';
import { FAILED, unknown } from '../model/make';
import { signature } from '../model/signature';
import { sureShape, type TensorValue } from '../model/tensor';
import type { CallPlace, Value } from '../model/value';
import { broadcast } from '../shapes/elementwise';
import { mismatch, refuse } from '../shapes/problems';
import { classLossRefusal } from '../shapes/refusals/classLoss';
import { print } from '../sizes/print';
import { isKnown } from '../sizes/size';

const shapeText = ({ cell }: TensorValue): string => `torch.Size([${cell.shape!.map(print).join(', ')}])`;

/** Losses that refuse a target of another size at all; PyTorch's own words of each. */
const STRICT: Readonly<Record<string, (input: string, target: string) => string>> = {
  binary_cross_entropy: (input, target) =>
    `Using a target size (${target}) that is different to the input size (${input}) is deprecated. Please ensure they have the same size.`,
  binary_cross_entropy_with_logits: (input, target) =>
    `Target size (${target}) must be the same as input size (${input})`,
};

/** What is compared element by element must have one size: a reconstruction with what it is to restore. */
function compare(
  machine: Machine,
  name: string,
  input: Value | undefined,
  target: Value | undefined,
  at: CallPlace,
): Value {
  if ([input, target].some((value) => value?.kind === 'unknown' && value.failed)) return FAILED;
  const [x, y] = [input && machine.asTensor(input), target && machine.asTensor(target)];
  if (!x?.cell.shape || !y?.cell.shape) return unknown();
  const wording = STRICT[name];
  if (!wording) return broadcast(machine, [x, y], at).kind === 'tensor' ? unknown() : FAILED;
  const [a, b] = [x.cell.shape, y.cell.shape];
  const differ = a.length !== b.length || a.some((size, axis) => isKnown(size) && isKnown(b[axis]) && size !== b[axis]);
  if (!differ) return unknown();
  cannotRestore(machine, [x, y]);
  mismatch(machine, at, {
    code: 'loss-size',
    template: 'The result has the shape ({0}), its target ({1}).',
    args: [a, b].map((shape) => shape.map(print).join(', ')),
    framework: wording(shapeText(x), shapeText(y)),
  });
  return FAILED;
}

/** A result of classes, and the class of each of its places. */
function compareClasses(
  machine: Machine,
  _name: string,
  input: Value | undefined,
  target: Value | undefined,
  at: CallPlace,
): Value {
  if ([input, target].some((value) => value?.kind === 'unknown' && value.failed)) return FAILED;
  const [x, y] = [input, target].map((value) => sureShape(value && machine.asTensor(value)));
  const wrong = x && y && classLossRefusal(x, y);
  return wrong ? refuse(machine, at, wrong) : unknown();
}

/** Functions, and the layer of each. */
const NAMES: readonly (readonly [name: string, layer: string])[] = [
  ['mse_loss', 'MSELoss'],
  ['l1_loss', 'L1Loss'],
  ['smooth_l1_loss', 'SmoothL1Loss'],
  ['huber_loss', 'HuberLoss'],
  ['binary_cross_entropy', 'BCELoss'],
  ['binary_cross_entropy_with_logits', 'BCEWithLogitsLoss'],
];

const OF_CLASSES: typeof NAMES = [
  ['cross_entropy', 'CrossEntropyLoss'],
  ['nll_loss', 'NLLLoss'],
];

const ALL = [
  ...NAMES.map(([name, layer]) => [name, layer, compare] as const),
  ...OF_CLASSES.map(([name, layer]) => [name, layer, compareClasses] as const),
];

export const lossFunctions: readonly FunctionSpec[] = ALL.map(([name, , rule]) => ({
  callee: `torch.nn.functional.${name}`,
  framework: 'torch',
  signature: signature('input, target, **~'),
  apply: ({ machine, bound, at }) => rule(machine, name, bound.get('input'), bound.get('target'), at),
}));

export const lossLayers: readonly LayerSpec[] = ALL.map(([name, layer, rule]) => ({
  callee: `torch.nn.${layer}`,
  framework: 'torch',
  signature: signature('*~rest, **~'),
  apply: ({ machine, args, at }) => {
    const [input, target] = ['input', 'target'].map((each, index) => args.positional[index] ?? args.keywords.get(each));
    return args.open ? unknown() : rule(machine, name, input, target, at);
  },
}));
