import { argumentsOf, reach, repairsOf } from '../findings/record';
import { swapsThatHelp } from '../findings/swaps';
import { BoundArguments } from '../model/bound';
import type { FunctionSpec, LayerSpec } from '../model/library';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import { bind } from '../model/signature';
import type { Arguments, CallPlace, LayerValue, Value } from '../model/value';

/** Calls the constructor of a library's layer. */
export function construct(machine: Machine, spec: LayerSpec, args: Arguments, at: CallPlace): Value {
  const { values, isGiven, misfit } = bind(spec.signature, args);
  const record = reach(machine, spec, at, values);
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
    const problems = check?.(bound) ?? [];
    const swaps = check && problems.length > 0 ? swapsThatHelp(machine, record, bound, check) : [];
    for (const problem of problems) {
      if (problem.severity === 'error') failed = true;
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
    site: record,
    failed,
    attributes: new Map(),
    made: new Map(),
  };
  const weight = record && !machine.mode.quiet && !misfit ? spec.attribute?.(layer, 'weight', machine) : undefined;
  const last = record?.made.at(-1);
  if (last && weight?.kind === 'tensor' && last.parameters === values) last.weightShape = weight.cell.shape;
  return layer;
}

/** Calls a function of a library. */
export function callLibraryFunction(machine: Machine, spec: FunctionSpec, args: Arguments, at: CallPlace): Value {
  const { values, isGiven, misfit, sound } = bind(spec.signature, args);
  if (spec.family) reach(machine, spec, at, values);
  if (misfit) return unknown();
  return sound(spec.apply({ machine, at, bound: new BoundArguments(machine, values, isGiven) }));
}
