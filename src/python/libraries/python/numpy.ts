import { dtypeNamed, asDtype, type Numbers, numbersOf, tensorOf } from '../../model/contents';
import type { Applied, FunctionSpec } from '../../model/library';
import { bool, number, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Value } from '../../model/value';
import { combined, mapped, reducedWhole, rowsAlong } from '../../shapes/numbers';

const func = (name: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee: `numpy.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply,
});

/** The numbers of an argument as NumPy takes them: lists are arrays. */
function arrayOf({ bound }: Applied, name: string): Numbers | undefined {
  const numbers = numbersOf(bound.get(name));
  return numbers && { ...numbers, numpy: true };
}

/** As NumPy gives it: what has no axes is a number. */
function given({ machine }: Applied, result: Numbers | undefined): Value {
  if (!result) return unknown();
  if (result.shape.length > 0) return tensorOf(result, machine.evidence);
  const [only] = result.items;
  return result.dtype === 'bool' ? bool(only !== 0) : number(only, result.dtype !== 'int');
}

const takesOnly = ({ bound }: Applied, ...names: readonly string[]): boolean =>
  [...bound.values.keys()].every((name) => names.includes(name) || !bound.isGiven(name));

/** Element by element; of a single number Python's own rule tells. */
const each =
  (name: string): FunctionSpec['apply'] =>
  (call) => {
    const x = takesOnly(call, 'x') ? arrayOf(call, 'x') : undefined;
    return given(call, x && mapped(name, x));
  };

const ofTwo =
  (name: string): FunctionSpec['apply'] =>
  (call) => {
    const [a, b] = ['a', 'b'].map((argument) => arrayOf(call, argument));
    return given(call, a && b && takesOnly(call, 'a', 'b') ? combined(name, a, b) : undefined);
  };

/** Of all elements; along an axis only where there is no other. */
function alongTheOnlyAxis(call: Applied): Numbers | undefined {
  const x = takesOnly(call, 'x', 'axis') ? arrayOf(call, 'x') : undefined;
  if (!x || call.bound.isNone('axis')) return x;
  const axis = call.bound.int('axis');
  return x.shape.length === 1 && (axis === 0 || axis === -1) ? x : undefined;
}

const reduction =
  (name: string): FunctionSpec['apply'] =>
  (call) => {
    const x = alongTheOnlyAxis(call);
    return given(call, x && reducedWhole(name, x));
  };

const running =
  (name: string): FunctionSpec['apply'] =>
  (call) => {
    const x = alongTheOnlyAxis(call);
    return given(call, x?.shape.length === 1 ? rowsAlong(name, x, 0) : undefined);
  };

const atLeastOneAxis: FunctionSpec['apply'] = (call) => {
  const x = arrayOf(call, 'x');
  const value = call.bound.get('x');
  if (x) return tensorOf(x.shape.length > 0 ? x : { ...x, shape: [1] }, call.machine.evidence);
  return value?.kind === 'tensor' && value.cell.shape && value.cell.shape.length > 0 ? value : unknown();
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

const many = (names: string, form: string, rule: (name: string) => FunctionSpec['apply']): FunctionSpec[] =>
  names.split(' ').map((name) => func(name, form, rule(RENAMED[name] ?? name)));

const RENAMED: Readonly<Record<string, string>> = { mod: 'remainder', true_divide: 'div', divide: 'div' };

/** What programs about sizes compute with NumPy: arrays of a few known numbers. */
export const numpyFunctions: readonly FunctionSpec[] = [
  func('atleast_1d', 'x', atLeastOneAxis),
  func('arange', '*bounds, dtype=None, **', arange),
  ...many('absolute negative sign square trunc fix rint', 'x, **', (name) => each(name === 'rint' ? 'round' : name)),
  ...many(
    'add subtract multiply divide true_divide floor_divide mod remainder power maximum minimum',
    'a, b, **',
    ofTwo,
  ),
  ...many('min max amin amax sum any all', 'x, axis=None, **', reduction),
  ...many('cumsum cumprod', 'x, axis=None, **', running),
];
