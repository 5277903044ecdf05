import { own } from '../findings/weightFiles';
import { isModule } from '../model/children';
import { LEFT_TRAINING, type Machine } from '../model/machine';
import { argumentsOf, builtin, dict, FAILED, NO_ARGUMENTS, NONE, string, tuple, unknown } from '../model/make';
import { RAISED } from '../model/raised';
import type { ClassValue, InstanceValue, LayerValue, PartialValue, UnknownValue, Value } from '../model/value';
import { isTensorAttribute, tensorAttribute } from '../shapes/tensorAttributes';
import { applyLayer, applyNative } from './apply';
import { blank, describing, isClosed, member, setFields } from './classes';
import { containerAttribute } from './containers';
import { dictMethod, fromKeys } from './dictMethods';
import { functionAttribute, methodAttribute } from './functionAttributes';
import { withHooks } from './hooks';
import { joinAll } from './join';
import { listMethod } from './listMethods';
import { patched } from './patched';
import { moduleMethod } from './moduleMethods';
import { hasUnknownBase, nativeBase } from './native';
import { numberAttribute } from './numberAttribute';
import { outside } from './setAttribute';
import { stringMethod } from './textMethods';

/** `object.name` */
export function attribute(machine: Machine, object: Value, name: string): Value {
  if (name === 'eval' || name === 'train' || name === 'apply') machine.trace.cover(LEFT_TRAINING);
  switch (object.kind) {
    case 'instance':
      return instanceAttribute(machine, object, name);
    case 'module':
      return machine.modules.member(object, name) ?? unknown(name);
    case 'external':
      return name === '__name__'
        ? string(object.name.split('.').at(-1)!)
        : (patched(machine, object.name, name) ?? machine.library.attribute(object.name, name));
    case 'class':
      return classAttribute(machine, object, name);
    case 'super':
      return superAttribute(machine, object.self, object.after, name);
    case 'tensor':
      return tensorAttribute(machine, object, name);
    case 'list':
    case 'tuple':
    case 'set': {
      const field = object.fields?.indexOf(name) ?? -1;
      return field >= 0 ? object.items[field] : listMethod(object, name);
    }
    case 'dict':
      return dictMethod(object, name);
    case 'string':
      return stringMethod(object.value, name);
    case 'container':
      return containerAttribute(machine, object, name) ?? moduleMethod(machine, object, name) ?? unknown(name);
    case 'layer':
      return layerAttribute(machine, object, name);
    case 'unknown':
      return unknownMember(machine, object, name);
    case 'shape':
      return name === 'numel' ? builtin(name, (inner) => inner.freshNumber()) : unknown(name);
    case 'choice':
      return joinAll(
        machine,
        object.options.map((option) => attribute(machine, option, name)),
      );
    case 'function':
      return functionAttribute(machine, object, name);
    case 'partial':
      return partialAttribute(object, name);
    case 'number':
      return numberAttribute(object, name);
    case 'range':
    case 'slice':
    case 'ellipsis':
    case 'none':
    case 'bool':
      return unknown(name);
    case 'method':
      return methodAttribute(machine, object, name);
    case 'builtin':
      return object.name === 'dict' && name === 'fromkeys' ? fromKeys : unknown(name);
    default:
      return object satisfies never;
  }
}

/**
 * Attributes that settings objects have as well as tensors: they are a tensor's only when the value is known to be one.
 */
const AMBIGUOUS = new Set([
  'size',
  'shape',
  'dim',
  'mean',
  'std',
  'max',
  'min',
  'type',
  'to',
  'scale',
  'data',
  'split',
  'device',
  'dtype',
  'stride',
  'repeat',
  'T',
  'sum',
  'add',
  'mode',
  'normal_',
  'cpu',
  'cuda',
  'item',
  'index',
  'pop',
  'copy',
  'update',
  'sort',
  'append',
  'round',
  'abs',
  'all',
  'any',
  'clone',
  'half',
  'float',
  'double',
  'long',
  'int',
  'bool',
  'numpy',
  'half_',
  'values',
  'get',
  'float_',
  'values_',
]);

/** Of what is not known to be a tensor: a picture's `resize((width, height))` says how many axes nothing has. */
const OF_PICTURES = new Set(['resize']);

function unknownMember(machine: Machine, object: UnknownValue, name: string): Value {
  if (object.failed) return FAILED;
  const mayBeTensors = isTensorAttribute(name) && !OF_PICTURES.has(name);
  if (mayBeTensors && (object.tensor || object.input || !AMBIGUOUS.has(name))) {
    return tensorAttribute(machine, machine.asTensor(object)!, name);
  }
  object.members ??= new Map();
  let found = object.members.get(name);
  if (!found)
    object.members.set(
      name,
      (found = {
        kind: 'unknown',
        name: object.name && object.name !== 'self' ? `${object.name}_${name}` : name,
        parent: object,
      }),
    );
  return found;
}

function bindMember(machine: Machine, self: Value, cls: ClassValue, found: Value): Value {
  const get = describing(found, '__get__');
  if (get) return machine.callFunction(get, argumentsOf(self, cls), undefined, found);
  if (found.kind !== 'function') return found;
  switch (found.binding) {
    case 'static':
      return found;
    case 'class':
      return { kind: 'method', self: cls, func: found };
    case 'property': {
      const value = machine.callFunction(found, NO_ARGUMENTS, undefined, self);
      if (found.cached && self.kind === 'instance') machine.setVariable(self.attributes, found.name, value);
      return value;
    }
    case 'plain':
      return { kind: 'method', self, func: found };
    default:
      return found.binding satisfies never;
  }
}

/**
 * Whether PyTorch keeps what was assigned among a module's modules, where Python looks only for names that neither the
 * object nor its class has: `norm = None` in the class hides every `self.norm = nn.LayerNorm(8)`.
 */
const isHidden = ({ cls }: InstanceValue, value: Value, found: Value): boolean =>
  isModule(value) &&
  !(found.kind === 'function' && found.cached) &&
  cls.order.some((base) => base.kind === 'external' && base.name.startsWith('torch.nn.'));

function instanceAttribute(machine: Machine, object: InstanceValue, name: string): Value {
  const hook = member(object.cls, '__getattribute__');
  if (hook?.kind === 'function') {
    let given: Value | undefined;
    const run = (): void => void (given = machine.callFunction(hook, argumentsOf(string(name)), undefined, object));
    if (outside(object, run)) return given!;
  }
  const own = object.attributes.get(name);
  const found = member(object.cls, name);
  if (own && !describing(found, '__set__') && !(found && isHidden(object, own, found))) return own;
  const { native } = object;
  // What the framework's constructor stores on the object hides a variable of the class, a property or method apart.
  const stored = native?.kind === 'layer' && native.spec.signature.index.has(name) && found?.kind !== 'function';
  if (found && !stored) return bindMember(machine, object, object.cls, found);
  if (name === '__class__') return object.cls;
  if (name === '__dict__') return variablesOf(object.attributes);
  if (name === '_conv_forward' && native?.kind === 'layer' && native.spec.family === 'conv')
    return convForward(native, object.attributes);
  // Its methods are the object's: what they store is stored there.
  const ofModule = native?.kind === 'layer' ? moduleMethod(machine, object, name) : undefined;
  if (ofModule) return ofModule;
  if (native) {
    const inner = attribute(machine, native, name);
    if (inner.kind !== 'unknown' || stored) return inner;
  }
  const method = moduleMethod(machine, object, name);
  if (method) return method;
  const fallback = member(object.cls, '__getattr__');
  if (fallback?.kind === 'function' && !hasUnknownBase(object.cls)) {
    return machine.callFunction(fallback, argumentsOf(string(name)), undefined, object);
  }
  const value = unknown(name);
  // To keep it would look as if the program had assigned it, and a layer may read what is assigned.
  if (native?.kind !== 'layer') machine.setVariable(object.attributes, name, value);
  return value;
}

/** `_conv_forward(input, weight, bias)`: what PyTorch's convolutions run, on tensors that the caller gives. */
const convForward = (layer: LayerValue, attributes: ReadonlyMap<string, Value>): Value =>
  builtin('_conv_forward', (machine, { positional: [input, weight, bias], keywords, open }, at) => {
    if (!input || !weight || !bias || keywords.size > 0 || open) return unknown();
    const holder = new Map([...attributes, ['weight', weight] as const, ['bias', bias] as const]);
    return applyLayer(machine, layer, argumentsOf(input), at, holder);
  });

const FUNCTION = /^torch\.autograd\.(?:function\.)?Function$/;

/** `torch.autograd.Function.apply`: its `forward`, with a context before the inputs unless another method has that. */
const appliedFunction = (cls: ClassValue): Value =>
  builtin('apply', (machine, args, at) => {
    const forward = member(cls, 'forward');
    if (forward?.kind !== 'function' || args.keywords.size > 0) return unknown();
    const context = member(cls, 'setup_context') ? [] : [unknown('ctx')];
    return machine.callFunction(forward, { ...args, positional: [...context, ...args.positional] }, at);
  });

function classAttribute(machine: Machine, object: ClassValue, name: string): Value {
  if (name === '__name__' || name === '__qualname__') return string(object.name);
  if (name === '__mro__' && isClosed(object)) {
    const own = object.order.filter((each) => each.kind === 'class');
    return tuple([...own, { kind: 'external', name: 'object' }]);
  }
  const found = member(object, name);
  if (found?.kind === 'function' && found.binding === 'class') return { kind: 'method', self: object, func: found };
  if (found && describing(found, '__get__')) return bindMember(machine, NONE, object, found);
  if (found) return found;
  if (name === 'apply' && object.order.some((base) => base.kind === 'external' && FUNCTION.test(base.name)))
    return appliedFunction(object);
  if (name === '__init__')
    return builtin('__init__', (inner, args, at) => {
      const [self, ...rest] = args.positional;
      if (self?.kind === 'instance') nativeBase(inner, self, object, { ...args, positional: rest }, at);
      return NONE;
    });
  return unknown(name);
}

/** The dictionary that `x.__dict__` and `globals()` are: what is put into it are variables. */
export const variablesOf = (variables: Map<string, Value>, open = false): Value => ({
  kind: 'dict',
  get entries() {
    return new Map([...variables].map(([key, value]) => [`s:${key}`, [string(key), value] as const]));
  },
  open,
  variables,
});

function partialAttribute({ callee, args: { positional, keywords, open } }: PartialValue, name: string): Value {
  if (name === 'func') return callee;
  if (name === 'args') return tuple([...positional], open);
  if (name !== 'keywords') return unknown(name);
  return dict(
    [...keywords].map(([key, value]) => [string(key), value] as const),
    open,
  );
}

function superAttribute(machine: Machine, self: Value, after: ClassValue, name: string): Value {
  const cls = self.kind === 'instance' ? self.cls : self.kind === 'class' ? self : undefined;
  const found = cls && member(cls, name, after);
  if (found && cls) return bindMember(machine, self, cls, found);
  if (name === '__new__') return builtin(name, (inner, args, at) => blank(inner, args.positional[0], at));
  if (self.kind !== 'instance') return unknown(name);
  if (name === '__setattr__')
    return builtin(name, (inner, { positional: [key, value] }) => {
      if (key?.kind === 'string' && value) inner.setAttribute(self, key.value, value);
      return NONE;
    });
  if (name === '__init__')
    return builtin('super().__init__', (inner, args, at) => {
      const rest = self.cls.order.slice(self.cls.order.indexOf(after) + 1);
      const parent = rest.find((each) => each.kind === 'class');
      if (parent?.isDataclass) {
        setFields(inner, self, args, parent);
        return NONE;
      }
      nativeBase(inner, self, { ...self.cls, order: rest }, args, at);
      return NONE;
    });
  if (self.native && ['forward', 'call', '__call__'].includes(name)) {
    return builtin(name, (inner, args, at) => applyNative(inner, self, args, at));
  }
  if (self.native) return attribute(machine, self.native, name);
  const run = name === '__call__' ? (member(self.cls, 'forward') ?? member(self.cls, 'call')) : undefined;
  // A class with a `__call__` of its own may ask for the framework's, which runs its `forward`.
  if (run?.kind === 'function' && isModule(self))
    return builtin(name, (inner, args, at) =>
      withHooks(inner, self, self.attributes, args, at, (given) => inner.callFunction(run, given, at, self)),
    );
  return moduleMethod(machine, self, name) ?? builtin(name, () => unknown());
}

function layerAttribute(machine: Machine, object: Value & { kind: 'layer' }, name: string): Value {
  const known = object.attributes.get(name);
  if (known) return known;
  if (name === '__class__') return { kind: 'external', name: object.spec.callee };
  if (name === '__dict__') return variablesOf(object.attributes, true);
  const made = object.made?.get(name);
  if (made) return made;
  const special = object.spec.attribute?.(object, name, machine);
  if (special) {
    (object.made ??= new Map()).set(name, special);
    if (name === 'weight' || name === 'kernel' || name === 'bias') own(special, object, name);
    return special;
  }
  const plain = object.parameters.get(name) ?? moduleMethod(machine, object, name);
  if (!plain && isMissing(object, name)) throw RAISED;
  return plain ?? unknown(name);
}

/** What PyTorch's own parametrisations put beside a weight; these may have been called where nobody saw it. */
const PARAMETRISED = new Set(['weight_orig', 'weight_mask', 'weight_g', 'bias_orig', 'bias_mask']);

/**
 * `layer.weight_bar` before anybody has registered it, for which wrappers look to see whether they have been there.
 * `weight_u` and `weight_v` are nobody's alone: PyTorch's normalisations of weights have them, too.
 */
const isMissing = ({ spec }: LayerValue, name: string): boolean =>
  spec.framework === 'torch' &&
  spec.callee.startsWith('torch.nn.') &&
  /^(?:weight|bias)_(?!u$|v$|(?:[ih]h)_)\w+$/.test(name) &&
  !PARAMETRISED.has(name);
