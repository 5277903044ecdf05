import { format } from '../../src/core/problem';
import type { SaveKind } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';
import { button } from '../controls';
import { make } from '../dom';
import type { Actions, GridName, Part } from '../model';
import { createFills } from './fills';
import { createItem, createPopover } from './popover';
import { createRgbSwitch } from './rgbSwitch';

/** What can be done to a whole tensor: filled, read from a file, written to one, looked at as colour. */
export function createTensorTools(name: GridName, actions: Actions, strings: Strings): Part {
  const element = make('div', { class: 'tensor-tools' });
  const titles: Readonly<Record<GridName, string>> = { input: strings.input, weight: strings.kernel, output: strings.output };
  const report = (answer: Promise<void>): void => {
    answer.catch((error: unknown) => actions.announce(error instanceof Error ? error.message : String(error)));
  };
  const save = createPopover(strings.save, format(strings.saveTitle, [titles[name]]), [
    make('div', { class: 'items' }, ...(['npy', 'csv'] as const satisfies readonly SaveKind[]).map((kind) =>
      createItem(kind === 'npy' ? strings.saveNpy : strings.saveCsv, () => {
        save.close();
        report(actions.host.save(kind, name));
      }),
    )),
  ]);
  const parts: Part[] = [createRgbSwitch(name, actions, strings)];
  if (name !== 'output') {
    const open = button(strings.openFile, () => report(actions.host.pick(name)));
    open.label(strings.openFile, format(strings.openFileTitle, [titles[name]]));
    const fills = createFills(name, actions, strings);
    parts.unshift(fills);
    element.append(fills.element, open.element);
  }
  element.append(save.element, parts[parts.length - 1].element);
  return {
    element,
    update(model) {
      for (const part of parts) part.update(model);
    },
  };
}
