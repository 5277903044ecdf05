import { argumentsOf, reach, repairsOf } from '../findings/record';
import { swapsThatHelp } from '../findings/swaps';
import { BoundArguments } from '../model/bound';
import type { Bound, FunctionSpec, LayerSpec } from '../model/library';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import { plainLayer } from '../model/plainLayer';
import { bind } from '../model/signature';
import type { Made } from '../model/site';
import type { Arguments, CallPlace, LayerValue, Value } from '../model/value';

/** Calls the constructor of a library's layer. */
export function construct(machine: Machine, spec: LayerSpec, args: Arguments, at: CallPlace): Value {
  const values = bind(spec.signature, args, false);
  const { misfit } = values;
  const plain = misfit || !spec.family ? undefined : plainLayer(spec, values);
  const made: Made = plain ? plain.made : { parameters: values };
  const record = reach(machine, spec, at, made);
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
    const bound = (): Bound => new BoundArguments(machine, values, values);
    const problems = plain?.problems ?? check?.(bound()) ?? [];
    if (plain) plain.problems = problems;
    const swaps = check && problems.length > 0 ? swapsThatHelp(machine, record, bound(), check) : [];
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
    plain,
    site: record,
    failed,
  };
  if (record && !machine.mode.quiet && !misfit && !made.weightShape) {
    const weight = spec.attribute?.(layer, 'weight', machine);
    if (weight?.kind === 'tensor') made.weightShape = weight.cell.shape;
  }
  return layer;
}

/** Calls a function of a library. */
export function callLibraryFunction(machine: Machine, spec: FunctionSpec, args: Arguments, at: CallPlace): Value {
  const values = bind(spec.signature, args, true);
  if (spec.family) reach(machine, spec, at, { parameters: values });
  if (values.misfit) return unknown();
  return values.sound(spec.apply({ machine, at, bound: new BoundArguments(machine, values, values) }));
}
