import type { Problem } from '../../core/problem';
import type { FunctionSpec, LayerSpec } from '../model/library';
import type { Machine } from '../model/machine';
import type { Application, Described, FoundUse, Made, Site, SiteProblem } from '../model/site';
import type { TensorValue } from '../model/tensor';
import type { CallPlace } from '../model/value';

type Callable = LayerSpec | FunctionSpec;

/** Ways in which a call was reached whose arguments are kept: a loop over a thousand layers is one of a few kinds. */
const MOST_WAYS = 256;

/**
 * The record of the call that is being evaluated, when it is of a reported kind and stands in the file that is told of:
 * what a model's imports hold is run for the shapes it gives, and to note it as well was a fifth of the time.
 */
export function siteOf(machine: Machine, spec: Callable, at: CallPlace): Site | undefined {
  return at.kind === 'call' && at.chunk.path === machine.path && isDescribed(spec)
    ? machine.recorder.site(at, spec)
    : undefined;
}

const isDescribed = (spec: Callable): spec is Callable & Described =>
  spec.family !== undefined && spec.rank !== undefined;

/** Notes that the call was reached, and with which arguments. */
export function reach(machine: Machine, spec: Callable, at: CallPlace, made: Made): Site | undefined {
  const found = siteOf(machine, spec, at);
  if (!machine.mode.quiet && found && found.made.length < MOST_WAYS) found.made.push(made);
  return found;
}

/** A layer's application to a tensor, as it is noted. */
export function foundUse(
  machine: Machine,
  application: Application,
  { source, inputKey }: TensorValue,
  place: CallPlace,
  receptiveField?: readonly number[],
): FoundUse {
  return { application, place, real: !machine.mode.synthetic, source, inputKey, receptiveField };
}

/** Notes that a layer was applied to a tensor. */
export function noteUse(
  machine: Machine,
  site: Site,
  application: Application,
  input: TensorValue,
  place: CallPlace,
  receptiveField?: readonly number[],
): void {
  site.uses.push(foundUse(machine, application, input, place, receptiveField));
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

export const argumentsOf = (problem: Problem): readonly string[] =>
  problem.code === 'not-whole' ? [String(problem.args[0])] : (FIELD_ARGUMENTS[problem.field] ?? []);

/** The repair that a rule itself proposes, as a change of the argument that the rule speaks of. */
export function repairsOf(problem: Problem): SiteProblem['repairs'] {
  const [name] = argumentsOf(problem);
  // One number serves all axes; the rules speak of each axis by itself, of which the first stands for all.
  if (!problem.repair || (problem.repair.axis ?? 0) !== 0 || !name) return [];
  return [{ kind: 'set', values: { [name]: String(problem.repair.value) }, preferred: true }];
}
