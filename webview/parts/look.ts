import type { Strings } from '../../src/protocol/strings';
import { checkbox, dropdown } from '../controls';
import { make } from '../dom';
import { COLOUR_MAPS } from '../legend/colourMaps';
import type { Actions, Part } from '../model';

/** How values become colours, alike for all three grids. */
export function createLook(actions: Actions, strings: Strings): Part {
  const map = dropdown(
    strings.colourMap,
    [{ value: 'auto', text: strings.colourMapAuto }, ...COLOUR_MAPS.map((name) => ({ value: name, text: name }))],
    (value) => actions.look({ colourMap: value }),
  );
  const range = dropdown(
    strings.range,
    [
      { value: 'tensor', text: strings.rangeTensor },
      { value: 'plane', text: strings.rangePlane },
    ],
    (value) => actions.look({ range: value === 'plane' ? 'plane' : 'tensor' }),
  );
  const diverging = checkbox(strings.diverging, (on) => actions.look({ diverging: on }));
  return {
    element: make(
      'section',
      { class: 'look', 'aria-label': strings.look },
      map.element,
      range.element,
      diverging.element,
    ),
    update({ view }) {
      map.value = view.colourMap;
      range.value = view.range;
      diverging.checked = view.diverging;
    },
  };
}
