import { printNumber } from '../../src/core/formats/numbers';
import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';
import type { Actions, Model, Part } from '../model';
import { reportTo } from '../report';
import { channelGroups, channelsOnShow } from '../state/channelGroups';
import { channelsOf } from '../state/channels';
import { typedNumber, typedValue } from '../state/typed';
import { createNumberField } from './numberField';

interface Shown {
  readonly channel: number;
  readonly value: number;
}

/** The bias of the output channel whose kernel is on show; nothing while there is no bias. */
function shownBias({ edited: { head }, received, view }: Model): Shown | undefined {
  const values = head.biasShape && received?.sight.whole.find(({ tensor }) => tensor === 'bias')?.values;
  if (!values) return undefined;
  const channels = channelsOf(head);
  const groups = channelGroups(head.operation.kind, head.weightShape, channels);
  const channel = channelsOnShow(view.slices, groups, channels).outputChannel;
  return channel < values.length ? { channel, value: values[channel] } : undefined;
}

/**
 * Edits the bias, which has one value for each output channel: that of the channel on show. A list that is pasted sets
 * all of them.
 */
export function createBiasField(actions: Actions, strings: Strings): Part {
  const complaint = make('span', { class: 'problem error', hidden: '' });
  const symbol = make('var', { 'aria-hidden': 'true' });
  let model: Model | undefined;
  let shown: Shown | undefined;
  const report = reportTo(actions);
  const field = createNumberField({
    label: strings.bias,
    short: '',
    strings,
    least: -Infinity,
    parse(text) {
      const dtype = model?.edited.head.dtype ?? 'float64';
      const read = typedValue(text, dtype, strings);
      return read.ok && dtype === 'float32' ? { ok: true, value: Math.fround(read.value) } : read;
    },
    print: (value) => printNumber(value, model?.edited.head.dtype ?? 'float64'),
    send(value, group) {
      if (shown)
        actions.edit({
          kind: 'setCells',
          tensor: 'bias',
          indices: Uint32Array.of(shown.channel),
          values: Float64Array.of(value),
          group,
        });
    },
    complain(message) {
      setText(complaint, message ?? '');
      setHidden(complaint, message === undefined);
    },
  });
  // One Tab stop a grid: Alt+B in the kernel's goes here, and Escape back.
  field.element.tabIndex = -1;
  const element = make(
    'div',
    { class: 'bias', title: strings.biasTitle },
    make('span', {}, strings.bias),
    symbol,
    field.element,
    complaint,
  );
  element.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (typedNumber(text) !== undefined) return;
    event.preventDefault();
    report(actions.host.paste('bias', text));
  });

  element.addEventListener('keydown', (event) => {
    // The field has its own use for Escape while something else than the bias is typed into it.
    if (event.key === 'Escape' && !event.defaultPrevented)
      element.closest('.tensor')?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  });

  return {
    element,
    update(now) {
      model = now;
      shown = shownBias(now);
      setHidden(element, shown === undefined);
      if (!shown) return;
      setText(symbol, channelsOf(now.edited.head).output > 1 ? `b[${shown.channel}]` : 'b');
      field.update(shown.value);
    },
  };
}
