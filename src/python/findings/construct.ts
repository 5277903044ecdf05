import type { Problem } from '../../core/problem';
import { swapsThatHelp } from './swaps';
import { Bound } from '../model/bound';
import { type FunctionSpec, type LayerSpec, bind } from '../model/library';
import type { Arguments, CallPlace, LayerValue, Value } from '../model/value';
import { say } from './certainty';
import type { Interpreter } from '../evaluate/interpreter';
import type { Site, SiteProblem } from './site';

type Described = LayerSpec | FunctionSpec;

/** The record of the call that is being evaluated, when it stands in a file and is of a reported kind. */
export function siteOf(machine: Interpreter, spec: Described, at: CallPlace): Site | undefined {
  if (at.kind !== 'call' || !spec.family || spec.rank === undefined) return undefined;
  return machine.findings.site(at, { ...spec, family: spec.family, rank: spec.rank });
}

/** Notes that the call was reached, and with which arguments. */
export function reach(
  machine: Interpreter,
  spec: Described,
  at: CallPlace,
  parameters: ReadonlyMap<string, Value>,
  given: ReadonlySet<string>,
): Site | undefined {
  const found = siteOf(machine, spec, at);
  if (machine.quiet === 0 && found && found.made.length < 256) found.made.push({ parameters, given });
  return found;
}

export function recordProblem(
  machine: Interpreter,
  found: Site | undefined,
  problem: SiteProblem,
  certain = true,
): void {
  // While a statement is being typed nothing in it is certain.
  if (!found || found.call.chunk.hasError || !machine.tells || machine.guarded > 0 || (certain && machine.forks > 0))
    return;
  say(machine, found.problems, problem, problem.place ?? found.call);
}

/** Calls the constructor of a library's layer. */
export function construct(machine: Interpreter, spec: LayerSpec, args: Arguments, at: CallPlace): Value {
  const { values, given, misfit } = bind(spec.signature, args);
  const record = reach(machine, spec, at, values, given);
  const bound = new Bound(machine, values, given);
  let failed = false;
  if (misfit) {
    failed = true;
    const name = spec.callee.split('.').at(-1)!;
    const framework = `${name}.__init__() ${misfit}`;
    recordProblem(machine, record, {
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
      recordProblem(machine, record, {
        problem,
        arguments: argumentsOf(problem),
        repairs: [...repairsOf(problem), ...swaps],
      });
    }
  }
  const layer: LayerValue = { kind: 'layer', spec, parameters: values, site: record, failed, attributes: new Map() };
  const weight = record && machine.quiet === 0 && !misfit ? spec.attribute?.(layer, 'weight', machine) : undefined;
  const last = record?.made.at(-1);
  if (last && weight?.kind === 'tensor' && last.parameters === values) last.weightShape = weight.cell.shape;
  return layer;
}

const FIELD_ARGUMENTS: Readonly<Partial<Record<Problem['field'], readonly string[]>>> = {
  weight: ['kernel_size', 'out_channels'],
  bias: ['bias'],
  stride: ['stride', 'strides'],
  padding: ['padding'],
  dilation: ['dilation', 'dilation_rate'],
  outputPadding: ['output_padding'],
  groups: ['groups'],
  paddingMode: ['padding_mode', 'data_format'],
};

export const argumentsOf = (problem: Problem): readonly string[] => FIELD_ARGUMENTS[problem.field] ?? [];

/** The repair that a rule itself proposes, as a change of the argument that the rule speaks of. */
export function repairsOf(problem: Problem): SiteProblem['repairs'] {
  const [name] = argumentsOf(problem);
  // One number serves all axes; the rules speak of each axis by itself, of which the first stands for all.
  if (!problem.repair || (problem.repair.axis ?? 0) !== 0 || !name) return [];
  return [{ kind: 'set', values: { [name]: String(problem.repair.value) }, preferred: true }];
}
