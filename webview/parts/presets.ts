import type { PresetTitle } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';
import type { Actions, Part } from '../model';
import { reportTo } from '../report';
import { restoreView } from '../state/restoreView';
import { createItem, createPopover } from './popover';

/** Everything to start from, by groups. Choosing one is an edit, and undone like one. */
export function createPresets(actions: Actions, strings: Strings): Part {
  const list = make('div', { class: 'items' });
  const popover = createPopover(strings.presets, strings.presetsTitle, [list], 'library');
  let shown: readonly PresetTitle[] = [];

  const item = ({ id, title, description, view }: PresetTitle): HTMLElement =>
    createItem(
      title,
      () => {
        popover.close();
        const { slices, limits, rgb } = restoreView(view);
        actions.look({ slices, limits, rgb });
        reportTo(actions)(actions.host.preset(id));
      },
      description,
    );

  return {
    element: popover.element,
    update({ presets }) {
      if (presets === shown) return;
      shown = presets;
      const groups = [...new Set(presets.map(({ group }) => group))];
      list.replaceChildren(
        ...groups.flatMap((group) => [
          make('h2', {}, group),
          ...presets.filter((each) => each.group === group).map(item),
        ]),
      );
    },
  };
}
