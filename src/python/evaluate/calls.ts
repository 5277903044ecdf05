import { readAll } from '../findings/openFiles';
import { readThrough } from '../findings/weightFiles';
import { declareInputs } from '../inputs/declare';
import { givenModules } from '../model/children';
import { LEFT_TRAINING, type Machine } from '../model/machine';
import { argumentsOf, FAILED, unknown } from '../model/make';
import { RAISED } from '../model/raised';
import {
  type Arguments,
  type CallPlace,
  type InstanceValue,
  NO_PLACE,
  type PartialValue,
  type Value,
} from '../model/value';
import { applyLayer, applyNative } from './apply';
import { member } from './classes';
import { callLibraryFunction } from './construct';
import { applyContainer, makeContainer } from './containers';
import { isHooked, registerForAll, replacedForward, withHooks } from './hooks';
import { join, mergeChanges } from './join';
import { forgetTraining } from './moduleMethods';
import { bareModule, CONTAINERS } from './native';
import { tentatively } from './undecided';

/** Calls any value. What cannot be called with certainty gives `unknown`. */
export function call(machine: Machine, callee: Value, args: Arguments, at: CallPlace | undefined): Value {
  machine.step();
  const place = at ?? NO_PLACE;
  switch (callee.kind) {
    case 'builtin':
      return callee.call(machine, args, place);
    case 'function':
      return machine.callFunction(callee, args, at);
    case 'method':
      return machine.callFunction(callee.func, args, at, callee.self);
    case 'class':
      return machine.enter(() => machine.instantiate(callee, args, at), callee);
    case 'external':
      return callExternal(machine, callee.name, args, place);
    case 'layer':
      return applyLayer(machine, callee, args, place);
    case 'container':
      return withHooks(machine, callee, callee.attributes, args, place, (given) => {
        const replaced = replacedForward(callee.attributes);
        return replaced ? machine.call(replaced, given, at) : applyContainer(machine, callee, given, place);
      });
    case 'instance':
      // The commonest case by far, and two closures less for each call.
      if (!isHooked(machine, callee.attributes)) return callInstance(machine, callee, args, place);
      // Where a class calls otherwise, hooks belong to the framework's own call, if it asks for that.
      if (entryMethod(callee) === '__call__') return callInstance(machine, callee, args, place);
      return withHooks(machine, callee, callee.attributes, args, place, (given) =>
        callInstance(machine, callee, given, place),
      );
    case 'partial':
      return call(machine, callee.callee, mergeArguments(callee, args), at);
    case 'choice':
      return callChoice(machine, callee.options, args, at);
    case 'unknown':
      machine.trace.cover(LEFT_TRAINING);
      forgetTraining(machine, args);
      return callee.failed || failedAmong(args)
        ? FAILED
        : (readThrough(callee, args) ?? readAll(callee, args) ?? unknown());
    case 'module':
    case 'super':
    case 'number':
    case 'string':
    case 'bool':
    case 'none':
    case 'list':
    case 'tuple':
    case 'set':
    case 'dict':
    case 'range':
    case 'slice':
    case 'ellipsis':
    case 'tensor':
    case 'shape':
      return unknown();
    default:
      return callee satisfies never;
  }
}

const failedAmong = (args: Arguments): boolean =>
  args.positional.some((value) => value.kind === 'unknown' && value.failed === true);

function callExternal(machine: Machine, name: string, args: Arguments, at: CallPlace): Value {
  if (name === 'torch.nn.Module' || name === 'paddle.nn.Layer') return bareModule(name);
  stirAll(machine, args, name);
  const container = CONTAINERS[name];
  if (container) return makeContainer(machine, container, args);
  const layer = machine.library.layer(name);
  if (layer) return machine.construct(layer, args, at);
  if (givesModule(args)) machine.trace.cover(LEFT_TRAINING);
  const func = machine.library.function(name);
  if (func) return callLibraryFunction(machine, func, args, at);
  forgetTraining(machine, args);
  const handle = registerForAll(machine, name, args);
  if (handle) return handle;
  machine.witness?.called(name);
  return failedAmong(args) ? FAILED : unknown();
}

/** A library's function goes through a generator that it is given, to its end; what is made of it later may not. */
function stirAll(machine: Machine, { positional, keywords }: Arguments, name: string): void {
  const isLater = name.startsWith('itertools.');
  for (const value of [...positional, ...keywords.values()])
    if (value.kind === 'list' && value.stirs) value.stirs(machine, isLater ? -1 : value.items.length, !isLater);
}

/** Whether a function is given a module, with which it may do anything. */
function givesModule({ positional, keywords, open }: Arguments): boolean {
  if (open || positional.some((value) => givenModules(value).length > 0)) return true;
  for (const value of keywords.values()) if (givenModules(value).length > 0) return true;
  return false;
}

export function mergeArguments(made: PartialValue, args: Arguments): Arguments {
  return {
    positional: [...made.args.positional, ...args.positional],
    keywords: new Map([...made.args.keywords, ...args.keywords]),
    open: made.args.open || args.open,
  };
}

/** The method that runs when an instance is called. */
export function entryMethod(instance: InstanceValue): string | undefined {
  for (const name of ENTRIES) if (member(instance.cls, name)?.kind === 'function') return name;
  return undefined;
}

const ENTRIES = ['__call__', 'forward', 'call'] as const;

function callInstance(machine: Machine, instance: InstanceValue, args: Arguments, at: CallPlace): Value {
  const name = entryMethod(instance);
  const own = name && member(instance.cls, name);
  const replaced = replacedForward(instance.attributes);
  if (replaced) return machine.call(replaced, args, at);
  if (own && own.kind === 'function') {
    machine.trace.noteApplied(instance);
    const build = name === 'call' && instance.applied === 1 ? member(instance.cls, 'build') : undefined;
    if (build?.kind === 'function') {
      const shape = args.positional[0] && machine.shapeValue(args.positional[0]);
      machine.callFunction(build, argumentsOf(shape ?? unknown('input_shape')), at, instance);
    }
    return machine.within({ applications: machine.mode.applications + 1 }, () => {
      const given = declareInputs(machine, instance, own, args);
      const result = machine.callFunction(own, given, at, instance);
      if (machine.mode.applications === 1) machine.witness?.applied(instance, own, given.positional, result);
      return result;
    });
  }
  if (instance.native?.kind === 'layer' || instance.native?.kind === 'container') {
    machine.trace.noteApplied(instance);
    return applyNative(machine, instance, args, at);
  }
  return failedAmong(args) ? FAILED : unknown();
}

/** Of what has no shape yet: the first layer that takes it would say how many axes it has. */
const isShapeless = (value: Value): boolean =>
  value.kind === 'tensor' ? !value.cell.shape : value.kind === 'unknown' && !value.tensor?.cell.shape;

/** `(nn.Conv1d, nn.Conv2d, nn.Conv3d)[dims - 1](…)`, where nothing says which: layers of other numbers of axes. */
function areOfSeveralRanks(options: readonly Value[]): boolean {
  const ranks = options.flatMap((option) => (option.kind === 'layer' ? (option.spec.rank ?? []) : []));
  return new Set(ranks).size > 1;
}

function callChoice(machine: Machine, options: readonly Value[], args: Arguments, at: CallPlace | undefined): Value {
  if (args.positional.some(isShapeless) && areOfSeveralRanks(options)) return unknown();
  const outcomes = options
    .map((option) => tentatively(machine, () => call(machine, option, args, at)))
    .filter((outcome) => !outcome.raised);
  if (outcomes.length === 0) throw RAISED;
  outcomes.reduce((before, outcome) => {
    mergeChanges(machine, before.changes, outcome.changes);
    return outcome;
  });
  return outcomes.map((outcome) => outcome.result!).reduce((all, value) => join(machine, all, value));
}
