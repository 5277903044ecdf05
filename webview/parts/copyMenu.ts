import { copyAs, type Language, LANGUAGE_NAMES, LANGUAGES } from '../../src/core/explain/copyAs';
import type { Strings } from '../../src/protocol/strings';
import type { Actions, Model, Part } from '../model';
import { make } from '../dom';
import { reportTo } from '../report';
import { valuesToCopy } from '../state/valuesToCopy';
import { createItem, createPopover } from './popover';

/** Copies the operation as code or as a formula. */
export function createCopyMenu(actions: Actions, strings: Strings): Part {
  let model: Model | undefined;
  const copy = (language: Language): void => {
    const { plan, head } = model?.edited ?? {};
    popover.close();
    if (!plan || !head) return;
    const values = model && valuesToCopy(model);
    const text = copyAs(language, { plan, dtype: head.dtype, bias: head.biasShape !== undefined, values });
    reportTo(actions)(actions.host.copy(text, LANGUAGE_NAMES[language]));
  };
  const items = LANGUAGES.map((language) => createItem(LANGUAGE_NAMES[language], () => copy(language)));
  const popover = createPopover(
    strings.copyAs,
    strings.copyAsTitle,
    [make('div', { class: 'items' }, ...items)],
    'copy',
  );
  return {
    element: popover.element,
    update(now) {
      model = now;
      popover.control.enable(now.edited.plan !== undefined);
    },
  };
}
