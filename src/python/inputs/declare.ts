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
  let { positional, keywords } = args;
  for (let index = 0; index < parameters.length - 1; index++) {
    const { name, annotation } = parameters[index + 1];
    const value = positional[index] ?? keywords.get(name);
    const annotated = annotatedShape(annotation);
    // Only where a shape can be set has the parameter a key.
    if (machine.mode.applications > 1 && !annotated) continue;
    const declared = declaredValue(machine, value, inputKeyOf(instance.cls.name, func.name, name), annotated);
    if (!declared) continue;
    if (index < positional.length) positional = positional.with(index, declared);
    else keywords = new Map(keywords).set(name, declared);
  }
  return { positional, keywords, open: args.open };
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

/** The arguments of a function that nothing calls, with the shapes that the user set or annotations state for them. */
export function withSetShapes(machine: Machine, func: FunctionValue, args: Arguments): Arguments {
  const positional = args.positional.map((value, index): Value => {
    const { name, annotation } = func.definition.parameters[index];
    const key = inputKeyOf('', func.name, name);
    const set = machine.inputShapes[key];
    if (set && value.kind === 'unknown' && value.input)
      return tensor(readDims(machine, set), 'user', { inputKey: key });
    const annotated = annotatedShape(annotation);
    return (annotated && stateShape(machine, value, annotated, 'annotation')) ?? value;
  });
  return { ...args, positional };
}

function openInput(stem: string, inputKey: string): TensorValue {
  return tensor(undefined, 'symbolic', { stem, soft: true, inputKey });
}
