/** What a numeric field remembers: what is typed in it, and which of its numbers the document has not answered yet. */
export interface FieldState {
  readonly text: string;
  /** The value of the document when it was last looked at. */
  readonly known: number | undefined;
  /** Sent and not yet seen in the document, oldest first. */
  readonly pending: readonly number[];
}

export const EMPTY_FIELD: FieldState = { text: '', known: undefined, pending: [] };

/** At most this many unanswered numbers are remembered, so that the list does not grow when all of them are refused. */
const LONGEST_PENDING = 64;

export function typed(state: FieldState, text: string): FieldState {
  return { ...state, text };
}

export function sent(state: FieldState, value: number): FieldState {
  return { ...state, pending: [...state.pending, value].slice(-LONGEST_PENDING) };
}

/**
 * The document says `value`. What is typed stays if that answers what was typed here, or is nothing new. It gives way
 * to a change from elsewhere: undo, a preset, another field.
 */
export function heard(state: FieldState, value: number, print: (value: number) => string = String): FieldState {
  // Object.is: NaN answers NaN.
  const answer = state.pending.findIndex((each) => Object.is(each, value));
  if (answer >= 0) return { ...state, known: value, pending: state.pending.slice(answer + 1) };
  if (Object.is(value, state.known)) return state;
  return { text: print(value), known: value, pending: [] };
}
