import { asDtype, dtypeNamed, holding, type Numbers, numbersOf, tensorOf } from '../../model/contents';
import type { Applied, FunctionSpec } from '../../model/library';
import { number, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { forgotten, tensor } from '../../model/tensor';
import type { Value } from '../../model/value';
import { chosen, combined, inOrder, mapped } from '../../shapes/numbers';
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
    return a && b ? given(call, combined(operation, a, b)) : unknown();
  });

/** A function that gives one number, or one for each row along an axis, by the method of the same name. */
const reduction = (name: string, method: string): FunctionSpec =>
  func(name, 'x, axis=None, **more', (call) => {
    const { machine, bound } = call;
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

const arange = (call: Applied): Value => {
  const items = call.bound.items('rest')?.map((each_) => numbersOf(each_));
  if (!items?.every((each_) => each_?.items.length === 1) || call.bound.get('dtype')) return unknown();
  const values = items.map((each_) => each_!.items[0]);
  const [from, to, step] = values.length === 1 ? [0, values[0], 1] : [values[0], values[1], values[2] ?? 1];
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
  const whole = items.every((each_) => each_!.dtype === 'int');
  if (count > 64) return tensor([count], call.machine.evidence);
  const numbers = Array.from({ length: count }, (_, index) => from + index * step);
  return tensorOf(
    { shape: [count], items: numbers, dtype: whole ? 'int' : 'float64', numpy: true },
    call.machine.evidence,
  );
};

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
export const numpyFunctions: readonly FunctionSpec[] = [
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
  each('cumsum', 'x', (x) => {
    let sum = 0;
    return x.shape.length === 1 ? { ...x, items: x.items.map((value) => (sum += value)) } : undefined;
  }),
  each('sort', 'x', (x) => inOrder(x, false)),
  each('flip', 'x', (x) => (x.shape.length === 1 ? { ...x, items: x.items.toReversed() } : undefined)),
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
  ...['dot', 'matmul'].map((name) =>
    func(name, 'x, y', (call) => {
      const [a, b] = ['x', 'y'].map((each_) => array(numbersOf(call.bound.get(each_))));
      return a && b ? given(call, matrixNumbers(a, b)) : unknown();
    }),
  ),
  ...['sum', 'max', 'min', 'mean', 'argmax', 'argmin', 'any', 'all', 'amax', 'amin', 'count_nonzero'].map((name) =>
    reduction(name, name),
  ),
  func('where', 'condition, x=None, y=None', (call) => {
    const [condition, x, y] = ['condition', 'x', 'y'].map((name) => call.bound.get(name));
    const numbers = chosen(condition, x, y);
    return numbers
      ? given(call, { ...numbers, numpy: true })
      : condition?.kind === 'tensor' && y
        ? holding(forgotten(condition), undefined)
        : unknown();
  }),
  func('append', 'x, values', append),
  func('arange', '*rest, dtype=None', arange),
  func('linspace', 'start, stop, num=None, endpoint=None', linspace),
  func('zeros', 'shape, dtype=None, **', filled(0)),
  func('ones', 'shape, dtype=None, **', filled(1)),
];
