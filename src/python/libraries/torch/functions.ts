import { less } from '../../model/arithmetic';
import { asDtype, dtypeNamed, holding, numbersOf, tensorOf } from '../../model/contents';
import { iterate } from '../../model/iterate';
import type { Applied, FunctionSpec } from '../../model/library';
import { knownInt, NO_ARGUMENTS, number, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Machine } from '../../model/machine';
import { derived, type Dtype, forgotten, sureShape, tensor, writeTo } from '../../model/tensor';
import type { Value } from '../../model/value';
import { isKnown } from '../../sizes/size';
import { fftOps } from '../../shapes/axisOps';
import { einsum } from '../../shapes/einsum';
import { broadcast, matrixProduct } from '../../shapes/elementwise';
import { chosen } from '../../shapes/numbers';
import { refusing } from '../../shapes/onTensor';
import { padShape } from '../../shapes/padding';
import { refuse } from '../../shapes/problems';
import { productOf, shapeOfData, tensorOfShape } from '../../shapes/sizesGiven';
import { openTensor } from '../../shapes/sizesGiven';
import { samplingOps } from '../../shapes/signal';
import { tensorOps } from '../../shapes/tensorOps';
import { torchLinalg } from './linalg';
import { placesOf, torchListing } from './listing';
import { padRefusal } from './paddingRules';
import { torchParametrized } from './parametrized';
import { torchProducts } from './products';

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee,
  framework: 'torch',
  signature: signature(form),
  apply: refusing(apply),
});
const many = (prefixes: readonly string[], names: string, form: string, apply: FunctionSpec['apply']): FunctionSpec[] =>
  names.split(' ').flatMap((name) => prefixes.map((prefix) => func(`${prefix}.${name}`, form, apply)));

const first =
  (name: string) =>
  ({ bound }: Applied): Value =>
    bound.get(name) ?? unknown();

const parameter = ({ bound }: Applied): Value => {
  const data = bound.get('data');
  return data?.kind === 'tensor' ? { ...data, parameter: true } : (data ?? unknown());
};

/** `torch.randn(1, 3, 64, 64)`, `torch.randn((1, 3, 64, 64))`, `torch.randn(size=…)` */
const created = ({ machine, bound }: Applied): Value =>
  tensorOfShape(machine, bound.isGiven('size') ? bound.get('size') : bound.get('rest'));

const like = ({ machine, bound }: Applied): Value => {
  const x = bound.tensor('input');
  // Its own memory: nothing that is written to the one is seen in the other.
  return x ? { ...derived(x, x.cell.shape), memory: undefined } : tensor(undefined, machine.evidence);
};

/** A tensor all of one number, which is kept of those that are small enough to be sizes. */
function filled(machine: Machine, made: Value, value: number | undefined, dtype: Dtype | undefined): Value {
  const shape = made.kind === 'tensor' ? made.cell.shape : undefined;
  if (made.kind !== 'tensor' || !shape?.every(isKnown) || value === undefined || !dtype) return made;
  const count = shape.reduce((all, each) => all * each, 1);
  if (count > MOST_LOOKED_AT) return made;
  const numbers = asDtype({ shape, items: new Array<number>(count).fill(value), dtype, numpy: false }, dtype);
  return numbers ? tensorOf(numbers, machine.evidence) : made;
}

/** `torch.zeros(…)` and `torch.ones(…)` */
const constant =
  (value: number) =>
  (call: Applied): Value =>
    filled(
      call.machine,
      created(call),
      value,
      call.bound.get('dtype') ? dtypeNamed(call.bound.get('dtype')) : 'float32',
    );

const constantLike =
  (value: number | undefined) =>
  (call: Applied): Value => {
    const { machine, bound } = call;
    const x = bound.tensor('input');
    const wanted = value ?? numbersOf(bound.get('fill_value'))?.items[0];
    const dtype = bound.get('dtype') ? dtypeNamed(bound.get('dtype')) : x?.dtype;
    return filled(machine, like(call), wanted, dtype);
  };

const full = (call: Applied): Value => {
  const { machine, bound } = call;
  const given = numbersOf(bound.get('fill_value'));
  const own = given?.dtype === 'float64' ? 'float32' : given?.dtype;
  const dtype = bound.get('dtype') ? dtypeNamed(bound.get('dtype')) : own;
  return filled(machine, tensorOfShape(machine, bound.get('size')), given?.items[0], dtype);
};

/**
 * `torch.Tensor(2, 3)` takes sizes; `torch.Tensor([0.5, 1.0])` the numbers themselves, and an array what it holds. A
 * tuple may be either (`x.size()` is one), so may what is not known.
 */
const tensorClass = (call: Applied): Value => {
  const { machine, bound } = call;
  const rest = bound.items('rest');
  if (bound.isGiven('size') || !rest) return created(call);
  const [only] = rest;
  if (rest.length !== 1) return tensorOfShape(machine, bound.get('rest'));
  const shape = only.kind === 'list' || only.kind === 'tensor' ? shapeOfData(only) : undefined;
  if (shape) return tensor(shape, machine.evidence, only.kind === 'list' ? { data: only } : {});
  if (only.kind === 'number' && !only.float) return tensorOfShape(machine, only);
  return tensor(undefined, 'symbolic', { stem: 't' });
};

/** A literal list of numbers is small constant data: `torch.tensor([2, 2])`. */
const literal = ({ machine, bound }: Applied): Value => {
  const data = bound.get('data');
  // What is no more than a name may as well be an array.
  if (data?.kind === 'number' && !isKnown(data.size)) return openTensor();
  const shape = data && shapeOfData(data);
  if (!shape) return data ?? unknown();
  const wanted = bound.isGiven('dtype') ? dtypeNamed(bound.get('dtype')) : undefined;
  if (bound.isGiven('dtype') && !wanted) return tensor(shape, machine.evidence);
  const memory = data.kind === 'tensor' ? data.memory : undefined;
  const numbers = numbersOf(data);
  if (!numbers) return tensor(shape, machine.evidence, data.kind === 'tensor' ? { memory } : { data });
  // PyTorch keeps Python's floats in its default type, and NumPy's in theirs.
  const own = numbers.dtype === 'float64' && !numbers.numpy && data.kind !== 'tensor' ? 'float32' : numbers.dtype;
  const kept = asDtype({ ...numbers, numpy: false }, wanted ?? own);
  if (!kept) return tensor(shape, machine.evidence, { memory });
  const made = tensorOf(kept, machine.evidence);
  return memory ? { ...made, memory, seen: memory.writes } : made;
};

const linear = ({ machine, bound, at }: Applied): Value => {
  const [x, weight] = [bound.tensor('input'), bound.tensor('weight')];
  const shape = weight?.cell.shape;
  if (!x || !weight || !shape) return openTensor(x);
  const biased = !bound.isNone('bias');
  return matrixProduct(machine, x, derived(weight, shape.toReversed(), []), at, biased ? 'addmm' : 'mm');
};

const pad = ({ machine, bound, at }: Applied): Value => {
  const x = bound.tensor('input');
  const amounts = bound.items('pad')?.map((each) => machine.sizeOf(each));
  if (!x) return bound.get('input') ?? unknown();
  const shape = sureShape(x);
  const refusal = shape && amounts && padRefusal(shape, amounts, bound.text('mode'));
  if (refusal) return refuse(machine, at, refusal);
  return amounts
    ? padShape(machine, x, amounts)
    : x.cell.shape
      ? tensor(
          x.cell.shape.map(() => machine.freshSize()),
          'symbolic',
        )
      : openTensor(x);
};

const oneHot = ({ machine, bound }: Applied): Value => {
  const x = bound.tensor('input');
  return x?.cell.shape
    ? derived(
        x,
        [...x.cell.shape, bound.int('num_classes') === -1 ? machine.freshSize() : bound.size('num_classes')],
        [],
      )
    : openTensor(x);
};

const embedding = ({ bound }: Applied): Value => {
  const [x, weight] = [bound.tensor('input'), bound.tensor('weight')];
  return x?.cell.shape && weight?.cell.shape
    ? derived(x, [...x.cell.shape, ...weight.cell.shape.slice(1)], [])
    : openTensor(x);
};

const where = (call: Applied): Value => {
  const { machine, bound, at } = call;
  if (bound.isNone('input') && bound.isNone('other')) return placesOf(call);
  const parts = ['condition', 'input', 'other']
    .map((name) => bound.get(name))
    .filter((value) => value && value.kind !== 'number')
    .map((value) => machine.asTensor(value!))
    .filter((each) => each !== undefined);
  const result = parts.length > 0 ? broadcast(machine, parts, at) : unknown();
  if (result.kind !== 'tensor') return result;
  return holding(forgotten(result), chosen(bound.get('condition'), bound.get('input'), bound.get('other')));
};

/** Values of `q` with the last axis of `v`. */
const attention = ({ bound }: Applied): Value => {
  const [q, v] = [bound.tensor('query'), bound.tensor('value')];
  return q?.cell.shape && v?.cell.shape
    ? derived(q, [...q.cell.shape.slice(0, -1), v.cell.shape.at(-1)!], [])
    : openTensor(q);
};

/** The example input of `summary(net, (3, 64, 64))`: without a batch axis in torchsummary, with one in torchinfo. */
const summarised =
  (batched: boolean) =>
  ({ machine, bound, at }: Applied): Value => {
    const sizes = bound.get('input_size');
    const data = bound.get('input_data');
    const model = bound.get('model') ?? unknown();
    const give = (...inputs: Value[]): Value => machine.call(model, { ...NO_ARGUMENTS, positional: inputs }, at);
    if (data && data.kind !== 'none') {
      const items = data.kind === 'tensor' ? [data] : iterate(data);
      return items ? give(...items) : unknown();
    }
    const all = sizes && iterate(sizes);
    if (!all || all.length === 0) return unknown();
    const nested = all[0].kind === 'tuple' || all[0].kind === 'list' ? all : [sizes];
    give(
      ...nested.map((each) => {
        const shape = iterate(each)!.map((size) => machine.sizeOf(size));
        return tensor(batched ? shape : [machine.freshSize('N'), ...shape], 'example');
      }),
    );
    return unknown();
  };

/** Functions that run a model on the inputs that they are given. */
const traced = ({ machine, bound, at }: Applied): Value => {
  const inputs = bound.get('inputs') ?? unknown();
  const items = inputs.kind === 'tuple' || inputs.kind === 'list' ? inputs.items : [inputs];
  const model = bound.get('model') ?? unknown();
  machine.call(model, { ...NO_ARGUMENTS, positional: items }, at);
  return model;
};

/** Each writes to the tensor and gives it back (`torch.nn.init`). */
const INITIALISERS =
  'uniform_ normal_ trunc_normal_ constant_ ones_ zeros_ eye_ dirac_ xavier_uniform_ xavier_normal_ kaiming_uniform_ ' +
  'kaiming_normal_ orthogonal_ sparse_ ' +
  // Their names before PyTorch 0.4, which do the same and warn.
  'uniform normal constant eye dirac xavier_uniform xavier_normal kaiming_uniform kaiming_normal orthogonal sparse';

const checkpointed = ({ machine, bound, at }: Applied): Value => {
  const rest = bound.get('rest');
  return machine.call(
    bound.get('function') ?? unknown(),
    { ...NO_ARGUMENTS, positional: rest?.kind === 'tuple' ? rest.items : [] },
    at,
  );
};

const arange = ({ machine, bound }: Applied): Value => {
  const items = bound.items('rest') ?? [];
  const known = items.map(knownInt);
  if (known.length > 0 && known.length <= 3 && known.every((each) => each !== undefined)) {
    const [from, to, step] = known.length === 1 ? [0, known[0], 1] : [known[0], known[1], known[2] ?? 1];
    const count = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
    if (count > MOST_LOOKED_AT) return tensor([count], machine.evidence);
    const numbers = Array.from({ length: count }, (_, index) => from + index * step);
    return tensorOf({ shape: [count], items: numbers, dtype: 'int', numpy: false }, machine.evidence);
  }
  const sizes = items.map((each) => machine.sizeOf(each));
  if (sizes.length === 1) return tensor([sizes[0]], machine.evidence);
  return tensor([sizes.length === 2 ? less(machine, sizes[1], sizes[0]) : machine.freshSize()], machine.evidence);
};

/** Longer ranges are positions or indices, whose values decide no shape. */
const MOST_LOOKED_AT = 64;

/** `torch.Size((2, 3))`: a tuple that shows itself as what it is. */
const sizeClass = ({ machine, bound }: Applied): Value => {
  const data = bound.get('data');
  const items = data && iterate(data);
  if (!items) return data ?? unknown();
  const of = tensor(
    items.map((each) => machine.sizeOf(each)),
    'symbolic',
  );
  return { kind: 'tuple', items: [...items], open: false, sizesOf: of };
};

/** `torch.batch_norm` and its like check nothing, and take their arguments in another order. */
const BARE = new Set(['batch_norm', 'group_norm', 'instance_norm']);

const both = ['torch', 'torch.nn.functional'];

/** Every operation on tensors also as a function, and the functions that have no method. */
export const torchFunctions: readonly FunctionSpec[] = [
  ...[...tensorOps].flatMap(([name, op]) =>
    both
      .filter((prefix) => prefix !== 'torch' || !BARE.has(name))
      .map((prefix): FunctionSpec => ({ callee: `${prefix}.${name}`, framework: 'torch', ...op })),
  ),
  ...torchLinalg,
  ...samplingOps.flatMap(([names, form, apply]) => many(['torch.nn.functional'], names, form, apply)),
  ...fftOps.flatMap(([names, form, apply]) => many(['torch.fft'], names, form, apply)),
  ...torchProducts,
  ...torchListing,
  ...many(['torch', 'torch.cuda.FloatTensor'], 'randn rand empty', '*rest, size=None, **', created),
  ...many(['torch', 'torch.cuda.FloatTensor'], 'zeros', '*rest, size=None, **', constant(0)),
  ...many(['torch', 'torch.cuda.FloatTensor'], 'ones', '*rest, size=None, **', constant(1)),
  ...[
    'torch.Tensor',
    'torch.FloatTensor',
    'torch.DoubleTensor',
    'torch.LongTensor',
    'torch.IntTensor',
    'torch.cuda.FloatTensor',
    'torch.cuda.LongTensor',
  ].map((name) => func(name, '*rest, size=None, **', tensorClass)),
  func('torch.full', 'size, fill_value, **', full),
  func('torch.randint', '~low=0, ~high=None, size=None, **', ({ machine, bound }) =>
    tensorOfShape(machine, bound.isNone('size') ? bound.get('high') : bound.get('size')),
  ),
  func('torch.normal', '~mean, ~std=None, size=None, **', ({ machine, bound }) =>
    bound.isNone('size') ? (bound.get('mean') ?? unknown()) : tensorOfShape(machine, bound.get('size')),
  ),
  ...many(['torch'], 'randn_like rand_like empty_like bernoulli', 'input, *rest, **', like),
  func('torch.zeros_like', 'input, **', constantLike(0)),
  func('torch.ones_like', 'input, **', constantLike(1)),
  func('torch.full_like', 'input, fill_value, **', constantLike(undefined)),
  ...many(['torch'], 'tensor as_tensor from_numpy', 'data, **', literal),
  func('torch.Size', 'data', sizeClass),
  func('torch.arange', '*rest, **', arange),
  func('torch.linspace', 'start, end, steps=100, **', ({ machine, bound }) => {
    const steps = bound.size('steps');
    const [from, to] = ['start', 'end'].map((name) => numbersOf(bound.get(name))?.items[0]);
    const plain = !bound.get('dtype') && isKnown(steps) && steps > 1 && steps <= MOST_LOOKED_AT;
    if (!plain || from === undefined || to === undefined) return tensor([steps], machine.evidence);
    const items = Array.from({ length: steps }, (_, index) => Math.fround(from + ((to - from) * index) / (steps - 1)));
    // Between the ends the last digit is PyTorch's; a whole number is one in both.
    const exact = items.every((each) => Number.isInteger(each) || Math.abs(each - Math.round(each)) > 1e-3);
    return exact
      ? tensorOf({ shape: [steps], items, dtype: 'float32', numpy: false }, machine.evidence)
      : tensor([steps], machine.evidence);
  }),
  func('torch.logspace', '~start, ~end, steps=100, ~base=None, **', ({ machine, bound }) =>
    tensor([bound.size('steps')], machine.evidence),
  ),
  func('torch.eye', 'n, m=None, **', ({ machine, bound }) => {
    const [n, m] = [bound.size('n'), bound.isNone('m') ? bound.size('n') : bound.size('m')];
    if (!isKnown(n) || !isKnown(m) || n * m > MOST_LOOKED_AT || bound.get('dtype'))
      return tensor([n, m], machine.evidence);
    const items = Array.from({ length: n * m }, (_, place) => Number(Math.floor(place / m) === place % m));
    return tensorOf({ shape: [n, m], items, dtype: 'float32', numpy: false }, machine.evidence);
  }),
  func('torch.where', 'condition, input=None, other=None', where),
  func('torch.einsum', 'equation, *operands', einsum),
  func('torch.nn.functional.linear', 'input, weight, ~bias=None', linear),
  func('torch.nn.functional.pad', "input, pad, mode='constant', ~value=None", pad),
  func('torch.nn.functional.one_hot', 'input, num_classes=-1', oneHot),
  func('torch.nn.functional.embedding', 'input, weight, **', embedding),
  func('torch.nn.functional.scaled_dot_product_attention', 'query, key, value, **', attention),
  func('torch.nn.Parameter', 'data=None, requires_grad=True', parameter),
  func('torch.nn.parameter.Parameter', 'data=None, requires_grad=True', parameter),
  func('torch.nn.Buffer', 'data=None, ~persistent=True', first('data')),
  func('torch.nn.parameter.Buffer', 'data=None, ~persistent=True', first('data')),
  func('torch.autograd.Variable', 'data, **~', first('data')),
  ...torchParametrized,
  ...'DataParallel parallel.DistributedDataParallel SyncBatchNorm.convert_sync_batchnorm'
    .split(' ')
    .map((name) => func(`torch.nn.${name}`, 'module, *~rest, **~', first('module'))),
  ...'torch.compile torch.jit.script torch.jit.ignore torch.jit.export torch.jit.unused torch.quantization.prepare torch.fx.wrap'
    .split(' ')
    .map((name) => func(name, 'model=None, *~rest, **~', first('model'))),
  ...[
    'torch.jit.trace',
    'torch.onnx.export',
    'torch.export.export',
    'thop.profile',
    'fvcore.nn.FlopCountAnalysis',
    'torch.onnx.dynamo_export',
    'torch.fx.symbolic_trace',
  ].map((name) => func(name, 'model, inputs=None, *~rest, **~', traced)),
  func('torchsummary.summary', 'model, input_size=None, **~', summarised(false)),
  func('torchinfo.summary', 'model, input_size=None, input_data=None, **~', summarised(true)),
  func('ptflops.get_model_complexity_info', 'model, input_size, **~', summarised(false)),
  ...['torch.func.functional_call', 'torch.nn.utils.stateless.functional_call'].map((name) =>
    func(name, 'module, parameter_and_buffer_dicts, args=None, kwargs=None, **~', ({ machine, bound, at }) => {
      const given = bound.get('parameter_and_buffer_dicts');
      const args = bound.get('args') ?? unknown();
      // Weights that are said one by one may have other shapes than the module's.
      if ((given?.kind === 'dict' && given.entries.size > 0) || !bound.isNone('kwargs')) return unknown();
      const positional = args.kind === 'tuple' || args.kind === 'list' ? args.items : [args];
      return machine.call(bound.get('module') ?? unknown(), { ...NO_ARGUMENTS, positional }, at);
    }),
  ),
  func('torch.utils.checkpoint.checkpoint', 'function, *rest, **more', checkpointed),
  func('torch.utils.checkpoint.checkpoint_sequential', 'functions, ~segments, input, **~', ({ machine, bound, at }) => {
    const functions = bound.get('functions');
    const input = bound.get('input') ?? unknown();
    const run = (value: Value, each: Value): Value => machine.call(each, { ...NO_ARGUMENTS, positional: [value] }, at);
    return functions ? (iterate(functions)?.reduce(run, input) ?? unknown()) : unknown();
  }),
  ...many(['torch.nn.init'], INITIALISERS, 'tensor, ~a=0, *~rest, **~', ({ bound }) => {
    const x = bound.get('tensor');
    if (x?.kind === 'tensor') writeTo(x);
    return x ?? unknown();
  }),
  func('torch.numel', 'input', ({ machine, bound }) =>
    bound.tensor('input')?.cell.shape
      ? productOf(
          machine,
          bound.tensor('input')!.cell.shape!.map((size) => number(size)),
        )
      : unknown(),
  ),
  func('torch.is_tensor', 'input', ({ bound }) => ({ kind: 'bool', value: bound.get('input')?.kind === 'tensor' })),
];
