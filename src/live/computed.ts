import type { ComputeRequest, Tensor } from '../core/operation';
import { resolve } from '../core/plan';
import { ProblemError } from '../core/problem';
import { type Computation, type Library, MOST_BYTES, type Sent } from './expression';
import { sentOf } from './put';
import type { LiveReader, LiveTensor, Program, ReadOptions } from './reader';
import { refusal } from './sentences';

/** Frameworks that can compute a convolution of tensors that are sent along, by the names of their modules. */
export const LIBRARIES = {
  torch: 'PyTorch',
  jax: 'JAX',
  tensorflow: 'TensorFlow',
  paddle: 'Paddle',
} as const satisfies Readonly<Record<Library, string>>;

const MODULES = Object.keys(LIBRARIES) as Library[];

const sent = ({ shape, data }: Tensor): Sent => ({ shape, ...sentOf(data) });

/** A convolution as the program's side takes it. Throws a ProblemError where it is illegal, or too large to be sent. */
export function computationOf({ op, input, weight, bias }: ComputeRequest, library: Library): Computation {
  const resolution = resolve(op, input.shape, weight.shape);
  if (!resolution.ok) throw new ProblemError(resolution.problems);
  const tensors = [input, weight, ...(bias ? [bias] : [])];
  if (tensors.reduce((bytes, { data }) => bytes + data.byteLength, 0) > MOST_BYTES) throw refusal('too-large');
  const { kind, axes, groups, paddingMode } = resolution.plan;
  return {
    library,
    kind,
    stride: axes.map(({ stride }) => stride),
    dilation: axes.map(({ dilation }) => dilation),
    padding: axes.map(({ padBegin, padEnd }) => [padBegin, padEnd]),
    outputPadding: axes.map(({ outputPadding }) => outputPadding),
    groups,
    mode: paddingMode === 'zeros' ? 'zeros' : paddingMode,
    tensors: { input: sent(input), weight: sent(weight), ...(bias && { bias: sent(bias) }) },
  };
}

/** Which of the frameworks a program has imported. Nothing is imported to find out. */
export async function librariesOf(reader: LiveReader, program: Program): Promise<readonly Library[]> {
  const names = MODULES.map((name) => `"${name}"`).join(', ');
  const read = await reader.read(program, `[name in __import__("sys").modules for name in (${names})]`);
  if (read.kind !== 'tensor') throw refusal('changed');
  return MODULES.filter((_, at) => read.values.data[at] === 1);
}

/** What a framework of the program's makes of a convolution. Only ever on a command that says so. */
export const computedThere = (
  reader: LiveReader,
  program: Program,
  computation: Computation,
  options: ReadOptions = {},
): Promise<LiveTensor> => reader.once(program, 'None', { do: 'compute', ...computation }, options);
