import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { textField } from '../controls';
import { make, uniqueId } from '../dom';
import { EMPTY_FIELD, type FieldState, heard, sent, typed } from '../state/fieldText';
import { type Typed, typedWhole } from '../state/typed';
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
  /** What cannot be used does not stay when the field is left: it was only looked for, and nothing is lost with it. */
  readonly reverts?: boolean;
  readonly strings: Strings;
  /** Steps stop here. */
  readonly least: number;
  /** Where given, steps stop there, and a larger number is refused. Asked each time, since it may change. */
  most?(): number;
  /**
   * Reads what was typed; whole numbers unless given. The document must send back exactly the number that it returns.
   */
  parse?(text: string): Typed;
  print?(value: number): string;
  /** Changes of one `group` are undone together. */
  send(value: number, group: string): void;
  complain(message: string | undefined): void;
}

/** Keys and wheel turns closer together than this are undone together. */
const GROUP_PAUSE_MS = 1000;

/**
 * A field for a number, or for arithmetic. It keeps what was typed, also when that is no number; Escape takes it back.
 * Arrow keys, Alt with the wheel, and dragging its prefix change the number in steps; steps that follow one another
 * quickly are undone together.
 */
export function createNumberField(options: NumberFieldOptions): NumberField {
  const { label, short, strings, least, send, complain, print = String } = options;
  const parse = options.parse ?? ((text: string): Typed => typedWhole(text, strings));
  const prefix = make('span', { class: 'scrub', 'aria-hidden': 'true', title: label }, short || '↔');
  const control = textField(label, prefix);
  const { element } = control;
  let state: FieldState = EMPTY_FIELD;
  let group = '';
  let lastChange = -Infinity;
  /** What the document said before typing began: where Escape goes back to, though each key may have been sent. */
  let before: number | undefined;

  const wanted = (): number | undefined => state.pending.at(-1) ?? state.known;
  const write = (text: string): void => {
    state = typed(state, text);
    control.text = text;
  };
  const set = (value: number): void => {
    const now = performance.now();
    if (now - lastChange > GROUP_PAUSE_MS) group = uniqueId('scrub');
    lastChange = now;
    state = sent(state, value);
    send(value, group);
  };
  const inRange = (value: number): Typed => {
    const most = options.most?.() ?? Infinity;
    if (most === Infinity || (value >= least && value <= most)) return { ok: true, value };
    return { ok: false, message: format(strings.outOfRange, [least, most]) };
  };
  const check = (): number | undefined => {
    const read = parse(state.text);
    const found = read.ok ? inRange(read.value) : read;
    const message = found.ok ? undefined : found.message;
    control.complain(message);
    complain(message);
    return found.ok ? found.value : undefined;
  };
  const commit = (): void => {
    const value = check();
    if (value !== undefined && !Object.is(value, wanted())) set(value);
  };
  const step = (by: number): void => {
    const read = parse(state.text);
    const from = (read.ok ? read.value : state.known) ?? 0;
    write(String(Math.min(Math.max(from + by, least), options.most?.() ?? Infinity)));
    commit();
  };
  /** Whether there was anything to take back. */
  const cancel = (): boolean => {
    const back = before ?? state.known;
    before = undefined;
    if (back === undefined || (state.text === print(back) && Object.is(wanted(), back))) return false;
    write(print(back));
    commit();
    return true;
  };

  element.addEventListener('input', () => {
    before ??= wanted();
    state = typed(state, control.text);
    commit();
  });
  element.addEventListener('change', () => {
    commit();
    before = undefined;
    if (options.reverts && check() === undefined) cancel();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      commit();
      before = undefined;
    }
    if (event.key === 'Escape' && cancel()) {
      event.preventDefault();
      event.stopPropagation();
    }
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || event.altKey || event.ctrlKey || event.metaKey)
      return;
    event.preventDefault();
    before = undefined;
    step((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
  });
  scrub(element, prefix, step);

  return {
    element,
    update(value) {
      const last = state;
      state = heard(state, value, print);
      if (state.text === last.text) return;
      // The document was changed from elsewhere, and what was typed has given way to that.
      before = undefined;
      control.text = state.text;
      check();
    },
  };
}
