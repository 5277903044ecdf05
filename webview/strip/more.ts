import type { Dtype, PaddingMode } from '../../src/core/operation';
import type { Strings } from '../../src/protocol/strings';
import { checkbox, dropdown } from '../controls';
import { format } from '../../src/core/problem';
import { make, setHidden, setText } from '../dom';
import type { Actions, Model } from '../model';
import { createPopover } from '../parts/popover';

/** What is set less often: channels, groups, batch, bias, padding mode, precision. */
export interface More {
  readonly element: HTMLElement;
  /** Where its boxes go. */
  readonly boxes: HTMLElement;
  /** Where the rest of the strip goes when there is no room for it. */
  readonly rest: HTMLElement;
  /** Says how many of what differs from its default is not seen in the strip, and which. */
  count(hidden: readonly string[]): void;
  update(model: Model): void;
}

const modesOf = (strings: Strings): Readonly<Record<PaddingMode, string>> => ({
  zeros: strings.zeros,
  reflect: strings.reflect,
  replicate: strings.replicate,
  circular: strings.circular,
});

export function createMore(actions: Actions, strings: Strings): More {
  const boxes = make('div', { class: 'more-boxes' });
  const rest = make('div', { class: 'more-rest' });
  const bias = checkbox(strings.bias, (on) => actions.edit({ kind: 'setBias', on }));
  const dtype = dropdown(
    strings.precision,
    (['float32', 'float64'] as const).map((value) => ({ value, text: value })),
    (value) => actions.edit({ kind: 'setDtype', dtype: value as Dtype }),
  );
  const mode = dropdown(
    strings.paddingMode,
    Object.entries(modesOf(strings)).map(([value, text]) => ({ value, text })),
    (value) => actions.edit({ kind: 'setParameter', field: 'paddingMode', value: value as PaddingMode }),
  );
  const line = (name: string, control: HTMLElement): HTMLElement =>
    make('div', { class: 'more-line' }, make('span', { 'aria-hidden': 'true' }, name), control);
  const modeLine = line(strings.paddingMode, mode.element);
  const popover = createPopover(
    strings.more,
    strings.moreTitle,
    [boxes, modeLine, line(strings.precision, dtype.element), bias.element, rest],
    'chevron-down',
    strings.more,
  );
  const counted = make('span', { class: 'more-count' });
  popover.control.element.firstChild?.after(counted);
  return {
    element: popover.element,
    boxes,
    rest,
    count(hidden) {
      setText(counted, hidden.length === 0 ? '' : `+${hidden.length}`);
      const title = hidden.length === 0 ? strings.moreTitle : format(strings.moreHidden, [hidden.join(', ')]);
      popover.control.label(strings.more, title);
    },
    update({ edited: { head } }) {
      const paddingMode = head.operation.paddingMode ?? 'zeros';
      setHidden(modeLine, head.operation.kind === 'convTranspose' && paddingMode === 'zeros');
      mode.value = paddingMode;
      dtype.value = head.dtype;
      bias.checked = head.biasShape !== undefined;
    },
  };
}

/** What differs from its default and is not seen in the strip, in few words. */
export function chipsOf({ edited: { head }, strings }: Model, input: number, output: number, batch: number): string[] {
  const { operation, biasShape, dtype } = head;
  const { groups = 1, paddingMode = 'zeros' } = operation;
  return [
    ...(input > 1 || output > 1 ? [`${strings.channels} ${input} → ${output}`] : []),
    ...(groups === 1 ? [] : [`${strings.groups} ${groups}`]),
    ...(batch === 1 ? [] : [`${strings.batch} ${batch}`]),
    ...(paddingMode === 'zeros' ? [] : [modesOf(strings)[paddingMode]]),
    ...(biasShape ? [strings.bias] : []),
    ...(dtype === 'float32' ? [] : [dtype]),
  ];
}
