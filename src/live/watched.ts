import type { Tensor } from '../core/operation';
import { ProblemError } from '../core/problem';
import type { LiveReader, LiveTensor, Program } from './reader';

/** The last call of a layer that has our hook: what entered it, what left it, and with which parameters. */
export interface Call {
  readonly input: LiveTensor;
  readonly weight: LiveTensor;
  readonly bias?: LiveTensor;
  readonly output: Tensor;
}

/** Sets a forward hook on a layer; once, however often it is asked for. Only ever on a command that says so. */
export async function watchCalls(reader: LiveReader, program: Program, layer: string): Promise<void> {
  await reader.ask(program, layer, { do: 'watch' });
}

/** Removes that hook, and what it keeps. */
export async function unwatchCalls(reader: LiveReader, program: Program, layer: string): Promise<void> {
  await reader.ask(program, layer, { do: 'unwatch' });
}

/** What was caught. Rejects with a ProblemError where there is no hook, or where the layer was not called since. */
export async function lastCall(reader: LiveReader, program: Program, layer: string): Promise<Call> {
  const tensor = (name: 'input' | 'weight' | 'bias' | 'output'): Promise<LiveTensor> =>
    reader.once(program, layer, { do: 'caught', name });
  const [input, weight, output] = [await tensor('input'), await tensor('weight'), await tensor('output')];
  const bias = await tensor('bias').catch((error: unknown) => {
    if (error instanceof ProblemError && error.problems.some(({ code }) => code === 'live-not-caught'))
      return undefined;
    throw error;
  });
  return { input, weight, output: output.values, ...(bias && { bias }) };
}
