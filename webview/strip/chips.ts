import { make, setText } from '../dom';

/** What differs from its default, in few words each. What has no room is counted at *more*. */
export interface Chips {
  readonly element: HTMLElement;
  show(texts: readonly string[]): void;
}

/**
 * `counted` gets the chips that are not seen. Chips stand after *more*, so that the count moves nothing but them.
 */
export function createChips(counted: (hidden: readonly string[]) => void): Chips {
  const element = make('span', { class: 'chips' });
  let shown: readonly string[] = [];

  const hidden = (): readonly string[] => {
    const chips = [...element.children].filter((each) => each instanceof HTMLElement);
    const first = chips.at(0)?.offsetTop ?? 0;
    // A chip without room has gone to a line of its own, which is not seen; the first may be cut off where it stands.
    const isSeen = (chip: HTMLElement): boolean =>
      chip.offsetParent !== null && chip.offsetTop === first && chip.offsetWidth <= element.clientWidth;
    const unseen = chips.filter((chip) => !isSeen(chip));
    for (const chip of chips) chip.style.visibility = unseen.includes(chip) ? 'hidden' : '';
    return shown.filter((_, at) => unseen.includes(chips[at]));
  };
  const count = (): void => {
    // The count itself takes room that a chip had; what then goes too is counted the second time.
    counted(hidden());
    counted(hidden());
  };
  new ResizeObserver(count).observe(element);

  return {
    element,
    show(texts) {
      if (texts.join() === shown.join()) return;
      shown = texts;
      element.replaceChildren(
        ...texts.map((text) => {
          const chip = make('span', { class: 'chip' });
          setText(chip, text);
          return chip;
        }),
      );
      count();
    },
  };
}
