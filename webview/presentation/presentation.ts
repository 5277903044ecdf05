import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';
import type { Actions, Model } from '../model';
import { reportTo } from '../report';
import type { StageView } from '../views/contract';

export interface Presentation {
  /** Lies over the stage for a moment: which keys there are. */
  readonly element: HTMLElement;
  begin(): void;
  update(model: Model): void;
}

/** How long the keys are told, in milliseconds. */
const TOLD_MS = 5000;
/** What the keys of a remote for slides stand for on the timeline. */
const STEPS: Readonly<Record<string, string>> = {
  PageDown: 'ArrowRight',
  PageUp: 'ArrowLeft',
  ArrowRight: 'ArrowRight',
  ArrowLeft: 'ArrowLeft',
  ' ': ' ',
  Home: 'Home',
  End: 'End',
};

const isIn = (event: KeyboardEvent, selector: string): boolean =>
  event.composedPath().some((each) => each instanceof Element && each.matches(selector));

/**
 * The stage alone, for a projector. Keys step wherever the focus is, but where they mean something already: in a grid,
 * in a field, on a button. A number goes to the view of that place, since the switch of views is not on show.
 */
export function createPresentation(
  page: HTMLElement,
  views: readonly Pick<StageView, 'id' | 'stage'>[],
  actions: Actions,
  strings: Strings,
): Presentation {
  const element = make('output', { class: 'presentation-keys', 'aria-live': 'polite' });
  let model: Model | undefined;
  let on = false;

  const stageOf = (now: Model): HTMLElement | undefined =>
    (views.find(({ id }) => id === now.view.stage) ?? views.at(0))?.stage.element;
  const tell = (): void => {
    element.textContent = strings.presentation;
    setTimeout(() => (element.textContent = ''), TOLD_MS);
  };
  const focusDrawing = (): HTMLElement | undefined => {
    const drawing = model && stageOf(model)?.querySelector<HTMLElement>('.film-canvas, [role="grid"]');
    drawing?.focus();
    return drawing ?? undefined;
  };
  const set = (presenting: boolean): void => {
    on = presenting;
    actions.look({ presenting });
    reportTo(actions)(actions.host.presenting(presenting));
    if (!presenting) return;
    tell();
    focusDrawing();
  };

  // On the document: with the view that had it, the focus goes too, and keys then come to no element of the page.
  document.addEventListener('keydown', (event) => {
    if (!on || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      set(false);
      return;
    }
    if (isIn(event, '[role="grid"], input, textarea, vscode-text-field')) return;
    const view = /^[1-9]$/.test(event.key) ? views.at(Number(event.key) - 1) : undefined;
    if (view) {
      event.preventDefault();
      actions.look({ stage: view.id, sub: '', step: 0 });
      return;
    }
    const key = STEPS[event.key];
    if (key === undefined || (isIn(event, 'button, [role="radio"]') && !event.key.startsWith('Page'))) return;
    const drawing = model && stageOf(model)?.querySelector('.film-canvas');
    if (!drawing) return;
    event.preventDefault();
    drawing.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: event.shiftKey }));
  });

  return {
    element,
    begin: () => set(true),
    update(now) {
      model = now;
      page.classList.toggle('presenting', now.view.presenting);
    },
  };
}
