import { format } from '../../src/core/problem';
import { COPY_FORMATS, type CopyFormat, type SaveKind } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';
import { tool } from '../controls';
import { make } from '../dom';
import { type GridName, gridTitles } from '../gridName';
import type { Actions, Model, Part } from '../model';
import { reportTo } from '../report';
import { createFills } from './fills';
import { pictureOf } from './picture';
import { createItem, createPopover } from './popover';
import { createRgbSwitch } from './rgbSwitch';

type FileKind = Extract<SaveKind, 'npy' | 'npz' | 'csv' | 'png' | 'svg'>;

/** Proper names, never translated. */
const COPY_NAMES: Readonly<Record<CopyFormat, string>> = {
  numpy: 'NumPy',
  torch: 'PyTorch',
  json: 'JSON',
  tsv: 'TSV',
  latex: 'LaTeX',
};

/** What can be done to a whole tensor: filled, read from a file, written to one, looked at as colour. */
export function createTensorTools(name: GridName, actions: Actions, strings: Strings): Part {
  const element = make('div', {
    class: 'tensor-tools',
    role: 'group',
    'aria-label': format(strings.toolsOf, [gridTitles(strings)[name]]),
  });
  const titles = gridTitles(strings);
  const report = reportTo(actions);
  let model: Model | undefined;
  const write = async (kind: FileKind): Promise<void> => {
    if (kind === 'npy' || kind === 'npz' || kind === 'csv') return actions.host.save(kind, name);
    const picture = model && (await pictureOf(kind, name, model));
    if (picture) await actions.host.save(kind, name, picture);
  };
  const kinds: readonly (readonly [kind: FileKind, text: string])[] = [
    ['npy', strings.saveNpy],
    ['npz', strings.saveNpz],
    ['csv', strings.saveCsv],
    ['png', strings.savePng],
    ['svg', strings.saveSvg],
  ];
  const items = kinds.map(([kind, text]) =>
    createItem(text, () => {
      save.close();
      report(write(kind));
    }),
  );
  const save = createPopover(
    strings.save,
    format(strings.saveTitle, [titles[name]]),
    [make('div', { class: 'items' }, ...items)],
    'export',
  );
  const copies = COPY_FORMATS.map((as) =>
    createItem(COPY_NAMES[as], () => {
      copy.close();
      report(actions.host.copyTensor(name, as));
    }),
  );
  const copy = createPopover(
    strings.copyAs,
    format(strings.copyValuesTitle, [titles[name]]),
    [make('div', { class: 'items' }, ...copies)],
    'copy',
  );
  const parts: Part[] = [createRgbSwitch(name, actions, strings)];
  if (name !== 'output') {
    const open = tool('folder-opened', format(strings.openFileTitle, [titles[name]]), () =>
      report(actions.host.pick(name)),
    );
    const fills = createFills(name, actions, strings);
    parts.unshift(fills);
    element.append(fills.element, open.element);
  }
  element.append(save.element, copy.element, parts[parts.length - 1].element);
  const all = (): readonly HTMLElement[] => [...element.querySelectorAll<HTMLElement>('button.tool, vscode-dropdown')];
  /** Not Tab stops: a grid is one, and its own key comes here. The toolkit makes its dropdown one when it is shown. */
  const unstop = (): void => {
    for (const each of all()) if (each.getAttribute('tabindex') !== '-1') each.setAttribute('tabindex', '-1');
  };
  unstop();
  element.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || target.closest('.popover')) return;
    const shown = all().filter((each) => each.getClientRects().length > 0 && !each.closest('.popover'));
    const at = shown.findIndex((each) => each.contains(target));
    if (at < 0) return;
    const grid = element.closest('.tensor')?.querySelector<HTMLElement>('[role="grid"]');
    if (key === 'Escape' && target.getAttribute('aria-expanded') !== 'true') grid?.focus();
    else if (key === 'ArrowRight' || key === 'ArrowLeft')
      shown.at((at + (key === 'ArrowRight' ? 1 : -1)) % shown.length)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    element,
    update(now) {
      model = now;
      for (const part of parts) part.update(now);
      unstop();
    },
  };
}
