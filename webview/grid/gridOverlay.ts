import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';

export interface Choice {
  readonly text: string;
  choose(): void;
}

export interface Submission {
  readonly backwards: boolean;
  /** False once the prompt has been closed, or asked again: an answer that comes late changes nothing any more. */
  isWanted(): boolean;
}

/** A line to type into, which answers beneath what came of it. */
export interface Prompt {
  readonly label: string;
  readonly hint: string;
  /** Buttons for backwards and forwards; without them Enter is all there is. */
  readonly steps?: readonly [back: string, on: string];
  /** What came of the text, to be read beneath it; nothing when the prompt is done. */
  submit(text: string, how: Submission): Promise<string | undefined> | string | undefined;
}

/** A small panel beside a grid, over whatever is there: nothing on the page moves for it. */
export interface GridOverlay {
  readonly element: HTMLElement;
  ask(question: string, choices: readonly Choice[]): void;
  prompt(prompt: Prompt): void;
  /** False when it was not open. */
  close(): boolean;
}

/** Least distance from the edges of the page, in CSS pixels. */
const EDGE = 4;

/** `anchor` is the grid's frame; the focus goes back to `home`. */
export function createGridOverlay(anchor: HTMLElement, home: HTMLElement, strings: Strings): GridOverlay {
  // In the browser's top layer, so that no box clips it; `manual`, because the answer to a question is not given by a
  // click elsewhere.
  const element = make('div', { class: 'grid-overlay', popover: 'manual', role: 'dialog' });

  const place = (): void => {
    const { left, right, top, bottom } = anchor.getBoundingClientRect();
    const { width, height } = element.getBoundingClientRect();
    const below = bottom + 2 + height + EDGE <= window.innerHeight;
    element.style.left = `${Math.max(EDGE, Math.min(left, right, window.innerWidth - width - EDGE))}px`;
    element.style.top = `${below ? bottom + 2 : Math.max(EDGE, top - height - 2)}px`;
  };
  const open = (label: string, ...content: readonly Node[]): void => {
    element.setAttribute('aria-label', label);
    element.replaceChildren(...content);
    if (!element.matches(':popover-open')) element.showPopover();
    place();
  };
  const close = (): boolean => {
    if (!element.matches(':popover-open')) return false;
    const held = element.contains(document.activeElement);
    element.hidePopover();
    element.replaceChildren();
    if (held) home.focus({ preventScroll: true });
    return true;
  };
  const push = (text: string, press: () => void): HTMLButtonElement => {
    const button = make('button', { type: 'button', class: 'overlay-button' }, text);
    button.addEventListener('click', press);
    return button;
  };

  for (const event of ['scroll', 'resize'])
    window.addEventListener(event, () => element.matches(':popover-open') && place(), { capture: true, passive: true });
  element.addEventListener('keydown', (event) => {
    // What is typed here is not for VS Code, nor for the page.
    event.stopPropagation();
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    close();
  });

  return {
    element,
    close,
    ask(question, choices) {
      const buttons = choices.map(({ text, choose }) =>
        push(text, () => {
          close();
          choose();
        }),
      );
      open(question, make('p', { class: 'overlay-text' }, question), make('div', { class: 'overlay-row' }, ...buttons));
      buttons[0]?.focus({ preventScroll: true });
    },
    prompt({ label, hint, steps, submit }) {
      const input = make('input', { type: 'text', spellcheck: 'false', autocomplete: 'off', placeholder: hint });
      input.setAttribute('aria-label', label);
      const answer = make('div', { class: 'overlay-answer', role: 'status' });
      setHidden(answer, true);
      let asked = 0;
      const go = async (backwards: boolean): Promise<void> => {
        const mine = ++asked;
        const isWanted = (): boolean => mine === asked && input.isConnected;
        const said = await submit(input.value, { backwards, isWanted });
        if (!isWanted()) return;
        if (said === undefined) {
          close();
          return;
        }
        setText(answer, said);
        setHidden(answer, false);
        place();
      };
      const fail = (error: unknown): void => {
        setText(answer, error instanceof Error ? error.message : String(error));
        setHidden(answer, false);
      };
      const run = (backwards: boolean): void => {
        go(backwards).catch(fail);
      };
      input.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || event.isComposing) return;
        event.preventDefault();
        run(event.shiftKey);
      });
      const row = make(
        'div',
        { class: 'overlay-row' },
        input,
        ...(steps ? [push(steps[0], () => run(true)), push(steps[1], () => run(false))] : []),
        push(strings.close, close),
      );
      open(label, row, answer);
      input.focus({ preventScroll: true });
    },
  };
}
