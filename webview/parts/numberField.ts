import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { textField } from '../controls';
import { make, uniqueId } from '../dom';
import { EMPTY_FIELD, type FieldState, heard, parseWhole, sent, typed } from '../state/fieldText';
import { scrub } from './scrub';

export interface NumberField {
  readonly element: HTMLElement;
  /** What the document says. */
  update(value: number): void;
}

export interface NumberFieldOptions {
  /** Full name, for screen readers. */
  readonly label: string;
  /** Shown inside the field, where it is also the handle for dragging. */
  readonly short: string;
  /** Sends the number only on Enter, or when the field is left. */
  readonly settles: boolean;
  readonly strings: Strings;
  /** Steps stop here. */
  readonly least: number;
  /** Where given, steps stop there, and a larger number is refused. Asked each time, since it may change. */
  most?(): number;
  /**
   * Reads what was typed; whole numbers unless given. The document must send back exactly the number that it returns.
   */
  parse?(text: string): number | undefined;
  print?(value: number): string;
  /** Changes of one `group` are undone together. */
  send(value: number, group: string): void;
  complain(message: string | undefined): void;
}

/** Keys and wheel turns closer together than this are undone together. */
const GROUP_PAUSE_MS = 1000;

/**
 * A field for a number. It keeps what was typed, also when that is no number. Arrow keys, Alt with the wheel, and
 * dragging its prefix change the number in steps; steps that follow one another quickly are undone together.
 */
export function createNumberField(options: NumberFieldOptions): NumberField {
  const { label, short, settles, strings, least, send, complain, parse = parseWhole } = options;
  const prefix = make('span', { class: 'scrub', 'aria-hidden': 'true', title: label }, short || '↔');
  const control = textField(label, prefix);
  const { element } = control;
  let state: FieldState = EMPTY_FIELD;
  let group = '';
  let lastChange = -Infinity;

  const set = (value: number): void => {
    const now = performance.now();
    if (now - lastChange > GROUP_PAUSE_MS) group = uniqueId('scrub');
    lastChange = now;
    state = sent(state, value);
    send(value, group);
  };
  const wrongWith = (value: number | undefined): string | undefined => {
    if (value === undefined) return options.parse ? strings.noNumber : strings.notANumber;
    const most = options.most?.() ?? Infinity;
    return most < Infinity && (value < least || value > most) ? format(strings.outOfRange, [least, most]) : undefined;
  };
  const check = (): number | undefined => {
    const value = parse(state.text);
    const message = wrongWith(value);
    control.complain(message);
    complain(message);
    return message === undefined ? value : undefined;
  };
  const commit = (): void => {
    const value = check();
    if (value !== undefined && !Object.is(value, state.pending.at(-1) ?? state.known)) set(value);
  };
  const step = (by: number): void => {
    const wanted = (parse(state.text) ?? state.known ?? 0) + by;
    const value = Math.min(Math.max(wanted, least), options.most?.() ?? Infinity);
    state = typed(state, String(value));
    control.text = state.text;
    commit();
  };

  element.addEventListener('input', () => {
    state = typed(state, control.text);
    if (settles) check();
    else commit();
  });
  element.addEventListener('change', commit);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') commit();
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || event.altKey || event.ctrlKey || event.metaKey)
      return;
    event.preventDefault();
    step((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
  });
  scrub(element, prefix, step);

  return {
    element,
    update(value) {
      const before = state;
      state = heard(state, value, options.print);
      if (state.text === before.text) return;
      control.text = state.text;
      check();
    },
  };
}
