import { NO_KEYWORDS } from '../model/make';
import type { Machine } from '../model/machine';
import { tensor, type TensorValue } from '../model/tensor';
import type { Arguments, FunctionValue, InstanceValue, Value } from '../model/value';
import type { Chunk } from '../syntax/chunk';
import { annotatedShape } from './annotations';
import { readDims, stateShape } from './notes';

/** Parameters that are settings rather than tensors, by what they are called. */
const SETTINGS = /^(return_|use_|is_|train|training|mode|mask_ratio|deterministic|verbose|n_|num_)/;

/** In functions that may take anything, only these names stand for tensors. */
const TENSOR_NAMES =
  /^(x|y|z|h|w|inputs?|input_tensor|imgs?|images?|feats?|features?|feature_maps?|tensor|noise|batch|data|hidden(_states)?|latents?|sample|t|emb|temb|skip|residual|mask|q|k|v|src|tgt)\d*$/;

export const inputKeyOf = (cls: string, func: string, parameter: string): string =>
  `${cls ? `${cls}.` : ''}${func}:${parameter}`;

/**
 * Gives the parameters of a model's entry method what is declared of them, the best first: what the user set, then
 * annotations. Comments follow when the body runs (`applyNotes`); what flows in is kept where neither says anything.
 */
export function declareInputs(
  machine: Machine,
  instance: InstanceValue,
  func: FunctionValue,
  args: Arguments,
): Arguments {
  const { parameters } = func.definition;
  let keywords = args.keywords;
  const positional = [...args.positional];
  parameters.slice(1).forEach((parameter, index) => {
    const value = positional[index] ?? keywords.get(parameter.name);
    const key = inputKeyOf(instance.cls.name, func.name, parameter.name);
    const declared = declaredValue(machine, value, key, annotatedShape(parameter.annotation));
    if (!declared) return;
    if (index < positional.length) positional[index] = declared;
    else keywords = new Map(keywords).set(parameter.name, declared);
  });
  return { ...args, positional, keywords };
}

function declaredValue(
  machine: Machine,
  value: Value | undefined,
  key: string,
  annotated: readonly (number | string)[] | undefined,
): Value | undefined {
  const set = machine.inputShapes[key];
  if (set && machine.mode.applications <= 1 && value) {
    const field = value.kind === 'tensor' ? value.field : undefined;
    return { ...tensor(readDims(machine, set), 'user', { inputKey: key }), field };
  }
  const stated = annotated && value ? stateShape(machine, value, annotated, 'annotation') : undefined;
  // What flows in from an example call can be set as well as what nobody gives: it takes the name of the parameter with
  // it.
  const arriving = stated ?? value;
  return machine.mode.applications <= 1 && arriving?.kind === 'tensor' && !arriving.inputKey
    ? { ...arriving, inputKey: key }
    : stated;
}

/** A parameter of an entry point for which a shape can be set. */
export interface FoundInput {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly chunk: Chunk;
}

/** Unknown arguments for running a method as an entry point, each with the key under which its shape can be set. */
export function entryArguments(
  cls: string,
  func: FunctionValue,
  skipFirst: boolean,
  points: FoundInput[],
  chunk: Chunk,
  byName: boolean,
): Arguments {
  const positional: Value[] = [];
  const parameters = func.definition.parameters.slice(skipFirst ? 1 : 0);
  for (const parameter of parameters) {
    if (parameter.kind !== 'plain' || func.defaults.has(parameter.name)) break;
    const value: Value = { kind: 'unknown', name: parameter.name };
    if (byName ? TENSOR_NAMES.test(parameter.name) : !SETTINGS.test(parameter.name)) {
      value.input = true;
      const key = inputKeyOf(cls, func.name, parameter.name);
      value.tensor = openInput(positional.length === 0 ? '' : parameter.name, key);
      points.push({ key, start: parameter.start, end: parameter.end, chunk });
    }
    positional.push(value);
  }
  return { positional, keywords: NO_KEYWORDS, open: false };
}

/** The arguments of a function that nothing calls, with the shapes that the user set for them. */
export function withSetShapes(machine: Machine, func: FunctionValue, args: Arguments): Arguments {
  const positional = args.positional.map((value, index): Value => {
    const key = inputKeyOf('', func.name, func.definition.parameters[index].name);
    const set = machine.inputShapes[key];
    return set && value.kind === 'unknown' && value.input
      ? tensor(readDims(machine, set), 'user', { inputKey: key })
      : value;
  });
  return { ...args, positional };
}

function openInput(stem: string, inputKey: string): TensorValue {
  return tensor(undefined, 'symbolic', { stem, soft: true, inputKey });
}
