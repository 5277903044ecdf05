import { noteLoaded, noteWeight, readFrom } from '../findings/weightFiles';
import { children, descendants, givenModules } from '../model/children';
import type { Machine } from '../model/machine';
import { truthOf } from '../model/truth';
import { argumentsOf, builtin, dict, FALSE, list, NONE, string, TRUE, tuple, unknown } from '../model/make';
import type { Arguments, CallPlace, FunctionValue, LayerValue, Value } from '../model/value';
import { asArrayOf } from '../model/tensor';
import { tensorOfShape } from '../shapes/sizesGiven';
import type { Expression, Statement } from '../syntax/ast';
import { iterator } from './iteration';
import { handleOf, hookIn, HOOKS, PRE_HOOKS } from './hooks';
import { leavesModules } from './leavesModules';
import { isModuleClass } from './native';

/** Methods of `nn.Module` and its like that give the module back. */
const SELF_RETURNING = new Set([
  'to',
  'cuda',
  'cpu',
  'eval',
  'train',
  'half',
  'float',
  'double',
  'bfloat16',
  'requires_grad_',
  'type',
  'compile',
  'share_memory',
  'xpu',
  'to_empty',
  'init_weights_',
  'clone',
  'copy',
]);
const NOTHING_RETURNING = new Set([
  'zero_grad',
  'register_buffer',
  'register_parameter',
  'load_state_dict',
  'summary',
  'build',
  'load_weights',
  'set_weights',
]);

/** Flax runs a module through methods whose first argument is a key or the parameters. */
const FLAX_RUNNERS = new Set(['init', 'apply', 'init_with_output', 'tabulate', 'lazy_init']);

/** What runs: the module, or its method of that name, or the one that is given, bound or not. */
function flaxMethod(machine: Machine, self: Value, method: Value | undefined): readonly [Value, ...Value[]] {
  if (!method || method.kind === 'none') return [self];
  if (method.kind === 'string') return [machine.attribute(self, method.value)];
  return method.kind === 'function' ? [method, self] : [method];
}

function runFlax(machine: Machine, self: Value, name: string, args: Arguments, at: CallPlace): Value {
  const [run, ...first] = flaxMethod(machine, self, args.keywords.get('method'));
  const result = machine.call(
    run,
    {
      ...args,
      positional: [...first, ...args.positional.slice(1)],
      keywords: new Map([...args.keywords].filter(([key]) => !['rngs', 'mutable', 'method'].includes(key))),
    },
    at,
  );
  // What the run changed goes along with the result.
  const mutable = args.keywords.get('mutable');
  if (name === 'apply' && mutable && truthOf(mutable) !== false) return tuple([result, unknown()]);
  if (name === 'apply') return result;
  return name === 'init_with_output' ? tuple([result, unknown()]) : unknown();
}

/** Notes a hook of a module. */
function registerHook(machine: Machine, self: Value, name: string, args: Arguments): Value {
  const key = name === 'register_forward_hook' ? HOOKS : PRE_HOOKS;
  const hook = hookIn(args);
  const stored = (): readonly Value[] => {
    const ofModule = self.kind === 'layer' || self.kind === 'instance' || self.kind === 'container';
    const hooks = ofModule ? self.attributes?.get(key) : undefined;
    return hooks?.kind === 'list' ? hooks.items : [];
  };
  machine.setAttribute(self, key, list([...stored(), hook]));
  return handleOf((inner) => inner.setAttribute(self, key, list(stored().filter((each) => each !== hook))));
}

/** A module whose every base is PyTorch's or the program's: nobody else says what its training means. */
const isTorch = (self: Value): boolean =>
  self.kind === 'container'
    ? self.type !== 'kerasSequential'
    : self.kind === 'instance' &&
      self.cls.order.some((base) => base.kind === 'external' && base.name.startsWith('torch.nn.')) &&
      self.cls.order.every(
        (base) => base.kind === 'class' || (base.kind === 'external' && /^(torch\.nn\.|object$)/.test(base.name)),
      );

const modeOf = ({ positional: [given], keywords, open }: Arguments): Value =>
  open ? unknown() : (given ?? keywords.get('mode') ?? TRUE);

/** `model.eval()`: a module and all below it know from then on whether they are trained, and may ask. */
function setTraining(machine: Machine, self: Value, training: Value): void {
  for (const [, module] of descendants(self))
    if (module.kind === 'instance') machine.setVariable(module.attributes, 'training', training);
}

/** What nobody knows may have put the modules that it was given into training, or out of it. */
export function forgetTraining(machine: Machine, { positional, keywords }: Arguments): void {
  const forget = (module: Value): void => {
    for (const [, each] of descendants(module))
      if (each.kind === 'instance' && each.attributes.has('training'))
        machine.setVariable(each.attributes, 'training', unknown('training'));
  };
  for (const given of positional) givenModules(given).forEach(forget);
  for (const given of keywords.values()) givenModules(given).forEach(forget);
}

/** `state_dict()`: the weights and biases whose shapes are known, under their paths, among others. */
function weightsOf(machine: Machine, self: Value): Value {
  const entries = descendants(self).flatMap(([path, module]) =>
    module.kind !== 'layer'
      ? []
      : ['weight', 'bias'].flatMap((name): (readonly [Value, Value])[] => {
          const value = machine.attribute(module, name);
          const key = path === '' ? name : `${path}.${name}`;
          return value.kind === 'tensor' && value.cell.shape ? [[string(key), value]] : [];
        }),
  );
  return dict(entries, true);
}

/** Paddle's `create_parameter(shape, attr=None, …)`, which makes none where `attr` is `False`. */
function createdParameter(machine: Machine, { positional, keywords, open }: Arguments): Value {
  const attributes = keywords.get('attr') ?? positional[1];
  if (attributes?.kind === 'bool' && !attributes.value) return NONE;
  const told = !attributes || attributes.kind === 'none' || attributes.kind === 'bool';
  const shape = keywords.get('shape') ?? positional[0];
  return told && !open && shape ? asArrayOf('paddle', tensorOfShape(machine, shape)) : unknown();
}

const bodyOf = ({ definition }: FunctionValue): readonly Statement[] | Expression =>
  definition.kind === 'lambda' ? definition.body : definition.body();

const withoutForward = (layer: LayerValue): LayerValue => ({
  ...layer,
  attributes: new Map([...layer.attributes].filter(([name]) => name !== 'forward' && name !== 'call')),
});

/** What a framework's module class gives to every subclass. */
export function moduleMethod(_machine: Machine, self: Value, name: string): Value | undefined {
  if (self.kind === 'instance' && !isModuleClass(self.cls) && !self.native) return undefined;
  const flax =
    (self.kind === 'layer' && self.spec.framework === 'flax') ||
    (self.kind === 'instance' &&
      self.cls.order.some((base) => base.kind === 'external' && base.name === 'flax.linen.Module'));
  if (flax && FLAX_RUNNERS.has(name))
    return builtin(name, (machine, args, at) => runFlax(machine, self, name, args, at));
  if ((name === 'eval' || name === 'train') && isTorch(self))
    return builtin(name, (machine, args) => {
      setTraining(machine, self, name === 'eval' ? FALSE : modeOf(args));
      return self;
    });
  if (SELF_RETURNING.has(name)) return builtin(name, () => self);
  if (NOTHING_RETURNING.has(name)) {
    return builtin(name, (machine, args, at) => {
      const [key, value] = args.positional;
      if (name === 'load_state_dict') noteLoaded(machine, self, key ?? args.keywords.get('state_dict'));
      else if (name === 'load_weights' && key?.kind === 'string') noteLoaded(machine, self, readFrom(key.value, at));
      else if (name === 'set_weights' && self.kind === 'layer' && key?.kind === 'list')
        noteWeight(machine, self, key.items[0]);
      // A buffer or parameter registered under a name is an attribute of that name.
      if (name.startsWith('register_') && key?.kind === 'string' && value) machine.setAttribute(self, key.value, value);
      // It gives back which keys were missing, and which were not looked for.
      return name === 'load_state_dict' ? unknown() : NONE;
    });
  }
  switch (name) {
    case 'register_forward_hook':
    case 'register_forward_pre_hook':
      return builtin(name, (machine, args) => registerHook(machine, self, name, args));
    case 'add_module':
    case 'register_module':
    case 'add_sublayer':
    case 'add_parameter':
      return builtin(name, (machine, { positional: [key, value] }) => {
        if (key?.kind === 'string' && self.kind === 'instance' && self.native?.kind === 'container') {
          return machine.call(machine.attribute(self.native, 'add_module'), argumentsOf(key, value), undefined);
        }
        if (key?.kind === 'string' && value) machine.setAttribute(self, key.value, value);
        return value ?? NONE;
      });
    case 'sublayers':
      return builtin(name, () => list(children(self).map(([, child]) => child)));
    case 'children':
      return builtin(name, () => iterator(children(self).map(([, child]) => child)));
    case 'named_children':
      return builtin(name, () => iterator(children(self).map(([key, child]) => tuple([string(key), child]))));
    case '_modules':
      return {
        kind: 'dict',
        entries: new Map(children(self).map(([key, child]) => [`s:${key}`, [string(key), child]])),
        open: false,
      };
    case 'modules':
      return builtin(name, () => iterator(descendants(self).map(([, module]) => module)));
    case 'named_modules':
      return builtin(name, (_, { positional, keywords }) =>
        positional.length + keywords.size > 0
          ? unknown()
          : iterator(descendants(self).map(([path, module]) => tuple([string(path), module]))),
      );
    case 'parameters':
    case 'named_parameters':
      return builtin(name, () => unknown());
    case 'state_dict':
      return builtin(name, (machine, { positional, keywords }) =>
        positional.length + keywords.size > 0 ? unknown() : weightsOf(machine, self),
      );
    case 'apply':
      return builtin(name, (machine, args, at) => {
        const [change] = args.positional;
        const body = change?.kind === 'function' ? bodyOf(change) : undefined;
        // Children first, as PyTorch does.
        if (change && !(body && leavesModules(body)))
          for (const [, module] of descendants(self).toReversed()) machine.call(change, argumentsOf(module), at);
        return self;
      });
    case 'get_submodule':
      return builtin(name, (machine, { positional: [key] }) =>
        key?.kind === 'string'
          ? key.value.split('.').reduce((at, part) => machine.attribute(at, part), self)
          : unknown(),
      );
    case 'set_submodule':
      return builtin(name, (machine, { positional: [key, value] }) => {
        if (key?.kind !== 'string' || !value) return unknown();
        const path = key.value.split('.');
        const holder = path.slice(0, -1).reduce((at, part) => machine.attribute(at, part), self);
        machine.setAttribute(holder, path.at(-1)!, value);
        return NONE;
      });
    case '__setattr__':
      return builtin(name, (machine, { positional: [key, value] }) => {
        if (key?.kind === 'string' && value) machine.setAttribute(self, key.value, value);
        return NONE;
      });
    case '__getattr__':
      return builtin(name, (machine, { positional: [key] }) =>
        key?.kind === 'string' ? machine.attribute(self, key.value) : unknown(),
      );
    case 'forward':
    case 'call':
    case '__call__':
      if (self.kind === 'instance') return undefined;
      // The method as it was when it was read: what has been set in its place since is not it.
      return builtin(name, (machine, args, at) =>
        machine.call(self.kind === 'layer' && name !== '__call__' ? withoutForward(self) : self, args, at),
      );
    case 'add_weight':
      return builtin(name, (machine, args) =>
        tensorOfShape(
          machine,
          args.keywords.get('shape') ?? args.positional.find((each) => each.kind === 'tuple' || each.kind === 'list'),
        ),
      );
    case 'create_parameter':
      return builtin(name, createdParameter);
    case 'param':
      return builtin(name, () => unknown());
    default:
      return undefined;
  }
}
