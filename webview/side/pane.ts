import { make, setHidden, uniqueId } from '../dom';
import type { Model, Part } from '../model';
import type { PaneName } from '../view';

export interface PaneContent {
  readonly name: PaneName;
  readonly title: string;
  readonly body: Part;
  /** Said in the header, after the title. */
  readonly summary?: HTMLElement;
  /** Icons at the header's end. */
  readonly tools?: HTMLElement;
  /** Whether there is something to be seen in it; always, where it does not say. */
  isThere?(model: Model): boolean;
}

export interface Pane {
  readonly name: PaneName;
  readonly section: HTMLElement;
  show(open: boolean): void;
  update(model: Model): void;
}

/** One foldable pane, with a header as VS Code's own views have. */
export function createPane({ name, title, body, summary, tools, isThere }: PaneContent, press: () => void): Pane {
  const id = uniqueId('pane');
  const button = make(
    'button',
    { type: 'button', class: 'pane-title', 'aria-controls': id },
    make('span', { class: 'icon icon-chevron-right' }),
    title,
  );
  button.addEventListener('click', press);
  const header = make('header', {}, make('h2', {}, button), ...(summary ? [summary] : []), ...(tools ? [tools] : []));
  const content = make('div', { class: 'pane-body', id, role: 'group', 'aria-label': title }, body.element);
  const section = make('section', { class: 'pane', 'data-pane': name }, header, content);
  return {
    name,
    section,
    show(open) {
      button.setAttribute('aria-expanded', String(open));
      section.classList.toggle('open', open);
      content.hidden = !open;
    },
    update: (model) => {
      if (isThere) setHidden(section, !isThere(model));
      body.update(model);
    },
  };
}
