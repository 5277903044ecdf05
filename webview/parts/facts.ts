import type { Plan } from '../../src/core/plan';
import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';
import type { Part } from '../model';
import { factsOf } from '../state/facts';

/**
 * What follows from the parameters besides the size: weights, work, reach, evenness. The strip has only what is looked
 * at most often.
 */
export function createFacts(strings: Strings, which: 'brief' | 'whole'): Part {
  const element = make('dl', { class: `facts ${which}` });
  let shown: Plan | undefined;
  return {
    element,
    update({ edited: { plan, head } }) {
      element.classList.toggle('stale', plan === undefined);
      if (!plan || plan === shown) return;
      shown = plan;
      const all = factsOf(plan, head.biasShape !== undefined, strings, document.documentElement.lang || undefined);
      const facts = which === 'whole' ? all : all.filter(({ brief }) => brief).reverse();
      element.replaceChildren(
        ...facts.map(({ name, text, warn }) =>
          make('div', warn ? { class: 'warn' } : {}, make('dt', {}, name), make('dd', {}, text)),
        ),
      );
    },
  };
}
