import { make } from '../dom';
import type { Words } from './scene';

const shown = new WeakMap<HTMLElement, string>();

/** Writes words with their colours into an element, if they are others than before. */
export function showWords(element: HTMLElement, words: Words): void {
  const text = JSON.stringify(words);
  if (shown.get(element) === text) return;
  shown.set(element, text);
  element.replaceChildren(
    ...words.map(({ text: part, ink, bold, sub }) =>
      make(sub ? 'sub' : 'span', { class: `i-${ink ?? 'ink'}${bold ? ' bold' : ''}` }, part),
    ),
  );
}
