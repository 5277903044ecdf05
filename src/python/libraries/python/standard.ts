import { numbersOf, tensorOf } from '../../model/contents';
import { fieldDescription } from '../../model/dataclassField';
import { iterate } from '../../model/iterate';
import type { Applied, FunctionSpec } from '../../model/library';
import { dict, FALSE, list, NO_ARGUMENTS, NONE, number, string, TRUE, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { tensor } from '../../model/tensor';
import { NO_PLACE, type Value } from '../../model/value';
import { asMethod } from './numpy';
import { rearrange } from '../../shapes/einops';
import { productOf, shapeOfData, tensorOfShape } from '../../shapes/sizesGiven';
import { isKnown } from '../../sizes/size';

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee,
  framework: 'torch',
  signature: signature(form),
  apply,
});

/** A function of known numbers; NumPy's of an array is what its method makes, of anything else nothing is told. */
const numeric = (name: string, compute: (...values: number[]) => number, float: boolean): FunctionSpec[] =>
  ['math', 'numpy'].map((library) => {
    const ofNumbers = ({ bound }: Applied): Value => {
      const values = bound
        .items('values')
        ?.map((value) => (value.kind === 'number' && isKnown(value.size) ? value.size : undefined));
      if (!values?.every((value) => value !== undefined)) return unknown();
      return number(compute(...values), float || library === 'numpy');
    };
    return func(`${library}.${name}`, '*values, **', library === 'numpy' ? asMethod(name, ofNumbers) : ofNumbers);
  });

const exactLog2 = (value: number): number =>
  Number.isInteger(Math.round(Math.log2(value))) && 2 ** Math.round(Math.log2(value)) === value
    ? Math.round(Math.log2(value))
    : Math.log2(value);

const prod = ({ machine, bound }: Applied): Value => {
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
    call: (_machine, args) => ({
      kind: 'tuple',
      items: fields.map((name, index) => args.keywords.get(name) ?? args.positional[index] ?? unknown(name)),
      open: false,
      fields,
    }),
  };
};

const productOfLists = ({ bound }: Applied): Value => {
  const lists = bound.items('lists')?.map((each) => iterate(each));
  if (!lists?.every((each) => each !== undefined)) return list([], true);
  return list(
    lists
      .reduce<Value[][]>((all, items) => all.flatMap((head) => items.map((item) => [...head, item])), [[]])
      .map((items) => tuple(items)),
  );
};

const chain = ({ bound }: Applied): Value => {
  const lists = bound.items('lists')?.map((each) => iterate(each));
  return lists?.every((each) => each !== undefined) ? list(lists.flat()) : list([], true);
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
  const numbers = bound.isGiven('dtype') ? undefined : numbersOf(data);
  if (numbers) return tensorOf({ ...numbers, numpy: true }, machine.evidence);
  return tensor(shape, machine.evidence, bound.isGiven('dtype') || data.kind === 'tensor' ? {} : { data });
};

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
  ...numeric(
    'gcd',
    (a, b) => {
      while (b) [a, b] = [b, a % b];
      return Math.abs(a);
    },
    false,
  ),
  ...numeric('abs', Math.abs, false),
  func('numpy.prod', 'values, **', prod),
  func('math.prod', 'values, **', prod),
  func('numpy.array', 'data, **', array),
  ...['numpy.random.randn', 'numpy.random.rand'].map((name) => func(name, '*rest', created)),
  ...['random', 'random_sample', 'standard_normal'].map((name) => func(`numpy.random.${name}`, 'size=None', drawn)),
  ...['normal', 'uniform', 'randint', 'laplace', 'beta', 'binomial'].map((name) =>
    func(`numpy.random.${name}`, '~a=None, ~b=None, size=None, **', drawn),
  ),
  ...['numpy.int32', 'numpy.int64', 'numpy.int'].map((name) =>
    func(name, 'x', ({ bound }) => bound.get('x') ?? unknown()),
  ),
  func('functools.partial', 'func, *rest, **more', partial),
  func('functools.partialmethod', 'func, *rest, **more', partial),
  func('functools.reduce', 'function, iterable, initial=None', reduce),
  func('functools.wraps', '~func, **~', () => ({
    kind: 'builtin',
    name: 'wraps',
    call: (_machine, args) => args.positional[0] ?? unknown(),
  })),
  func('functools.lru_cache', '~maxsize=None, **~', () => ({
    kind: 'builtin',
    name: 'lru_cache',
    call: (_machine, args) => args.positional[0] ?? unknown(),
  })),
  func('operator.mul', 'a, b', ({ machine, bound }) => machine.binary('*', bound.get('a')!, bound.get('b')!, NO_PLACE)),
  func('operator.add', 'a, b', ({ machine, bound }) => machine.binary('+', bound.get('a')!, bound.get('b')!, NO_PLACE)),
  func('collections.OrderedDict', 'source=None, **more', ordered),
  func('collections.namedtuple', 'name, fields, **', namedTuple),
  func('collections.deque', 'source=None, **', ({ bound }) =>
    list(
      [...(bound.isNone('source') ? [] : (bound.items('source') ?? []))],
      !bound.isNone('source') && !iterate(bound.get('source')!),
    ),
  ),
  func('collections.defaultdict', '*rest, **', () => dict([], true)),
  ...[
    'types.SimpleNamespace',
    'argparse.Namespace',
    'easydict.EasyDict',
    'ml_collections.ConfigDict',
    'addict.Dict',
    'munch.Munch',
  ].map((name) => func(name, '**more', namespace)),
  func('copy.deepcopy', 'x, **', ({ bound }) => copied(bound.get('x') ?? unknown())),
  func('copy.copy', 'x', ({ bound }) => copied(bound.get('x') ?? unknown())),
  func('dataclasses.field', '**more', ({ bound }) => fieldDescription({ ...NO_ARGUMENTS, keywords: bound.values })),
  func('itertools.product', '*lists', productOfLists),
  func('itertools.chain', '*lists', chain),
  func('itertools.pairwise', 'x', ({ bound }) => {
    const items = iterate(bound.get('x')!);
    return items ? list(items.slice(1).map((item, index) => tuple([items[index], item]))) : list([], true);
  }),
  func('itertools.repeat', 'x, times=None', ({ bound }) => {
    const times = bound.int('times');
    return times === undefined ? list([], true) : list(Array.from({ length: times }, () => bound.get('x')!));
  }),
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
  func('einops.rearrange', 'tensor, pattern, **sizes', (call) => rearrange(call)),
  func('einops.repeat', 'tensor, pattern, **sizes', (call) => rearrange(call)),
  func('einops.reduce', 'tensor, pattern, ~reduction, **sizes', (call) => rearrange(call)),
  func('torch.cuda.is_available', '', () => unknown()),
  func('torch.is_grad_enabled', '', () => unknown()),
  func('typing.cast', 'type, x', ({ bound }) => bound.get('x') ?? unknown()),
  func('inspect.isfunction', 'x', ({ bound }) =>
    bound.get('x')?.kind === 'function' ? TRUE : bound.get('x')?.kind === 'none' ? FALSE : unknown(),
  ),
];

/** A list or dictionary copied is its own; a module copied has the same shapes. */
function copied(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(copied) };
  if (value.kind === 'dict') return { ...value, entries: new Map(value.entries) };
  return value;
}
