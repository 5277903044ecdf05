import { argumentsOf, reach, repairsOf } from '../findings/record';
import type { Problem } from '../../core/problem';
import { swapsThatHelp, wholeQuotient } from '../findings/swaps';
import { BoundArguments } from '../model/bound';
import { doubting } from '../model/doubt';
import type { Bound, FunctionSpec, LayerSpec } from '../model/library';
import type { Machine } from '../model/machine';
import { FAILED, unknown } from '../model/make';
import { plainLayer } from '../model/plainLayer';
import { bind, type BoundValues } from '../model/signature';
import { mismatch, refuse } from '../shapes/problems';
import { reshapeInPlace } from '../model/tensor';
import type { Made, Site } from '../model/site';
import type { ArgumentRepair } from '../report';
import type { Arguments, CallPlace, LayerValue, Value } from '../model/value';

/** Calls the constructor of a library's layer. */
export function construct(machine: Machine, spec: LayerSpec, args: Arguments, at: CallPlace): Value {
  const given = bind(spec.signature, args, false, 1);
  const { misfit } = given;
  const values = misfit ? given : inheriting(machine, spec, given);
  const plain = misfit || !spec.family ? undefined : plainLayer(spec, values);
  const made: Made = plain ? plain.made : { parameters: values };
  const record = reach(machine, spec, at, made);
  let failed = false;
  if (misfit) {
    failed = true;
    const name = spec.callee.split('.').at(-1)!;
    const framework = spec.misfit?.(misfit) ?? `${name}.__init__() ${misfit}`;
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
      // A layer that is not reported has no site of its own.
      if (!spec.family) mismatch(machine, at, problem);
      machine.recorder.problem(record, {
        problem,
        arguments: argumentsOf(problem),
        repairs: [...repairsOf(problem), ...swaps, ...quotients(record, problem)],
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

const quotients = (site: Site | undefined, problem: Problem): readonly ArgumentRepair[] =>
  problem.code === 'not-whole' ? wholeQuotient(site, String(problem.args[0])) : [];
/**
 * A layer takes settings of the process when it is made, not when it runs. As the library comes they are what `None`
 * means to its rules.
 */
function inheriting(machine: Machine, { inherits }: LayerSpec, values: BoundValues): BoundValues {
  if (!inherits) return values;
  const taken = new Map<string, Value>();
  for (const [name, setting] of inherits) {
    const value = values.get(name);
    const current = machine.settings.get(setting);
    if ((!value || value.kind === 'none') && current && current !== machine.library.settings.get(setting))
      taken.set(name, current);
  }
  return taken.size > 0 ? values.replacing(taken) : values;
}

/** Calls a function of a library. */
export function callLibraryFunction(machine: Machine, spec: FunctionSpec, args: Arguments, at: CallPlace): Value {
  const values = bind(spec.signature, args, true);
  const record = spec.family ? reach(machine, spec, at, { parameters: values }) : undefined;
  if (values.misfit) {
    const words = spec.misfit?.(values.misfit);
    if (!words) return unknown();
    const name = spec.callee.split('.').at(-1)!;
    return refuse(machine, at, {
      code: 'arguments',
      template: 'The arguments do not fit {0}.',
      args: [name],
      framework: words,
    });
  }
  const bound = new BoundArguments(machine, values, values);
  const problems = spec.check?.(bound) ?? [];
  for (const problem of problems) {
    const repairs = [...repairsOf(problem), ...quotients(record, problem)];
    machine.recorder.problem(record, { problem, arguments: argumentsOf(problem), repairs });
  }
  if (problems.length > 0) return FAILED;
  const result = doubting(machine, args, () => stamped(spec, values.sound(spec.apply({ machine, at, bound }))));
  const out = args.keywords.get('out');
  if (out?.kind === 'tensor' && spec.callee.startsWith('torch.'))
    reshapeInPlace(out, result.kind === 'tensor' && machine.settled ? result : undefined);
  return result;
}
