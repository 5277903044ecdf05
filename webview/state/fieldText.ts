/** What a field remembers: what is typed in it, and which of its values the document has not answered yet. */
export interface FieldState<Value = number> {
  readonly text: string;
  /** The value of the document when it was last looked at. */
  readonly known: Value | undefined;
  /** Sent and not yet seen in the document, oldest first. */
  readonly pending: readonly Value[];
}

export const emptyField = <Value>(): FieldState<Value> => ({ text: '', known: undefined, pending: [] });

export const EMPTY_FIELD = emptyField<number>();

/** At most this many unanswered values are remembered, so that the list does not grow when all of them are refused. */
const LONGEST_PENDING = 64;

export function typed<Value>(state: FieldState<Value>, text: string): FieldState<Value> {
  return { ...state, text };
}

export function sent<Value>(state: FieldState<Value>, value: Value): FieldState<Value> {
  return { ...state, pending: [...state.pending, value].slice(-LONGEST_PENDING) };
}

/**
 * The document says `value`. What is typed stays if that answers what was typed here, or is nothing new. It gives way
 * to a change from elsewhere: undo, a preset, another field.
 */
export function heard<Value>(
  state: FieldState<Value>,
  value: Value,
  print: (value: Value) => string = String,
): FieldState<Value> {
  // Object.is: NaN answers NaN.
  const answer = state.pending.findIndex((each) => Object.is(each, value));
  if (answer >= 0) return { ...state, known: value, pending: state.pending.slice(answer + 1) };
  if (Object.is(value, state.known)) return state;
  return { text: print(value), known: value, pending: [] };
}
