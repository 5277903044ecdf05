import { format, type Problem } from '../../src/core/problem';
import { button, tool } from '../controls';
import { make, setHidden } from '../dom';
import type { Actions, Model } from '../model';
import { repairEdit } from '../parts/repair';

/** What is wrong at one box: problems of the document, and what was typed there and is no number. */
export interface Wrong {
  readonly key: string;
  readonly anchor: HTMLElement;
  readonly complaint: string | undefined;
  readonly problems: readonly Problem[];
}

/** A problem that several axes have is shown once, and its button mends all of them. */
function together(problems: readonly Problem[]): readonly Problem[] {
  const same = (one: Problem, other: Problem): boolean => one.code === other.code && one.field === other.field;
  const firsts = problems.filter((each, at) => problems.findIndex((other) => same(each, other)) === at);
  return firsts.map((first) => {
    const all = problems.filter((each) => same(each, first));
    return all.length > 1 && first.repair ? { ...first, repair: { ...first.repair, axis: undefined } } : first;
  });
}

/**
 * What is wrong, laid over the page under the box that it belongs to. It pushes nothing, and ends above the first cell
 * of a grid. Escape closes it; then the box stays red, and the strip's count opens it again.
 */
export interface Overlay {
  readonly element: HTMLElement;
  show(wrong: readonly Wrong[], model: Model): void;
  /** Of the next box that something is wrong with. */
  next(): void;
  /** False when it was closed already. */
  close(): boolean;
}

const EDGE = 8;

export function createOverlay(actions: Actions, closed: () => void): Overlay {
  const list = make('div', { class: 'problems' });
  const element = make('div', { class: 'overlay', role: 'alert', hidden: '' }, list);
  let all: readonly Wrong[] = [];
  let at: string | undefined;
  /** What was closed: it is not opened again until something else is wrong. */
  let dismissed = '';
  let shown = '';
  let model: Model | undefined;

  const signature = (): string =>
    JSON.stringify(all.map(({ key, complaint, problems }) => [key, complaint, problems.map(({ message }) => message)]));

  const line = (each: Problem): HTMLElement => {
    const row = make('div', { class: `problem ${each.severity}` }, make('span', { class: 'words' }, each.message));
    const edit = model && repairEdit(each, model.edited.head);
    const actionsRow = make('div', { class: 'repairs' });
    if (edit && each.repair && model) {
      const text = format(model.strings.useValue, [each.repair.value]);
      actionsRow.append(button(text, () => actions.edit(edit), 'primary').element);
    }
    if (each.framework && model)
      actionsRow.append(
        make(
          'details',
          { class: 'framework' },
          make('summary', {}, model.strings.frameworkWords),
          make('code', {}, each.framework),
        ),
      );
    if (actionsRow.childElementCount > 0) row.append(actionsRow);
    return row;
  };

  const place = (anchor: HTMLElement): void => {
    const host = element.parentElement?.getBoundingClientRect();
    if (!host) return;
    const { left, bottom } = anchor.getBoundingClientRect();
    const { width, height } = element.getBoundingClientRect();
    // In a narrow page the first cells are as near as the strip's own lines: the tabs under the stage give way.
    const tabs = element.closest('[data-mode="tabs"]')?.querySelector('.side')?.getBoundingClientRect();
    if (tabs && tabs.height > 0) {
      element.style.left = `${EDGE}px`;
      element.style.top = `${Math.min(tabs.top, host.bottom - height - EDGE) - host.top}px`;
      return;
    }
    // The formula's wrong terms, which stand below the boxes, stay in view.
    const terms = [...(element.parentElement?.querySelectorAll('.formula .numbers .wrong') ?? [])];
    const ends = terms.map((each) => each.getBoundingClientRect().right + EDGE);
    const from = Math.max(left, ...ends.filter((end) => end - left < width / 2));
    element.style.left = `${Math.max(EDGE, Math.min(from - host.left, host.width - width - EDGE))}px`;
    element.style.top = `${bottom - host.top + 2}px`;
  };

  const draw = (): void => {
    const now = signature();
    const one = all.find(({ key }) => key === at) ?? all.at(0);
    at = one?.key;
    const open = one !== undefined && now !== dismissed;
    const state = `${now} ${at ?? ''}`;
    if (one && state !== shown) {
      shown = state;
      const typed = one.complaint === undefined ? [] : [one.complaint];
      element.dataset.for = one.key;
      list.replaceChildren(
        ...typed.map((text) => make('div', { class: 'problem error' }, make('span', { class: 'words' }, text))),
        ...together(one.problems).map(line),
        dismiss.element,
      );
    }
    if (!one) shown = '';
    setHidden(element, !open);
    if (one && open) place(one.anchor);
  };

  const close = (): boolean => {
    if (element.hidden) return false;
    dismissed = signature();
    draw();
    closed();
    return true;
  };
  const dismiss = tool('close', '', () => void close());
  dismiss.element.classList.add('dismiss');

  return {
    element,
    show(wrong, now) {
      model = now;
      dismiss.label('', now.strings.dismiss);
      all = wrong;
      if (all.length === 0) dismissed = '';
      draw();
    },
    next() {
      const index = all.findIndex(({ key }) => key === at);
      if (!element.hidden) at = all[(index + 1) % Math.max(1, all.length)]?.key;
      dismissed = '';
      draw();
    },
    close,
  };
}
