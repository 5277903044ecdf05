import type { Target } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';
import { button } from '../controls';
import { make } from '../dom';

export interface Notice {
  readonly message: string;
  readonly severity: 'error' | 'info';
  readonly at?: Target;
}

export interface Notices {
  readonly element: HTMLElement;
  show(notice: Notice): void;
}

/** Nobody reads more than these at a time. */
const MOST = 3;
/** How long what is not an error stays, in ms. */
const STAY_MS = 8000;

/** Messages of the host, newest first; errors stay until they are dismissed. Read out as they come. */
export function createNotices(strings: Strings): Notices {
  const element = make('div', { class: 'notices', role: 'status', 'aria-live': 'polite' });
  const names: Readonly<Record<Target, string>> = { input: strings.input, weight: strings.kernel, bias: strings.bias };
  return {
    element,
    show({ message, severity, at }) {
      const text = at ? `${names[at]}: ${message}` : message;
      const dismiss = button(strings.dismiss, () => row.remove());
      const row = make('div', { class: `notice ${severity}` }, make('span', {}, text), dismiss.element);
      element.prepend(row);
      while (element.children.length > MOST) element.lastElementChild?.remove();
      if (severity === 'info') setTimeout(() => row.remove(), STAY_MS);
    },
  };
}
