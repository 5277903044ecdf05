import { asDtype, dtypeNamed, type Numbers, numbersOf, tensorOf } from '../../model/contents';
import type { Applied, FunctionSpec } from '../../model/library';
import { number, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { forgotten, tensor, type TensorValue } from '../../model/tensor';
import type { Value } from '../../model/value';
import { broadcast, matrixProduct } from '../../shapes/elementwise';
import { chosen, combined, inOrder, mapped, reducedWhole, rowsAlong } from '../../shapes/numbers';
import { matrixNumbers } from '../../shapes/picking';
import { tensorOfShape } from '../../shapes/sizesGiven';
import { isKnown } from '../../sizes/size';

const func = (name: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee: `numpy.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply,
});

const array = (numbers: Numbers | undefined): Numbers | undefined => numbers && { ...numbers, numpy: true };

/** Known numbers as NumPy gives them: a scalar is a number. */
function given(call: Applied, numbers: Numbers | undefined): Value {
  if (!numbers) return unknown();
  if (numbers.shape.length > 0) return tensorOf({ ...numbers, numpy: true }, call.machine.evidence);
  return numbers.items.every((each) => Number.isFinite(each))
    ? number(numbers.items[0], numbers.dtype !== 'int')
    : unknown();
}

/** A function of each element; of an array that is not known it keeps the shape. */
const each = (name: string, form: string, act: (x: Numbers, call: Applied) => Numbers | undefined): FunctionSpec =>
  func(name, form, (call) => {
    const value = call.bound.get('x');
    const numbers = array(numbersOf(value));
    if (numbers) return given(call, act(numbers, call));
    return value?.kind === 'tensor' ? forgotten(value) : unknown();
  });

const pair = (name: string, operation: string): FunctionSpec =>
  func(name, 'x, y', (call) => {
    const [a, b] = ['x', 'y'].map((each_) => array(numbersOf(call.bound.get(each_))));
    if (a && b) return given(call, combined(operation, a, b));
    return ofArrays(call, broadcastOf);
  });

/** Of arrays whose numbers are not known the shapes still tell. */
function ofArrays(call: Applied, act: (call: Applied, a: TensorValue, b: TensorValue) => Value): Value {
  const [x, y] = ['x', 'y'].map((name) => call.bound.tensor(name));
  return x && y && (x.cell.shape?.length !== 0 || y.cell.shape?.length !== 0) ? act(call, x, y) : unknown();
}

const broadcastOf = ({ machine, at }: Applied, a: TensorValue, b: TensorValue): Value => broadcast(machine, [a, b], at);
const productOf = ({ machine, at }: Applied, a: TensorValue, b: TensorValue): Value =>
  a.cell.shape?.length !== 0 && b.cell.shape?.length !== 0 ? matrixProduct(machine, a, b, at) : unknown();

const takesOnly = ({ bound }: Applied, ...names: readonly string[]): boolean =>
  [...bound.values.keys()].every((name) => names.includes(name) || !bound.isGiven(name));

/** Of all elements; along an axis only where there is no other. */
function alongTheOnlyAxis(call: Applied): Numbers | undefined {
  const x = takesOnly(call, 'x', 'axis') ? array(numbersOf(call.bound.get('x'))) : undefined;
  if (!x || call.bound.isNone('axis')) return x;
  const axis = call.bound.int('axis');
  return x.shape.length === 1 && (axis === 0 || axis === -1) ? x : undefined;
}

const running =
  (name: string): FunctionSpec['apply'] =>
  (call) => {
    const x = alongTheOnlyAxis(call);
    return given(call, x?.shape.length === 1 ? rowsAlong(name, x, 0) : undefined);
  };

const REDUCED = new Set(['sum', 'max', 'min', 'mean', 'any', 'all', 'amax', 'amin']);

/** A function that gives one number, or one for each row along an axis, by the method of the same name. */
const reduction = (name: string, method: string): FunctionSpec =>
  func(name, 'x, axis=None, **more', (call) => {
    const { machine, bound } = call;
    const whole = REDUCED.has(method) ? alongTheOnlyAxis(call) : undefined;
    if (whole) return given(call, reducedWhole(method, whole));
    const numbers = array(numbersOf(bound.get('x')));
    const value = bound.get('x');
    const of = numbers ? tensorOf(numbers, machine.evidence) : value?.kind === 'tensor' ? value : undefined;
    if (!of) return unknown();
    const keywords = new Map([...bound.values].filter(([key, each_]) => key !== 'x' && each_.kind !== 'none'));
    const result = machine.call(machine.attribute(of, method), { positional: [], keywords, open: false }, call.at);
    const known = result.kind === 'tensor' && result.cell.shape?.length === 0 ? numbersOf(result) : undefined;
    return known ? given(call, known) : result;
  });

const clip = (x: Numbers, { bound }: Applied): Numbers | undefined => {
  const [low, high] = ['low', 'high'].map((name) => (bound.isNone(name) ? null : numbersOf(bound.get(name))));
  if (low === undefined || high === undefined) return undefined;
  const raised = low ? combined('maximum', x, low) : x;
  return raised && high ? combined('minimum', raised, high) : raised;
};

const filled =
  (value: number) =>
  ({ machine, bound }: Applied): Value => {
    const made = tensorOfShape(machine, bound.get('shape'));
    const shape = made.kind === 'tensor' ? made.cell.shape : undefined;
    const dtype = bound.get('dtype') ? dtypeNamed(bound.get('dtype')) : 'float64';
    if (!shape?.every(isKnown) || !dtype) return made;
    const count = shape.reduce((all, size) => all * size, 1);
    return count > 64
      ? made
      : tensorOf({ shape, items: new Array<number>(count).fill(value), dtype, numpy: true }, machine.evidence);
  };

/** So many elements of a range are looked at. */
const MOST = 4_096;

function arange(call: Applied): Value {
  const { bound } = call;
  const bounds = bound.items('bounds')?.map(numbersOf);
  if (!bounds?.every((one) => one?.shape.length === 0) || bounds.length < 1 || bounds.length > 3) return unknown();
  const [first, second = 0, step = 1] = bounds.map((one) => one!.items[0]);
  const [from, to] = bounds.length === 1 ? [0, first] : [first, second];
  const count = Math.ceil((to - from) / step);
  // What is not whole comes out with a rounding that only NumPy knows.
  if (![from, to, step].every(Number.isInteger) || !(count >= 0) || count > MOST) return unknown();
  const floats = bounds.some((one) => one!.dtype === 'float64');
  const dtype = bound.isGiven('dtype') ? dtypeNamed(bound.get('dtype')) : floats ? 'float64' : 'int';
  const items = Array.from({ length: count }, (_, index) => from + index * step);
  return given(call, dtype && asDtype({ shape: [count], items, dtype, numpy: true }, dtype));
}

const linspace = (call: Applied): Value => {
  const { bound, machine } = call;
  const [from, to] = ['start', 'stop'].map((name) => numbersOf(bound.get(name))?.items[0]);
  const count = bound.isNone('num') ? 50 : bound.int('num');
  if (count === undefined || !bound.isNone('endpoint')) return unknown();
  if (from === undefined || to === undefined || count > 64 || count < 2) return tensor([count], machine.evidence);
  const items = Array.from({ length: count }, (_, index) => from + (index * (to - from)) / (count - 1));
  return tensorOf({ shape: [count], items, dtype: 'float64', numpy: true }, machine.evidence);
};

const append = (call: Applied): Value => {
  const [a, b] = ['x', 'values'].map((name) => array(numbersOf(call.bound.get(name))));
  if (!a || !b) return unknown();
  const dtype = [a, b].some((each_) => each_.dtype === 'float64') ? 'float64' : 'int';
  return given(
    call,
    asDtype({ shape: [a.items.length + b.items.length], items: [...a.items, ...b.items], dtype, numpy: true }, dtype),
  );
};

/** What NumPy makes of numbers that are known; programs work out sizes with it. */
export const numpyNumbers: readonly FunctionSpec[] = [
  ...['abs', 'absolute', 'square', 'sign', 'floor', 'ceil', 'trunc', 'fix', 'sqrt', 'exp', 'log', 'log2', 'log10'].map(
    (name) =>
      each(name, 'x', (x) =>
        mapped(
          name,
          ['floor', 'ceil', 'trunc', 'fix'].includes(name) && x.dtype === 'int' ? { ...x, dtype: 'float64' } : x,
        ),
      ),
  ),
  ...['round', 'around', 'rint'].map((name) =>
    each(name, 'x, decimals=0', (x, { bound }) => (bound.int('decimals') === 0 ? mapped('round', x) : undefined)),
  ),
  each('exp2', 'x', (x) =>
    combined(
      'pow',
      { ...x, shape: [], items: [2], dtype: 'float64' },
      x.shape.length === 0 ? { ...x, dtype: 'float64' } : x,
    ),
  ),
  func('cumsum', 'x, axis=None, **', running('cumsum')),
  func('cumprod', 'x, axis=None, **', running('cumprod')),
  each('negative', 'x', (x) => ({ ...x, items: x.items.map((value) => -value) })),
  func('atleast_1d', 'x', (call) => {
    const value = call.bound.get('x');
    const x = array(numbersOf(value));
    if (x) return tensorOf(x.shape.length > 0 ? x : { ...x, shape: [1] }, call.machine.evidence);
    return value?.kind === 'tensor' && value.cell.shape && value.cell.shape.length > 0 ? value : unknown();
  }),
  each('sort', 'x', (x) => inOrder(x, false)),
  each('clip', 'x, low=None, high=None', clip),
  pair('maximum', 'maximum'),
  pair('minimum', 'minimum'),
  pair('power', 'pow'),
  pair('add', 'add'),
  pair('subtract', 'sub'),
  pair('multiply', 'mul'),
  pair('divide', 'div'),
  pair('floor_divide', 'floor_divide'),
  pair('mod', 'remainder'),
  pair('remainder', 'remainder'),
  pair('true_divide', 'div'),
  ...['dot', 'matmul'].map((name) =>
    func(name, 'x, y', (call) => {
      const [a, b] = ['x', 'y'].map((each_) => array(numbersOf(call.bound.get(each_))));
      const known = a && b ? matrixNumbers(a, b) : undefined;
      return known ? given(call, known) : ofArrays(call, productOf);
    }),
  ),
  ...['sum', 'max', 'min', 'mean', 'argmax', 'argmin', 'any', 'all', 'amax', 'amin', 'count_nonzero'].map((name) =>
    reduction(name, name),
  ),
  func('where', 'condition, x=None, y=None', (call) => {
    const [condition, x, y] = ['condition', 'x', 'y'].map((name) => call.bound.get(name));
    const numbers = chosen(condition, x, y);
    // All three are stretched to one shape; that of the condition is it only by chance.
    return numbers ? given(call, { ...numbers, numpy: true }) : unknown();
  }),
  func('append', 'x, values', append),
  func('arange', '*bounds, dtype=None, **', arange),
  func('linspace', 'start, stop, num=None, endpoint=None', linspace),
  func('zeros', 'shape, dtype=None, **', filled(0)),
  func('ones', 'shape, dtype=None, **', filled(1)),
];
