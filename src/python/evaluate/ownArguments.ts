import type { Machine } from '../model/machine';
import type { Signature } from '../model/library';
import { bind, signature } from '../model/signature';
import type { Arguments, ClassValue, ContainerValue, FunctionValue, InstanceValue, Scope, Value } from '../model/value';
import type { Refusal } from '../shapes/problems';
import type { Call, Expression, FunctionDefinition, Parameter } from '../syntax/ast';
import { entryMethod } from './calls';
import { member } from './classes';
import { isAltered } from './functionAttributes';
import { isHooked, replacedForward } from './hooks';
import { isRunPatched } from './patched';

/** What is run by a call, and how many values Python itself puts before those that are given. */
interface Run {
  readonly func: FunctionValue;
  readonly own: number;
}

/** A class whose call runs its `__init__` and nothing else: every base is PyTorch's or the program's. */
const isPlainClass = ({ order, hasMetaclass, isDataclass }: ClassValue): boolean =>
  !hasMetaclass &&
  !isDataclass &&
  order.every((base) =>
    base.kind === 'class'
      ? !base.hasMetaclass && !base.isDataclass && !isDecorated(base.definition) && !base.members.has('__new__')
      : base.kind === 'external' && /^(?:object$|torch\.nn\.)/.test(base.name),
  );

/** What stands above a definition may put anything in its place, but for these. */
const HARMLESS = /^(?:staticmethod|classmethod|abstractmethod|override|no_grad|inference_mode|final)$/;

function isDecorated(definition: object): boolean {
  const { decorators = [] } = definition as Partial<FunctionDefinition>;
  return decorators.some((each: Expression) => {
    const callee = each.kind === 'call' ? each.callee : each;
    return !(callee.kind === 'name' || callee.kind === 'attribute') || !HARMLESS.test(callee.name);
  });
}

/** A module that runs its own `forward`, and that alone, when it is called. */
const isPlainRun = (machine: Machine, instance: InstanceValue): boolean =>
  isPlainClass(instance.cls) &&
  !isHooked(machine, instance.attributes) &&
  !replacedForward(instance.attributes) &&
  !isRunPatched(machine, 'torch.nn.Module');

function runOf(callee: Value): Run | undefined {
  if (callee.kind === 'function') return { func: callee, own: 0 };
  if (callee.kind === 'method') return { func: callee.func, own: 1 };
  const cls = callee.kind === 'instance' ? callee.cls : callee;
  const name = callee.kind === 'instance' ? entryMethod(callee) : '__init__';
  const found = cls.kind === 'class' && name !== undefined ? member(cls, name) : undefined;
  return found?.kind === 'function' ? { func: found, own: found.binding === 'static' ? 0 : 1 } : undefined;
}

/** Nothing stands between the call and the function. */
function isDirect(machine: Machine, callee: Value, { func }: Run): boolean {
  if (isDecorated(func.definition) || func.binding === 'property' || isAltered(func)) return false;
  if (callee.kind === 'instance') return isPlainRun(machine, callee);
  return callee.kind !== 'class' || isPlainClass(callee);
}

const forms = new WeakMap<object, readonly [own: number, form: Signature | undefined]>();

function formOf({ func: { definition }, own }: Run): Signature | undefined {
  const known = forms.get(definition);
  if (known?.[0] === own) return known[1];
  const form = formed(definition.parameters, own);
  forms.set(definition, [own, form]);
  return form;
}

function formed(parameters: readonly Parameter[], own: number): Signature | undefined {
  if (parameters.some((each) => each.positionalOnly)) return undefined;
  const star = parameters.findIndex(({ kind }) => kind === 'star');
  const first = parameters[0]?.kind === 'plain' ? own : 0;
  const plain = parameters.slice(first).filter(({ kind }) => kind !== 'star' && kind !== 'doubleStar');
  // A method without a parameter for its object takes it among the rest, or not at all.
  if (first < own && star !== 0) return undefined;
  const names = plain.map(({ name }) => name);
  const positional = plain.filter(({ kind }) => kind === 'plain').length;
  const unknown: Value = { kind: 'unknown' };
  return {
    names,
    index: new Map(names.map((name, at) => [name, at])),
    defaults: new Map(plain.filter(({ initial }) => initial).map(({ name }) => [name, unknown])),
    rest: star >= 0 ? parameters[star].name : undefined,
    positional,
    further: parameters.some(({ kind }) => kind === 'doubleStar') ? 'collected' : 'refused',
    harmless: new Set(),
    alsoNamed: new Map(),
  };
}

/** Python names a function by where it is defined; within another one's body nobody has asked how. */
function qualified({ name, owner, scope }: FunctionValue): string | undefined {
  const top: Scope = scope.module.scope;
  if (!owner) return scope === top ? name : undefined;
  return scope.isClass && scope.parent === top ? `${owner.name}.${name}` : undefined;
}

const SEQUENTIAL: Signature = signature('input');

/** `nn.Sequential` takes one input, whatever its first module takes. */
function misfitOfSequential(machine: Machine, callee: ContainerValue, args: Arguments): Refusal | undefined {
  const isTorch = callee.items.some((item) => item.kind === 'layer' && item.spec.framework === 'torch');
  const { attributes } = callee;
  if (callee.type !== 'sequential' || !isTorch || isHooked(machine, attributes) || replacedForward(attributes))
    return undefined;
  const { misfit } = bind(SEQUENTIAL, args, false, 1);
  if (!misfit || isRunPatched(machine, 'torch.nn.Sequential')) return undefined;
  return refusal('Sequential', `Sequential.forward() ${misfit}`);
}

const refusal = (name: string, words: string | undefined): Refusal => ({
  code: 'arguments',
  template: 'The arguments do not fit {0}.',
  args: [name],
  ...(words === undefined ? {} : { framework: words }),
});

/**
 * Why a call of the program's own function, class or module surely raises, whatever its values are: a value is missing,
 * or there is one too many. Only of calls that say their arguments one by one.
 */
export function misfitOf(machine: Machine, callee: Value, args: Arguments, node: Call): Refusal | undefined {
  if (args.open || node.arguments.some(({ star }) => star)) return undefined;
  // Of an object that the analysis made up the class may be one that nobody makes: those that are derived from it have
  // methods and parts of other arguments.
  if (machine.mode.synthetic && callee.kind !== 'function' && callee.kind !== 'class') return undefined;
  if (callee.kind === 'container') return misfitOfSequential(machine, callee, args);
  const run = runOf(callee);
  const form = run && formOf(run);
  const misfit = form && bind(form, args, false, run.own).misfit;
  if (!misfit || !isDirect(machine, callee, run)) return undefined;
  const name = qualified(run.func);
  return refusal(name ?? run.func.name, name && `${name}() ${misfit}`);
}
