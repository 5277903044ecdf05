import { textField } from '../controls';
import { make } from '../dom';
import type { Actions, Model } from '../model';
import { EMPTY_FIELD, type FieldState, heard, parseWhole, sent, typed } from '../state/fieldText';
import type { FieldSpec } from './parameterSpecs';
import { scrub } from './scrub';

export interface NumberField {
  readonly element: HTMLElement;
  update(spec: FieldSpec, model: Model): void;
}

/** Keys and wheel turns closer together than this are undone together. */
const GROUP_PAUSE_MS = 1000;

/**
 * A field for a whole number. It keeps what was typed, also when that is no number; arrows, Alt and the wheel, and dragging its
 * prefix change it by steps, and each such run is one undo. `settles` waits for Enter, or for the field to be left.
 */
export function createNumberField(first: FieldSpec, settles: boolean, actions: Actions, complain: (message: string | undefined) => void): NumberField {
  const prefix = make('span', { class: 'scrub', 'aria-hidden': 'true' }, first.short || '↔');
  const control = textField(first.label, prefix);
  const { element } = control;
  let spec = first;
  let notANumber = '';
  let state: FieldState = EMPTY_FIELD;
  let group = '';
  let lastChange = -Infinity;

  const send = (value: number, now: number): void => {
    if (now - lastChange > GROUP_PAUSE_MS) group = `${spec.key} ${now}`;
    lastChange = now;
    state = sent(state, value);
    actions.edit({ ...spec.edit(value), group });
  };
  const check = (): number | undefined => {
    const value = parseWhole(state.text);
    const message = value === undefined ? notANumber : undefined;
    control.complain(message);
    complain(message);
    return value;
  };
  const commit = (): void => {
    const value = check();
    if (value !== undefined && value !== (state.pending.at(-1) ?? state.known)) send(value, performance.now());
  };
  const step = (by: number): void => {
    const value = (parseWhole(state.text) ?? state.known ?? 0) + by;
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
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    step((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
  });
  scrub(element, prefix, step);

  return {
    element,
    update(next, { strings }) {
      spec = next;
      notANumber = strings.notANumber;
      const before = state;
      state = heard(state, next.value);
      if (state === before || state.text === before.text) return;
      control.text = state.text;
      check();
    },
  };
}
