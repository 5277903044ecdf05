import type { Tensor } from '../core/operation';
import { elementCount } from '../core/tensor/tensor';
import { encodeBase64 } from './base64';
import type { Sent } from './expression';
import type { LiveReader, LiveTensor, Program } from './reader';
import { refusal } from './sentences';
import { chunksOf, shapeOfWindow, type Window } from './window';

/** Values that cross in one question; a debugger is sent less than it sends. */
const MOST_VALUES = 2 ** 19;

/** Little endian is what every machine that runs VS Code is. */
const bytesOf = (data: Tensor['data']): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Values as the program's side takes them. */
export const sentOf = (data: Tensor['data']): Pick<Sent, 'code' | 'data'> => ({
  code: data instanceof Float32Array ? 'f4' : 'f8',
  data: encodeBase64(bytesOf(data)),
});

/**
 * Writes values into a window of a tensor of the program, in place: its storage, type and device stay. Rejects with a
 * ProblemError where the program's side refuses; what was written before that stays written.
 */
export async function putWindow(
  reader: LiveReader,
  program: Program,
  expression: string,
  window: Window,
  data: Tensor['data'],
): Promise<void> {
  let at = 0;
  for (const chunk of chunksOf(window, MOST_VALUES)) {
    const count = elementCount(shapeOfWindow(chunk));
    const piece = data.slice(at, at + count);
    const answer = await reader.ask(program, expression, { do: 'put', window: chunk, ...sentOf(piece) });
    if (answer.kind !== 'done') throw refusal('changed');
    at += count;
  }
}

/** Whether what is shown of a tensor can be put back: all of it, or a window that was chosen, as real numbers. */
export const canPut = ({ plan, complex }: LiveTensor): boolean => plan !== 'overview' && !complex;
