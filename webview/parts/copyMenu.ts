import { copyAs, type Language, LANGUAGES } from '../../src/core/explain/copyAs';
import type { Strings } from '../../src/protocol/strings';
import type { Actions, Model, Part } from '../model';
import { make } from '../dom';
import { valuesToCopy } from '../state/valuesToCopy';
import { createItem, createPopover } from './popover';

const NAMES: Readonly<Record<Language, string>> = {
  pytorch: 'PyTorch',
  keras: 'Keras',
  jax: 'JAX',
  numpy: 'NumPy',
  latex: 'LaTeX',
};

/** Copies the operation as code or as a formula. */
export function createCopyMenu(actions: Actions, strings: Strings): Part {
  let model: Model | undefined;
  const copy = (language: Language): void => {
    const { plan, head } = model?.edited ?? {};
    popover.close();
    if (!plan || !head) return;
    const values = model && valuesToCopy(model);
    const text = copyAs(language, { plan, dtype: head.dtype, bias: head.biasShape !== undefined, values });
    actions.host.copy(text, NAMES[language]).catch((error: unknown) => actions.announce(String(error)));
  };
  const items = LANGUAGES.map((language) => createItem(NAMES[language], () => copy(language)));
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
