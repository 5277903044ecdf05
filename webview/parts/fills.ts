import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { checkbox, textField } from '../controls';
import { make } from '../dom';
import type { Actions, Model, Part } from '../model';
import { planeOf, shownShapes } from '../grid/planeOf';
import { FIRST_NUMBERS, type FillNumbers, fillChoices } from '../state/fillChoices';
import { typedNumber } from '../state/typed';
import { createItem, createPopover } from './popover';

const LARGEST_SEED = 2 ** 32 - 1;

/** A menu of what a tensor, or the plane of it that is shown, can be filled with. */
export function createFills(tensor: 'input' | 'weight', actions: Actions, strings: Strings): Part {
  let model: Model | undefined;
  let numbers = FIRST_NUMBERS;
  let onlyPlane = false;
  const list = make('div', { class: 'items' });

  const numberOf = (name: keyof FillNumbers, label: string, fits: (value: number) => boolean): HTMLElement => {
    const control = textField(label);
    control.text = String(numbers[name]);
    control.element.addEventListener('input', () => {
      const value = typedNumber(control.text);
      const good = value !== undefined && fits(value);
      control.complain(good ? undefined : strings.notFitting);
      if (good) numbers = { ...numbers, [name]: value };
    });
    return make('div', { class: 'fill-number' }, make('span', { 'aria-hidden': 'true' }, label), control.element);
  };
  const plane = checkbox(strings.fillPlaneOnly, (on) => {
    onlyPlane = on;
  });
  const fields = make(
    'div',
    { class: 'fill-numbers' },
    numberOf('seed', strings.fillSeed, (value) => Number.isInteger(value) && value >= 0 && value <= LARGEST_SEED),
    numberOf('value', strings.fillValue, () => true),
    numberOf('sigma', strings.fillSigma, (value) => value > 0 && Number.isFinite(value)),
    plane.element,
  );
  const title = format(strings.fillTitle, [tensor === 'input' ? strings.input : strings.kernel]);
  const popover = createPopover(strings.fill, title, [list, fields], 'paintcan');

  const fillWith = (at: number): void => {
    if (!model) return;
    const { fill } = fillChoices(numbers, model.edited.head.weightShape.length - 2, strings)[at];
    const leading = onlyPlane ? planeOf(tensor, shownShapes(model), model.view.slices)?.leading : undefined;
    actions.edit({ kind: 'fill', tensor, fill, ...(leading ? { leading } : {}) });
    popover.close();
  };
  let rank = 0;

  return {
    element: popover.element,
    update(now) {
      model = now;
      const { weightShape } = now.edited.head;
      if (weightShape.length - 2 === rank) return;
      rank = weightShape.length - 2;
      list.replaceChildren(
        ...fillChoices(numbers, rank, strings).map(({ text }, at) => createItem(text, () => fillWith(at))),
      );
    },
  };
}
