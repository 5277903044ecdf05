import type { Plan } from '../../src/core/plan';
import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';
import type { Model, Part } from '../model';
import { type ShownFormula, type ShownTerm, shownFormulas } from './formulaTerms';
import { axisNames } from '../strip/boxSpecs';

/**
 * The size formula of each axis, in symbols and in numbers; axes with the same formula share one. Terms that the last
 * edit changed are marked.
 */
export function createFormula(strings: Strings): Part {
  const element = make('div', { class: 'formula' });
  let shown: Plan | undefined;

  const term = (each: ShownTerm, text: string): Node =>
    each.quantity ? make(each.changed ? 'mark' : 'span', { class: 'quantity' }, text) : document.createTextNode(text);

  const line = ({ axes, terms, result, resultChanged }: ShownFormula, rank: number): HTMLElement => {
    const names = axisNames(strings, rank);
    const name = axes.map((axis) => names[axis].name).join(', ');
    const size = make(resultChanged ? 'mark' : 'strong', { class: 'result' }, String(result));
    return make(
      'div',
      { class: 'axis', role: 'group', 'aria-label': format(strings.sizeFormulaOf, [name]) },
      make('span', { class: 'axis-name' }, name),
      make('span', { class: 'symbols' }, 'o = ', ...terms.map((each) => term(each, each.symbol))),
      make('span', { class: 'numbers' }, ' = ', ...terms.map((each) => term(each, each.number)), ' = ', size),
    );
  };

  const lines = (plan: Plan): HTMLElement[] => shownFormulas(plan, shown).map((each) => line(each, plan.rank));

  return {
    element,
    update({ edited: { plan }, computed }: Model) {
      element.classList.toggle('stale', plan === undefined);
      const current = plan ?? computed?.plan;
      if (!current || current === shown) return;
      element.replaceChildren(...lines(current));
      element.title = element.textContent ?? '';
      shown = current;
    },
  };
}
