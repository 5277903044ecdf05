import { iterate, MOST_ITEMS } from '../model/iterate';
import type { Machine } from '../model/machine';
import { RAISED } from '../model/raised';
import { builtin, knownInt, list, NO_KEYWORDS, NONE, string, tuple, unknown, view } from '../model/make';
import type { Arguments, CallPlace, ContainerValue, Value } from '../model/value';
import { iterator } from './iteration';

export function makeContainer(machine: Machine, type: ContainerValue['type'], args: Arguments): ContainerValue {
  const made: ContainerValue = { kind: 'container', type, names: [], items: [], open: args.open };
  machine.noteMade(made);
  const first = args.positional[0] ?? args.keywords.get('layers') ?? args.keywords.get('modules');
  if (type === 'sequential' && args.positional.some(isPair)) fill(machine, made, list([...args.positional]));
  else if (
    type === 'sequential' &&
    !(
      args.positional.length === 1 &&
      first &&
      (first.kind === 'list' || first.kind === 'dict' || first.kind === 'tuple')
    )
  ) {
    begin(made, args.positional);
  } else if (first) fill(machine, made, first);
  if (type === 'dict') for (const [name, value] of args.keywords) push(machine, made, value, name);
  return made;
}

/** The children of an `nn.Sequential`, all at once: each by itself would copy those before it. */
function begin(made: ContainerValue, items: readonly Value[]): void {
  made.items = items.slice(0, MOST_ITEMS);
  made.names = made.items.map((_, at) => String(at));
  made.open ||= items.length > MOST_ITEMS;
}

/** paddle's Sequential takes ('name', layer) pairs. */
const isPair = (item: Value): boolean => item.kind === 'tuple' && item.items[0]?.kind === 'string';

function fill(machine: Machine, made: ContainerValue, source: Value): void {
  if (source.kind === 'dict') {
    for (const [key, value] of source.entries.values())
      push(machine, made, value, key.kind === 'string' ? key.value : undefined);
    made.open ||= source.open;
    return;
  }
  const items = iterate(source);
  if (!items) {
    made.open = true;
    return;
  }
  for (const item of items) {
    // A dictionary of modules takes lists for pairs as well.
    const pair =
      (item.kind === 'tuple' || (made.type === 'dict' && item.kind === 'list')) && item.items[0]?.kind === 'string'
        ? item.items
        : undefined;
    if (pair && pair[0].kind === 'string') push(machine, made, pair[1], pair[0].value);
    else push(machine, made, item);
  }
}

/** A module set as an attribute of a container is one of its children. */
export function setChild(machine: Machine, container: ContainerValue, name: string, value: Value): void {
  machine.touch(container);
  push(machine, container, value, name);
}

function push(machine: Machine, made: ContainerValue, item: Value, name = String(made.items.length)): void {
  if (made.items.length >= MOST_ITEMS) {
    made.open = true;
    return;
  }
  // Somebody may be going through them.
  const at = made.names.indexOf(name);
  made.items = at >= 0 ? made.items.with(at, item) : [...made.items, item];
  made.names = at >= 0 ? made.names : [...made.names, name];
  if (at < 0) machine.library.growModel(machine, made, item);
}

/** What a model of Keras's gives now that it has other layers. */
function regrow(machine: Machine, model: ContainerValue): void {
  if (model.type !== 'kerasSequential') return;
  model.tail = undefined;
  machine.within({ quiet: true }, () => {
    for (const item of model.items) machine.library.growModel(machine, model, item);
  });
}

/** `nn.Sequential` runs its children in order; a list or dictionary of modules cannot be called. */
export function applyContainer(machine: Machine, object: ContainerValue, args: Arguments, at: CallPlace): Value {
  if (object.type === 'kerasSequential') return machine.library.applyModel(machine, object, args, at);
  if (object.type !== 'sequential' || object.open) return unknown();
  const { open } = args;
  const { items } = object;
  let value: Value | undefined;
  for (const item of items) {
    const positional: readonly Value[] = value ? [value] : args.positional;
    value = machine.call(item, { positional, keywords: NO_KEYWORDS, open }, at);
  }
  return value ?? args.positional[0] ?? unknown();
}

const named = ({ items, names }: ContainerValue): Value[] =>
  items.map((item, index) => tuple([string(names[index]), item]));

/** Methods of `ModuleList`, `ModuleDict`, `Sequential`. */
export function containerAttribute(machine: Machine, object: ContainerValue, name: string): Value | undefined {
  // What is put at the end of a container of PyTorch's gives that back, so that another may follow at once.
  const given =
    (object.type === 'sequential' || object.type === 'list') && ['append', 'extend', 'insert'].includes(name);
  const change = (act: (args: Arguments) => void): Value =>
    builtin(name, (inner, args) => {
      inner.touch(object);
      act(args);
      return given ? object : NONE;
    });
  switch (name) {
    case 'append':
    case 'add':
      return change((args) => (args.positional[0] ? push(machine, object, args.positional[0]) : undefined));
    case 'extend':
    case 'update':
      return change((args) => args.positional[0] && fill(machine, object, args.positional[0]));
    case 'insert':
      return change((args) => {
        const at = machine.knownSize(args.positional[0]);
        if (typeof at !== 'number') object.open = true;
        else {
          // PyTorch moves what stands behind by its number, which one that was added under a name has not.
          if (given && object.names.some((each, place) => place >= at && each !== String(place))) throw RAISED;
          object.items = object.items.toSpliced(at, 0, args.positional[1]);
          object.names = object.items.map((_, index) => String(index));
        }
      });
    case 'pop':
      return builtin(name, (inner, { positional: [which] }) => {
        inner.touch(object);
        const at =
          which?.kind === 'string' ? object.names.indexOf(which.value) : which === undefined ? -1 : knownInt(which);
        const place = at === undefined || which?.kind === 'string' ? at : at < 0 ? at + object.items.length : at;
        if (place === undefined || place < 0 || place >= object.items.length || object.open) {
          object.items = [];
          object.names = [];
          object.open = true;
          return unknown();
        }
        const gone = object.items[place];
        object.items = object.items.toSpliced(place, 1);
        regrow(inner, object);
        object.names = object.names.toSpliced(place, 1);
        if (object.type !== 'dict')
          object.names = object.names.map((each, index) => (/^\d+$/.test(each) ? String(index) : each));
        return gone;
      });
    case 'clear':
      return change(() => {
        object.items = [];
        object.names = [];
      });
    case 'add_module':
    case 'add_sublayer':
    case 'register_module':
    case '__setitem__':
      return change(({ positional: [key, value] }) => {
        const name = key?.kind === 'string' ? key.value : undefined;
        const at = name === undefined ? -1 : object.names.indexOf(name);
        if (at < 0) push(machine, object, value, name);
        else object.items = object.items.with(at, value);
      });
    case 'keys':
      return builtin(name, () => view('set', object, () => object.names.map(string)));
    case 'values':
      return builtin(name, () => view('list', object, () => [...object.items]));
    case 'items':
      return builtin(name, () => view('list', object, () => named(object)));
    case 'children':
      return builtin(name, () => iterator([...object.items], object.open));
    case 'named_children':
      return builtin(name, () => iterator(named(object), object.open));
    case 'output':
      return object.tail;
    case 'output_shape':
      return object.tail && machine.shapeValue(object.tail);
    case 'layers':
      return object.type === 'kerasSequential' ? list([...object.items], object.open) : undefined;
    default: {
      const at = object.names.indexOf(name);
      return at >= 0 ? object.items[at] : undefined;
    }
  }
}
