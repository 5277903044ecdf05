import type { Sizes } from '../../src/core/shape';
import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';
import type { Part } from '../model';
import { type ShownFormula, type ShownTerm, shownFormulas, sizesOf } from './formulaTerms';
import { axisNames } from '../strip/boxSpecs';

/** Where a formula has no result. */
const NONE = '?';

const classesOf = (quantity: string, wrong: boolean): string => (wrong ? `${quantity} wrong` : quantity);

/**
 * The size formula of each axis, in symbols and in numbers; axes with the same formula share one. It is told of the
 * document as it stands, also while that is illegal. Terms that the last edit changed are marked, and what is wrong is
 * underlined.
 */
export function createFormula(strings: Strings): Part {
  const element = make('div', { class: 'formula' });
  let shown: Sizes | undefined;
  let drawn = '';

  const term = ({ quantity, changed, wrong }: ShownTerm, text: string): Node =>
    quantity
      ? make(changed ? 'mark' : 'span', { class: classesOf('quantity', wrong) }, text)
      : document.createTextNode(text);

  const line = ({ axes, terms, ...of }: ShownFormula, rank: number): HTMLElement => {
    const names = axisNames(strings, rank);
    const name = axes.map((axis) => names[axis].name).join(', ');
    const result = Number.isNaN(of.result) ? NONE : String(of.result).replace('-', '−');
    const size = make(of.resultChanged ? 'mark' : 'strong', { class: classesOf('result', of.resultWrong) }, result);
    return make(
      'div',
      { class: 'axis', role: 'group', 'aria-label': format(strings.sizeFormulaOf, [name]) },
      make('span', { class: 'axis-name' }, name),
      make('span', { class: 'symbols' }, 'o = ', ...terms.map((each) => term(each, each.symbol))),
      make(
        'span',
        { class: 'numbers' },
        make('span', { class: 'terms' }, ' = ', ...terms.map((each) => term(each, each.number))),
        make('span', { class: 'outcome' }, ' = ', size),
      ),
    );
  };

  return {
    element,
    update({ edited: { head, plan } }) {
      // Before the first answer there is no document.
      if (!plan && head.problems.length === 0) return;
      const sizes: Sizes = plan ?? sizesOf(head);
      const problems = plan ? [] : head.problems;
      // The head is another one with every edit of a value, too; then what is marked stays.
      const next = JSON.stringify([sizes.kind, sizes.axes, problems]);
      if (next === drawn) return;
      drawn = next;
      const lines = shownFormulas(sizes, shown, problems);
      element.replaceChildren(...lines.map((each) => line(each, sizes.axes.length)));
      element.title = element.textContent ?? '';
      shown = sizes;
    },
  };
}
