import { asDtype, dtypeNamed, numbersOf, tensorOf } from '../../model/contents';
import { deepCopy, shallowCopy } from '../../model/copies';
import { COUNT } from '../../model/counter';
import { describedField, fieldDescription } from '../../model/dataclassField';
import { AUTO } from '../../model/enumeration';
import { iterate } from '../../model/iterate';
import type { Applied, FunctionSpec } from '../../model/library';
import {
  dict,
  FALSE,
  keyOfValue,
  list,
  NO_ARGUMENTS,
  NONE,
  number,
  string,
  TRUE,
  tuple,
  unknown,
} from '../../model/make';
import { RAISED } from '../../model/raised';
import { signature } from '../../model/signature';
import { tensor, writeTo } from '../../model/tensor';
import { type ClassValue, NO_PLACE, type Value } from '../../model/value';
import { inspectFunctions } from './inspecting';
import { itertoolsFunctions } from './itertools';
import { operatorFunctions } from './operator';
import { regexFunctions } from './regex';
import { productOf, shapeOfData, tensorOfShape } from '../../shapes/sizesGiven';
import { isKnown } from '../../sizes/size';

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee,
  framework: 'torch',
  signature: signature(form),
  apply,
});

/** A wrapper has the name of what it wraps: registries go by it. */
const named = (wrapper: Value, wrapped: Value | undefined): Value =>
  wrapper.kind === 'function' && (wrapped?.kind === 'function' || wrapped?.kind === 'class')
    ? { ...wrapper, name: wrapped.name }
    : wrapper;

/** A function of known numbers; of anything else it tells nothing. */
const numeric = (name: string, compute: (...values: number[]) => number, float: boolean): FunctionSpec[] => [
  func(`math.${name}`, '*values, **', ({ bound }) => {
    const values = bound.items('values')?.map((value) => {
      const size = value.kind === 'bool' ? Number(value.value) : value.kind === 'number' ? value.size : undefined;
      return size !== undefined && isKnown(size) ? size : undefined;
    });
    if (!values?.every((value) => value !== undefined)) return unknown();
    const result = compute(...values);
    if (Number.isNaN(result)) throw RAISED;
    return number(result, float);
  }),
];

const exactLog2 = (value: number): number =>
  Number.isInteger(Math.round(Math.log2(value))) && 2 ** Math.round(Math.log2(value)) === value
    ? Math.round(Math.log2(value))
    : Math.log2(value);

/** `np.int64(3.7)` is 3, `np.float64(3)` is 3.0. */
function converted(value: Value | undefined, float: boolean): Value {
  if (!value || value.kind !== 'number') return unknown();
  if (isKnown(value.size)) return number(float ? value.size : Math.trunc(value.size), float);
  return value.float === float ? value : unknown();
}

function gcd(a: number, b: number): number {
  while (b) [a, b] = [b, a % b];
  return Math.abs(a);
}

const prod = ({ machine, bound }: Applied): Value => {
  const value = bound.get('values');
  if (value?.kind === 'number') return value;
  const items = bound.items('values');
  return items ? productOf(machine, items) : unknown();
};

const partial = ({ bound }: Applied): Value => {
  const rest = bound.get('rest');
  const named = [...bound.values].filter(([name]) => name !== 'func' && name !== 'rest');
  return {
    kind: 'partial',
    callee: bound.get('func') ?? unknown(),
    args: {
      positional: rest?.kind === 'tuple' ? rest.items : [],
      keywords: new Map(named),
      open: rest?.kind === 'tuple' && rest.open,
    },
  };
};

const reduce = ({ machine, bound, at }: Applied): Value => {
  const items = bound.items('iterable');
  const callee = bound.get('function');
  if (!items || !callee) return unknown();
  const [head, ...tail] = bound.isNone('initial') ? items : [bound.get('initial')!, ...items];
  return tail.reduce(
    (all, each) => machine.call(callee, { ...NO_ARGUMENTS, positional: [all, each] }, at),
    head ?? unknown(),
  );
};

const ordered = ({ bound }: Applied): Value => {
  const source = bound.get('source');
  const pairs: (readonly [Value, Value])[] = [];
  if (source?.kind === 'dict') return { ...source, entries: new Map(source.entries) };
  const items = source && source.kind !== 'none' ? iterate(source) : [];
  for (const pair of items ?? [])
    if (pair.kind === 'tuple' || pair.kind === 'list') pairs.push([pair.items[0], pair.items[1] ?? NONE]);
  const named = [...bound.values]
    .filter(([name]) => name !== 'source')
    .map(([name, value]) => [string(name), value] as const);
  return dict([...pairs, ...named], !items);
};

const namespace = ({ bound }: Applied): Value =>
  dict([...bound.values].map(([name, value]) => [string(name), value] as const));

/** A queue; nothing is known of it where it is not known how many items it keeps. */
const queue = ({ bound }: Applied): Value => {
  const bounded = !bound.isNone('maxlen');
  const most = bounded ? bound.int('maxlen') : Infinity;
  const items = bound.isNone('source') ? [] : iterate(bound.get('source')!);
  if (!items || most === undefined) return { ...list([], true), most: Infinity };
  return { ...list(items.slice(Math.max(0, items.length - most))), most };
};

const namedTuple = ({ bound }: Applied): Value => {
  const names = bound.get('fields');
  const fields =
    names?.kind === 'string'
      ? names.value.split(/[\s,]+/).filter((each) => each !== '')
      : names && iterate(names)?.map((each) => (each.kind === 'string' ? each.value : ''));
  if (!fields) return unknown();
  return {
    kind: 'builtin',
    name: 'namedtuple',
    holds: [],
    call: (_machine, args) => ({
      kind: 'tuple',
      items: fields.map((name, index) => args.keywords.get(name) ?? args.positional[index] ?? unknown(name)),
      open: false,
      fields,
    }),
  };
};

const ntuple =
  (count: number) =>
  ({ bound }: Applied): Value => {
    const value = bound.get('x') ?? unknown();
    const items = iterate(value);
    return items
      ? tuple([...items])
      : value.kind === 'unknown'
        ? value
        : tuple(Array.from({ length: count }, () => value));
  };

const array = ({ machine, bound }: Applied): Value => {
  const data = bound.get('data');
  const shape = data && shapeOfData(data);
  if (!shape) return unknown();
  const wanted = bound.isNone('dtype') ? undefined : dtypeNamed(bound.get('dtype'));
  const held = bound.isNone('dtype') || wanted ? numbersOf(data) : undefined;
  const numbers = held && wanted ? asDtype({ ...held, numpy: true }, wanted) : held;
  if (numbers) return tensorOf({ ...numbers, numpy: true }, machine.evidence);
  return tensor(shape, machine.evidence, bound.isGiven('dtype') || data.kind === 'tensor' ? {} : { data });
};

/** A list, or an array, in which a function puts its items into another order, or others into it. */
function reordered({ machine, bound }: Applied, keepsCount: boolean): Value {
  const given = bound.get('x');
  if (given?.kind === 'tensor') writeTo(given);
  if (given?.kind === 'list') {
    machine.touch(given);
    if (keepsCount && !given.open) given.items = given.items.map(() => unknown());
    else {
      given.items = [];
      given.open = true;
    }
  }
  return keepsCount ? NONE : unknown();
}

/** The fields that an object of a dataclass has; what only its constructor takes is none. */
const fieldNames = ({ fields, fieldKinds }: ClassValue): string[] =>
  fields.map(([name]) => name).filter((name) => fieldKinds?.get(name) !== 'initial');

const created = ({ machine, bound }: Applied): Value => tensorOfShape(machine, bound.get('rest'));

/** An array of the `size` that a random generator of NumPy is given; without one it draws a single number. */
const drawn = ({ machine, bound }: Applied): Value =>
  bound.isNone('size') ? unknown() : tensorOfShape(machine, bound.get('size'));

/** What model code uses of Python's library and of NumPy. */
export const libraryFunctions: readonly FunctionSpec[] = [
  ...numeric('ceil', Math.ceil, false),
  ...numeric('floor', Math.floor, false),
  ...numeric('sqrt', Math.sqrt, true),
  ...numeric('log2', exactLog2, true),
  ...numeric(
    'log',
    (value, base) =>
      base === undefined ? Math.log(value) : base === 2 ? exactLog2(value) : Math.log(value) / Math.log(base),
    true,
  ),
  ...numeric('log10', Math.log10, true),
  ...numeric('exp', Math.exp, true),
  ...numeric('pow', (a, b) => a ** b, true),
  ...numeric('gcd', (...values) => values.reduce(gcd, 0), false),
  ...numeric('fabs', Math.abs, true),
  ...numeric('trunc', Math.trunc, false),
  ...numeric('isqrt', (value) => (value < 0 ? NaN : Math.floor(Math.sqrt(value))), false),
  ...numeric(
    'factorial',
    (value) => (value < 0 ? NaN : Array.from({ length: value }, (_, at) => at + 1).reduce((a, b) => a * b, 1)),
    false,
  ),
  ...numeric(
    'comb',
    (n, k) =>
      k > n ? 0 : Math.round(Array.from({ length: k }, (_, at) => (n - at) / (at + 1)).reduce((a, b) => a * b, 1)),
    false,
  ),
  ...numeric(
    'lcm',
    (...values) => values.reduce((a, b) => (a === 0 || b === 0 ? 0 : Math.abs(a * b) / gcd(a, b)), 1),
    false,
  ),
  ...numeric('hypot', Math.hypot, true),
  ...numeric('copysign', (a, b) => Math.abs(a) * (b < 0 || Object.is(b, -0) ? -1 : 1), true),
  ...numeric('fmod', (a, b) => (b === 0 ? NaN : a % b), true),
  ...numeric('sin', Math.sin, true),
  ...numeric('cos', Math.cos, true),
  func('numpy.prod', 'values, **', prod),
  func('math.prod', 'values, **', prod),
  ...['array', 'asarray', 'asanyarray'].map((name) => func(`numpy.${name}`, 'data, **', array)),
  func('numpy.empty', 'shape, **', created),
  ...operatorFunctions,
  ...['numpy.random.randn', 'numpy.random.rand'].map((name) => func(name, '*rest', created)),
  ...['random', 'random_sample', 'standard_normal'].map((name) => func(`numpy.random.${name}`, 'size=None', drawn)),
  ...['normal', 'uniform', 'randint', 'laplace', 'beta', 'binomial'].map((name) =>
    func(`numpy.random.${name}`, '~a=None, ~b=None, size=None, **', drawn),
  ),
  ...['numpy.int32', 'numpy.int64', 'numpy.int'].map((name) =>
    func(name, 'x', ({ bound }) => converted(bound.get('x'), false)),
  ),
  ...['numpy.float32', 'numpy.float64'].map((name) => func(name, 'x', ({ bound }) => converted(bound.get('x'), true))),
  func('functools.partial', 'func, *rest, **more', partial),
  func('functools.partialmethod', 'func, *rest, **more', partial),
  func('functools.reduce', 'function, iterable, initial=None', reduce),
  func('functools.wraps', '~func, **~', ({ bound }) => ({
    kind: 'builtin',
    name: 'wraps',
    holds: [bound.get('func') ?? NONE],
    call: (_machine, { positional: [wrapper] }) => named(wrapper ?? unknown(), bound.get('func')),
  })),
  func('functools.lru_cache', 'maxsize=None, **~', ({ bound }) => ({
    kind: 'builtin',
    // One that forgets runs what it is around again, and nobody counts here when.
    name: bound.isNone('maxsize') ? 'cache' : 'lru_cache',
    holds: [],
    call: (_machine, args) => args.positional[0] ?? unknown(),
  })),
  func('collections.OrderedDict', 'source=None, **more', ordered),
  func('collections.namedtuple', 'name, fields, **', namedTuple),
  func('collections.deque', 'source=None, maxlen=None', queue),
  func('collections.defaultdict', 'factory=None, *rest, **', ({ bound }) => ({
    ...dict([], bound.items('rest')?.length !== 0),
    ...(bound.isNone('factory') ? {} : { missing: bound.get('factory') }),
  })),
  func('collections.Counter', 'source=None', ({ machine, bound }) => {
    const items = bound.isNone('source')
      ? []
      : bound.get('source')?.kind === 'dict'
        ? undefined
        : bound.items('source');
    const source = bound.get('source');
    if (!items)
      return source?.kind === 'dict' ? { ...source, entries: new Map(source.entries), missing: COUNT } : dict([], true);
    const counts = dict(items.map((item) => [item, number(0)] as const));
    for (const item of items) {
      const key = keyOfValue(item);
      const entry = key === undefined ? undefined : counts.entries.get(key);
      if (key !== undefined && entry)
        counts.entries.set(key, [item, machine.binary('+', entry[1], number(1), NO_PLACE)]);
    }
    return { ...counts, missing: COUNT };
  }),
  func('types.MethodType', 'func, self', ({ bound }) => {
    const [func_, self] = [bound.get('func'), bound.get('self')];
    return func_?.kind === 'function' && self ? { kind: 'method', self, func: func_ } : unknown();
  }),
  func('functools.cache', 'func', ({ bound }) => bound.get('func') ?? unknown()),
  ...[
    'types.SimpleNamespace',
    'argparse.Namespace',
    'easydict.EasyDict',
    'ml_collections.ConfigDict',
    'addict.Dict',
    'munch.Munch',
  ].map((name) => func(name, '**more', namespace)),
  func('object.__setattr__', 'self, name, value', ({ machine, bound }) => {
    const [self, name, value] = ['self', 'name', 'value'].map((each) => bound.get(each));
    if (self && name?.kind === 'string' && value) machine.setAttribute(self, name.value, value);
    return NONE;
  }),
  func('copy.deepcopy', 'x, ~memo=None', ({ bound }) => deepCopy(bound.get('x') ?? unknown())),
  func('copy.copy', 'x', ({ bound }) => shallowCopy(bound.get('x') ?? unknown())),
  func('dataclasses.replace', 'obj, **changes', ({ machine, bound, at }) => {
    const object = bound.get('obj');
    if (object?.kind !== 'instance') return unknown();
    const given = new Map<string, Value>();
    for (const [name, initial] of object.cls.fields) {
      const value = bound.get(name) ?? object.attributes.get(name);
      if (value && (!initial || (describedField(initial)?.init ?? true))) given.set(name, value);
    }
    return machine.call(object.cls, { ...NO_ARGUMENTS, keywords: given }, at);
  }),
  func('dataclasses.asdict', 'obj, **', ({ bound }) => {
    const object = bound.get('obj');
    if (object?.kind !== 'instance') return unknown();
    return dict(
      fieldNames(object.cls).map((name) => [string(name), deepCopy(object.attributes.get(name) ?? unknown())] as const),
    );
  }),
  func('dataclasses.astuple', 'obj, **', ({ bound }) => {
    const object = bound.get('obj');
    if (object?.kind !== 'instance') return unknown();
    return tuple(fieldNames(object.cls).map((name) => deepCopy(object.attributes.get(name) ?? unknown())));
  }),
  func('dataclasses.fields', 'obj', ({ bound }) => {
    const object = bound.get('obj');
    const cls = object?.kind === 'instance' ? object.cls : object;
    return cls?.kind === 'class'
      ? tuple(fieldNames(cls).map((name) => dict([[string('name'), string(name)]])))
      : unknown();
  }),
  func('enum.auto', '', () => AUTO),
  func('dataclasses.field', '**more', ({ bound }) => fieldDescription({ ...NO_ARGUMENTS, keywords: bound.values })),
  ...[
    'random.shuffle',
    'numpy.random.shuffle',
    'heapq.heapify',
    'heapq.heappush',
    'heapq.heappop',
    'heapq.heapreplace',
    'heapq.heappushpop',
    'bisect.insort',
    'bisect.insort_left',
    'bisect.insort_right',
  ].map((name) => func(name, 'x, *~rest, **~', (call) => reordered(call, name.endsWith('shuffle')))),
  ...itertoolsFunctions,
  ...inspectFunctions,
  ...regexFunctions,
  ...[1, 2, 3, 4].flatMap((count) =>
    ['torch.nn.modules.utils._', 'timm.layers.to_', 'timm.models.layers.to_', 'torch.nn.modules.conv._'].map((prefix) =>
      func(`${prefix}${['single', 'pair', 'triple', 'quadruple'][count - 1]}`, 'x', ntuple(count)),
    ),
  ),
  ...[2, 3].flatMap((count) =>
    ['timm.layers', 'timm.models.layers', 'timm.layers.helpers'].map((prefix) =>
      func(`${prefix}.to_${count}tuple`, 'x', ntuple(count)),
    ),
  ),
  func('torch.cuda.is_available', '', () => unknown()),
  func('torch.is_grad_enabled', '', () => unknown()),
  func('typing.cast', '~type, x', ({ bound }) => bound.get('x') ?? unknown()),
  func('inspect.isfunction', 'x', ({ bound }) =>
    bound.get('x')?.kind === 'function' ? TRUE : bound.get('x')?.kind === 'none' ? FALSE : unknown(),
  ),
];
