import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { checkbox, dropdown, textField } from '../controls';
import { make } from '../dom';
import { GRID_NAMES, type GridName, gridTitles } from '../gridName';
import { briefNumber } from '../grid/numberText';
import { COLOUR_MAPS } from '../legend/colourMaps';
import { scaleOf } from '../legend/scale';
import { statisticsFor } from '../legend/statisticsFor';
import type { Actions, Model, Part } from '../model';
import { createPopover } from '../parts/popover';
import { typedNumber } from '../state/typed';

/** How values become colours: the map, alike for all grids, and the limits of each. */
export function createColours(actions: Actions, strings: Strings): Part {
  const titles = gridTitles(strings);
  let model: Model | undefined;
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

  const limitsOf = (name: GridName, now: Model): readonly [number, number] => {
    const { low, high } = scaleOf(name, now.view, statisticsFor(now, name));
    return [low, high];
  };
  const limit = (name: GridName, end: 0 | 1) => {
    const control = textField(format(end === 0 ? strings.legendLow : strings.legendHigh, [titles[name]]));
    control.element.addEventListener('change', () => {
      if (!model) return;
      const [low, high] = limitsOf(name, model);
      const value = typedNumber(control.text);
      const wanted: readonly [number, number] = end === 0 ? [value ?? low, high] : [low, value ?? high];
      const good = value !== undefined && Number.isFinite(value) && wanted[0] < wanted[1];
      control.complain(good ? undefined : strings.notFitting);
      if (good) actions.look({ limits: { ...model.view.limits, [name]: wanted } });
    });
    return control;
  };
  const fields = GRID_NAMES.map((name) => ({ name, ends: [limit(name, 0), limit(name, 1)] as const }));
  const popover = createPopover(
    strings.look,
    strings.look,
    [
      map.element,
      range.element,
      diverging.element,
      ...fields.map(({ name, ends: [low, high] }) =>
        make(
          'div',
          { class: 'limits-line' },
          make('span', { 'aria-hidden': 'true' }, titles[name]),
          low.element,
          '…',
          high.element,
        ),
      ),
    ],
    'symbol-color',
  );
  return {
    element: popover.element,
    update(now) {
      model = now;
      map.value = now.view.colourMap;
      range.value = now.view.range;
      diverging.checked = now.view.diverging;
      for (const { name, ends } of fields) {
        const limits = limitsOf(name, now);
        ends.forEach((end, at) => {
          if (!end.element.contains(document.activeElement)) end.text = briefNumber(limits[at], 6);
        });
      }
    },
  };
}
