import type { Strings } from '../../src/protocol/strings';
import { checkbox } from '../controls';
import { make } from '../dom';
import { PRINT, type Print, themePrint } from '../drawing/palette';
import type { Picture } from '../drawing/svgText';
import type { Actions } from '../model';
import { createItem } from '../parts/popover';
import { reportTo } from '../report';
import { saveStill } from './saveFilm';

/** Items of a menu that save what is on show as a picture; nothing is saved while there is none. */
export function createStillItems(
  actions: Actions,
  strings: Strings,
  close: () => void,
  picture: (print: Print) => Picture | Promise<Picture> | undefined,
): { readonly items: readonly HTMLElement[]; readonly onPaper: HTMLElement } {
  const onPaper = checkbox(strings.onPaper, () => undefined);
  const save = async (kind: 'png' | 'svg'): Promise<void> => {
    const print = onPaper.checked ? PRINT : themePrint();
    const made = await picture(print);
    if (made) await saveStill(actions.host, kind, made, print);
  };
  const item = (kind: 'png' | 'svg', text: string): HTMLElement =>
    createItem(text, () => {
      close();
      reportTo(actions)(save(kind));
    });
  return {
    items: [item('png', strings.savePicturePng), item('svg', strings.savePictureSvg)],
    onPaper: make('div', {}, onPaper.element),
  };
}
