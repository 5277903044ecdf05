import { causalPadding } from '../../../src/core/derive/causal';
import type { Plan } from '../../../src/core/plan';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { button } from '../../controls';
import { make, setHidden, setText } from '../../dom';
import type { Actions, Model, Part } from '../../model';

/** Padding and output padding of the causal layer of a signal; nothing where there is none. */
export function causalOffer(plan: Plan | undefined): ReturnType<typeof causalPadding> | undefined {
  if (plan?.kind !== 'convTranspose' || plan.rank !== 1) return undefined;
  const [{ extent, stride }] = plan.axes;
  return causalPadding(extent, stride);
}

/** Under the drawing of *Causal*: makes the document's own layer causal, in one step of undo. */
export function createCausalBar(actions: Actions, strings: Strings): Part {
  let plan: Plan | undefined;
  const press = button('', () => {
    const offer = causalOffer(plan);
    if (!offer) return;
    actions.edit({
      kind: 'setParameters',
      parameters: [
        { field: 'padding', values: [[0, offer.padEnd]] },
        { field: 'outputPadding', values: [offer.outputPadding] },
      ],
    });
  });
  const note = make('span', { class: 'note' });
  const element = make('div', { class: 'cure-bar' }, make('div', { class: 'cure-offers' }, press.element, note));
  return {
    element,
    update({ edited }: Model) {
      plan = edited.plan;
      const offer = causalOffer(plan);
      setHidden(element, offer === undefined);
      if (!plan || !offer) return;
      const [{ padBegin, padEnd, outputPadding }] = plan.axes;
      // Only what is cut and added in all counts.
      const isCausal = padBegin === 0 && padEnd - outputPadding === offer.padEnd - offer.outputPadding;
      press.label(format(strings.causalUse, [offer.padEnd, offer.outputPadding]));
      press.enable(!isCausal);
      setText(note, isCausal ? strings.causalIs : '');
    },
  };
}
