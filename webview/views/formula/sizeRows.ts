import type { Plan } from '../../../src/core/plan';
import { format } from '../../../src/core/problem';
import type { DocumentHead } from '../../../src/protocol/panel';
import type { Strings } from '../../../src/protocol/strings';
import { make, setText } from '../../dom';
import { showWords } from '../../drawing/wordsElement';
import type { Actions } from '../../model';
import { createNumberField } from '../../parts/numberField';
import { type Change, changesOf, LARGEST_TRIED, type Way, waysTo } from './changes';
import { TERM_INKS } from './headline';
import { termMeaning, whyExtra } from './sizeWords';
import type { SizeDerivation } from '../../../src/core/derive/size';

/** What the rows speak of. */
export interface SizeSubject {
  readonly plan: Plan;
  readonly head: DocumentHead;
  /** Axes that have this formula, and their names. */
  readonly axes: readonly number[];
  readonly name: string;
  readonly derived: SizeDerivation;
}

const minus = (text: string | number): string => String(text).replace('-', '−');

/** What a change does, in a few words. */
function effectOf({ field, derived }: Change, strings: Strings): string {
  const { axis, kind, terms } = derived;
  const conv = kind === 'conv';
  switch (field) {
    case 'stride':
      return conv ? format(strings.changeSteps, [axis.stride]) : format(strings.changeSpread, [terms[0].value]);
    case 'dilation':
      return conv
        ? format(strings.changeExtentConv, [axis.extent])
        : format(strings.changeExtent, [axis.extent, minus(axis.extent - 1 - axis.padBegin)]);
    case 'padding':
      return format(conv ? strings.changePads : strings.changeCrop, [axis.padBegin + axis.padEnd]);
    case 'outputPadding':
      return axis.outputPadding === 0 ? strings.changeExtraNone : format(strings.changeExtra, [axis.outputPadding]);
    default:
      return field satisfies never;
  }
}

/** Beside the drawing: the terms as a table, what each change would make, why output padding exists, other sizes. */
export function createSizeRows(
  actions: Actions,
  strings: Strings,
): { readonly element: HTMLElement; show(subject: SizeSubject | undefined): void } {
  let subject: SizeSubject | undefined;
  let target: number | undefined;
  const title = make('h3', {});
  const terms = make('tbody', {});
  const changes = make('div', { class: 'size-changes' });
  const changesTitle = make('h3', {}, strings.sizeChange);
  const whyTitle = make('h3', {});
  const why = make('p', {});
  const ways = make('div', { class: 'size-ways' });
  const field = createNumberField({
    label: strings.sizeTargetField,
    short: 'o',
    strings,
    least: 1,
    most: () => 65536,
    reverts: true,
    send(value) {
      target = value;
      field.update(value);
      showWays();
    },
    complain: () => undefined,
  });
  const element = make(
    'div',
    { class: 'size-rows film-tables' },
    title,
    make('table', {}, terms),
    changesTitle,
    changes,
    whyTitle,
    why,
    make('h3', {}, strings.sizeTarget),
    make('div', { class: 'size-target' }, make('span', {}, strings.sizeTargetField), field.element),
    ways,
  );

  const wayButton = ({ text, edit }: Way): HTMLElement => {
    const button = make('button', { type: 'button', class: 'tool text' }, text);
    button.addEventListener('click', () => actions.edit(edit));
    return button;
  };
  const showWays = (): void => {
    if (!subject || target === undefined) return;
    const { plan, head, axes } = subject;
    const { near, others, refused } = waysTo(plan, head, axes, target);
    const { stride, dilation } = plan.axes[axes[0]];
    const lines: Node[] = [];
    if (near.length > 0) lines.push(make('div', { class: 'size-buttons' }, ...near.map(wayButton)));
    if (refused !== undefined)
      lines.push(make('p', { class: 'note' }, format(strings.sizeTargetIllegal, [refused, stride, dilation])));
    if (others.length > 0)
      lines.push(
        make('p', { class: 'note' }, strings.sizeTargetOthers),
        make('div', { class: 'size-buttons' }, ...others.map(wayButton)),
      );
    if (near.length + others.length === 0)
      lines.push(
        make(
          'p',
          { class: 'note' },
          format(strings.sizeTargetNone, [LARGEST_TRIED.kernel, LARGEST_TRIED.stride, target]),
        ),
      );
    ways.replaceChildren(...lines);
  };
  const changeRow = (change: Change): HTMLElement => {
    const button = make(
      'button',
      { type: 'button', class: 'size-change' },
      make('span', { class: 'change' }, `${change.symbol} ${change.from} → ${change.to}`),
      make('span', { class: 'effect' }, effectOf(change, strings)),
      make('span', { class: 'i-output bold' }, String(change.derived.result)),
    );
    button.addEventListener('click', () => actions.edit(change.edit));
    return button;
  };

  return {
    element,
    show(now) {
      const isOther = now?.axes.join() !== subject?.axes.join() || now?.plan.kind !== subject?.plan.kind;
      subject = now;
      element.hidden = now === undefined;
      if (!now) return;
      const { derived, name, plan, head, axes } = now;
      setText(title, format(strings.sizeOf, [name, derived.result]));
      terms.replaceChildren(
        ...derived.terms.map((term) =>
          make(
            'tr',
            {},
            make('td', { class: `i-${TERM_INKS[term.name]} bold` }, `${term.sign}${term.symbol}`),
            make('td', { class: 'words' }, termMeaning(derived, term, strings)),
            make('td', {}, minus(term.adds)),
          ),
        ),
      );
      const list = changesOf(plan, head, axes);
      changesTitle.hidden = list.length === 0;
      changes.replaceChildren(...list.map(changeRow));
      setText(whyTitle, plan.kind === 'conv' ? strings.whyTitleConv : strings.whyTitle);
      showWords(why, whyExtra(derived, strings));
      if (target === undefined || isOther) {
        target = derived.result + 1;
        field.update(target);
      }
      showWays();
    },
  };
}
