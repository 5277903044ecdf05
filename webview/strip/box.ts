import { format } from '../../src/core/problem';
import { LONGEST_AXIS } from '../../src/core/state/document';
import type { EditBody } from '../../src/core/state/edits';
import type { Strings } from '../../src/protocol/strings';
import { textField } from '../controls';
import { make, setText, uniqueId } from '../dom';
import type { Actions } from '../model';
import { scrub } from '../parts/scrub';
import { emptyField, heard, sent, typed } from '../state/fieldText';
import type { BoxSpec } from './boxSpecs';
import { type AxisValue, parseSizes, printSizes, stepSizes } from './sizes';

/** Keys, wheel turns and drags closer together than this are undone together. */
const GROUP_PAUSE_MS = 1000;

/** The box of one parameter: its name and symbol, and a field that says what it is on all axes. */
export interface Box {
  readonly element: HTMLElement;
  /** What is wrong with what is typed, before the document has seen it. */
  readonly complaint: string | undefined;
  update(spec: BoxSpec, wrong: boolean): void;
  focus(): void;
}

/**
 * It keeps what was typed, also when that is no number; Escape brings back what the document says. Arrow keys, Alt with
 * the wheel, and dragging its name change the number at the caret in steps.
 */
export function createBox(first: BoxSpec, actions: Actions, strings: Strings, complained: () => void): Box {
  let spec = first;
  const name = make('span', { class: 'name' });
  const symbol = make('var', {});
  const handle = make('span', { class: 'title scrub' }, name, ' ', symbol);
  const control = textField(first.title);
  const element = make(
    'span',
    { class: 'box', 'data-parameter': first.key, role: 'group', 'aria-label': first.title },
    handle,
    control.element,
  );
  let state = emptyField<string>();
  let complaint: string | undefined;
  let group = '';
  let lastChange = -Infinity;
  /** What the document said before typing began: where Escape goes back to, though each key may have been sent. */
  let before: string | undefined;

  const print = (values: readonly AxisValue[]): string => printSizes(values, spec.whole);
  const send = (edit: EditBody): void => {
    const now = performance.now();
    if (now - lastChange > GROUP_PAUSE_MS) group = uniqueId('box');
    lastChange = now;
    actions.edit({ ...edit, group });
  };
  /** A parameter may be illegal, which PyTorch's words say then; a size must be one that a tensor can have. */
  const outOfRange = (values: readonly AxisValue[]): string | undefined =>
    spec.settles && values.flat().some((value) => value < 1 || value > LONGEST_AXIS)
      ? format(strings.outOfRange, [1, LONGEST_AXIS])
      : undefined;
  const check = (): readonly AxisValue[] | undefined => {
    const sizes = parseSizes(state.text, spec.values.length, spec.sides === true, strings);
    const wrong = 'wrong' in sizes ? sizes.wrong : outOfRange(sizes.values);
    if (wrong !== complaint) {
      complaint = wrong;
      control.complain(wrong);
      complained();
    }
    return 'values' in sizes && wrong === undefined ? sizes.values : undefined;
  };
  const commit = (): void => {
    const values = check();
    const text = values && print(values);
    if (!values || text === undefined || text === (state.pending.at(-1) ?? state.known)) return;
    state = sent(state, text);
    send(spec.edit(values));
  };
  const step = (by: number): void => {
    state = typed(state, stepSizes(state.text, control.caret, by, spec.least));
    control.text = state.text;
    commit();
  };

  const cancel = (): boolean => {
    // What was sent counts as said, also before it has been answered.
    const wanted = state.pending.at(-1) ?? state.known;
    const back = before ?? wanted;
    before = undefined;
    if (back === undefined || (state.text === back && wanted === back)) return false;
    state = typed(state, back);
    control.text = back;
    commit();
    return true;
  };

  control.element.addEventListener('input', () => {
    before ??= state.pending.at(-1) ?? state.known;
    state = typed(state, control.text);
    if (spec.settles) check();
    else commit();
  });
  control.element.addEventListener('change', () => {
    commit();
    before = undefined;
  });
  control.element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      commit();
      before = undefined;
    }
    // A second Escape is for the page.
    if (event.key === 'Escape' && cancel()) event.stopPropagation();
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || event.altKey || event.ctrlKey || event.metaKey)
      return;
    event.preventDefault();
    step((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
  });
  scrub(element, handle, step);

  return {
    element,
    get complaint() {
      return complaint;
    },
    update(next, wrong) {
      spec = next;
      setText(name, spec.short);
      setText(symbol, spec.symbol);
      const title = spec.note === undefined ? spec.title : `${spec.title}: ${spec.note}`;
      if (element.title !== title) element.title = title;
      element.classList.toggle('wrong', wrong || complaint !== undefined);
      const text = print(spec.values);
      const last = state;
      state = heard(state, text);
      // By what the document says, not by what is being typed: while one types, nothing moves.
      element.style.setProperty('--characters', String(Math.max(2, text.length)));
      if (state.text === last.text) return;
      before = undefined;
      control.text = state.text;
      check();
    },
    focus() {
      control.element.focus();
    },
  };
}
