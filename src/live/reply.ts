import { refusal, refusalOf } from './sentences';

/** So much of what a program says of an error is told. */
const MOST_SAID = 400;

/**
 * The text that an expression has for its value, from a debugger's answer to `evaluate` with the context "clipboard".
 * Rejects with the error that the expression raised: the answer is no failure then, but of the error's class.
 */
export function textOfReply(reply: unknown): string {
  const { type, result } = (typeof reply === 'object' && reply !== null ? reply : {}) as Record<string, unknown>;
  if (typeof result !== 'string') throw refusal('no-reply');
  if (type !== 'str') throw refusalOf(typeof type === 'string' ? type : '', result);
  // A debugger that does not know of raw strings writes it as a literal; there is nothing in it but one escape.
  const literal = /^(['"])tconv:/.exec(result);
  return literal ? result.slice(1, -1).replaceAll('\\n', '\n') : result;
}

/** What a debugger says when it refuses a request: its own words, short. */
export const refusedBy = (error: unknown): Error =>
  refusal('debugger', (error instanceof Error ? error.message : String(error)).slice(0, MOST_SAID));
