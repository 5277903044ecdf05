import { argumentsOf, reach, repairsOf } from '../findings/record';
import { swapsThatHelp } from '../findings/swaps';
import { BoundArguments } from '../model/bound';
import type { FunctionSpec, LayerSpec } from '../model/library';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import { plainLayer } from '../model/plainLayer';
import { bind } from '../model/signature';
import { mismatch } from '../shapes/problems';
import type { Made } from '../model/site';
import type { Arguments, CallPlace, LayerValue, Value } from '../model/value';

/** Calls the constructor of a library's layer. */
export function construct(machine: Machine, spec: LayerSpec, args: Arguments, at: CallPlace): Value {
  const { values, isGiven, misfit } = bind(spec.signature, args, false);
  const plain = misfit || !spec.family ? undefined : plainLayer(spec, values);
  const made: Made = plain ? plain.made : { parameters: values };
  const record = reach(machine, spec, at, made);
  const bound = new BoundArguments(machine, values, isGiven);
  let failed = false;
  if (misfit) {
    failed = true;
    const name = spec.callee.split('.').at(-1)!;
    const framework = `${name}.__init__() ${misfit}`;
    machine.recorder.problem(record, {
      problem: {
        code: 'arguments',
        severity: 'error',
        template: 'The arguments do not fit {0}.',
        args: [name],
        message: `The arguments do not fit ${name}.`,
        framework,
      },
      arguments: [],
      repairs: [],
    });
  } else {
    const { check } = spec;
    const problems = plain ? (plain.problems ??= check?.(bound) ?? []) : (check?.(bound) ?? []);
    const swaps = check && problems.length > 0 ? swapsThatHelp(machine, record, bound, check) : [];
    for (const problem of problems) {
      if (problem.severity === 'error') failed = true;
      // A layer that is not reported has no site of its own.
      if (!spec.family) mismatch(machine, at, problem);
      machine.recorder.problem(record, {
        problem,
        arguments: argumentsOf(problem),
        repairs: [...repairsOf(problem), ...swaps],
      });
    }
  }
  const layer: LayerValue = {
    kind: 'layer',
    spec,
    parameters: values,
    plain,
    site: record,
    failed,
    attributes: new Map(),
  };
  if (record && !machine.mode.quiet && !misfit && !made.weightShape) {
    const weight = spec.attribute?.(layer, 'weight', machine);
    if (weight?.kind === 'tensor') made.weightShape = weight.cell.shape;
  }
  return layer;
}

/** What one of PyTorch's functions or layers gives is PyTorch's. */
export function stamped(spec: LayerSpec | FunctionSpec, result: Value): Value {
  if (result.kind === 'tensor' && spec.callee.startsWith('torch.')) result.torch = true;
  return result;
}

/** Calls a function of a library. */
export function callLibraryFunction(machine: Machine, spec: FunctionSpec, args: Arguments, at: CallPlace): Value {
  const { values, isGiven, misfit, sound } = bind(spec.signature, args, true);
  if (spec.family) reach(machine, spec, at, { parameters: values });
  if (misfit) return unknown();
  return stamped(spec, sound(spec.apply({ machine, at, bound: new BoundArguments(machine, values, isGiven) })));
}
