import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { dropdown } from '../controls';
import { make, setHidden } from '../dom';
import { type GridName, gridTitles } from '../gridName';
import type { Actions, Model, Part } from '../model';
import { channelsOf } from '../state/channels';

/** Whether the first three channels of a tensor can stand for red, green and blue. */
function hasColour(name: GridName, { edited: { head } }: Model): boolean {
  const channels = channelsOf(head);
  switch (name) {
    case 'input':
      return channels.input >= 3;
    case 'weight':
      return head.weightShape[1] >= 3;
    case 'output':
      return channels.output >= 3;
    default:
      return name satisfies never;
  }
}

/** Shows three channels as colour; there only when a tensor has them. */
export function createRgbSwitch(name: GridName, actions: Actions, strings: Strings): Part {
  const titles = gridTitles(strings);
  let model: Model | undefined;
  const control = dropdown(
    format(strings.ofAxis, [titles[name], strings.colour]),
    [
      { value: 'none', text: strings.colourNone },
      { value: 'byte', text: strings.colourByte },
      { value: 'unit', text: strings.colourUnit },
    ],
    (value) => {
      if (model)
        actions.look({ rgb: { ...model.view.rgb, [name]: value === 'byte' || value === 'unit' ? value : undefined } });
    },
  );
  return {
    element: make('span', { class: 'rgb' }, control.element),
    update(now) {
      model = now;
      setHidden(control.element, !hasColour(name, now));
      control.value = now.view.rgb[name] ?? 'none';
    },
  };
}
