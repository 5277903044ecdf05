import { pixelShuffleCode, resizeConvCode } from '../../../src/core/artefacts/recipes';
import type { Copied } from '../../../src/core/explain/copyParts';
import type { Strings } from '../../../src/protocol/strings';
import { button } from '../../controls';
import { make, setHidden, setText } from '../../dom';
import type { Actions, Model, Part } from '../../model';
import { reportTo } from '../../report';
import { valuesToCopy } from '../../state/valuesToCopy';
import { ARTEFACTS } from './film';
import { type Offer, offersFor } from './offers';

/** Under the drawing of *Artefacts*: the cures, one click and one step of undo each, and their code. */
export function createCuresBar(actions: Actions, strings: Strings): Part {
  let model: Model | undefined;
  let shown = '';
  const offers = make('div', { class: 'cure-offers' });
  const copy = (codeOf: (copied: Copied) => string | undefined): void => {
    const plan = model?.edited.plan;
    if (!model || !plan) return;
    const { dtype, biasShape } = model.edited.head;
    const text = codeOf({ plan, dtype, bias: biasShape !== undefined, values: valuesToCopy(model) });
    if (text === undefined) actions.announce(strings.artefactUseResizeNone);
    else reportTo(actions)(actions.host.copy(text, 'PyTorch'));
  };
  const codes = make(
    'div',
    { class: 'cure-codes' },
    button(strings.artefactCopyShuffle, () => copy(pixelShuffleCode)).element,
    button(strings.artefactCopyResize, () => copy(resizeConvCode)).element,
    make('span', { class: 'note' }, strings.artefactCopyNote),
  );
  const element = make('div', { class: 'cure-bar', role: 'group', 'aria-label': strings.artefactBar }, offers, codes);

  const offerOf = ({ text, note, cure }: Offer): HTMLElement => {
    const press = button(text, () => {
      if (cure) actions.edit({ kind: 'cure', ...cure });
    });
    press.enable(cure !== undefined);
    press.label(text, note);
    const words = make('span', { class: 'note' });
    setText(words, note);
    return make('span', { class: 'cure-offer' }, press.element, words);
  };

  return {
    element,
    update(now) {
      model = now;
      const { plan } = now.edited;
      // The way back is offered of any convolution: it has no part of its own in this view.
      const isOn = plan !== undefined && (plan.kind === 'conv' || now.view.sub === ARTEFACTS);
      const list = isOn ? offersFor(plan, strings) : [];
      setHidden(element, list.length === 0);
      setHidden(codes, plan?.kind !== 'convTranspose');
      const text = JSON.stringify(list);
      if (text === shown) return;
      shown = text;
      offers.replaceChildren(...list.map(offerOf));
    },
  };
}
