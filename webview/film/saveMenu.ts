import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { checkbox, tool } from '../controls';
import { make, setHidden, setText } from '../dom';
import { PRINT, themePrint } from '../drawing/palette';
import type { Picture } from '../drawing/svgText';
import type { Actions } from '../model';
import { createItem, createPopover } from '../parts/popover';
import { reportTo } from '../report';
import { type Film, type Focus, placeOfStep, type Room, stepsOf } from './film';
import { saveAnimatedSvg, saveGif, saveStill } from './saveFilm';

/** Files are of one size, whatever the panel has: what a slide has room for. */
const ROOM: Room = { width: 960, height: 540 };

/** What is saved: a film, at a step, with what is pointed at. */
export interface Showing {
  readonly film: Film;
  readonly step: number;
  readonly focus: Focus;
}

/** Saves the step on show as a picture, or steps as a film; while a film is being made, counts and breaks off. */
export function createSaveMenu(
  actions: Actions,
  strings: Strings,
  showing: () => Showing | undefined,
): { readonly element: HTMLElement } {
  const report = reportTo(actions);
  const onPaper = checkbox(strings.onPaper, () => undefined);
  const print = (): typeof PRINT => (onPaper.checked ? PRINT : themePrint());
  const pictures = ({ film, focus }: Showing, first: number, count: number): readonly Picture[] =>
    Array.from({ length: count }, (_, at) => film.frame(first + at, ROOM, focus));
  let cancelled = false;
  const count = make('span', { class: 'counter' });
  const cancel = tool('close', strings.cancel, () => (cancelled = true));
  const progress = make('span', { class: 'saving', hidden: '' }, count, cancel.element);

  const still = (kind: 'png' | 'svg') => (now: Showing) =>
    saveStill(actions.host, kind, pictures(now, now.step, 1)[0], print());
  const gif = async (now: Showing, first: number, steps: number): Promise<void> => {
    cancelled = false;
    setHidden(progress, false);
    try {
      await saveGif(actions.host, pictures(now, first, steps), print(), (done) => {
        setText(count, format(strings.savingStep, [done, steps]));
        return !cancelled;
      });
    } finally {
      setHidden(progress, true);
    }
  };
  const ofPhase = (now: Showing): Promise<void> => {
    const { phase, within } = placeOfStep(now.film, now.step);
    return gif(now, now.step - within, now.film.phases[phase].steps.length);
  };
  const item = (text: string, save: (now: Showing) => Promise<void>): HTMLElement =>
    createItem(text, () => {
      popover.close();
      const now = showing();
      if (now) report(save(now));
    });
  const popover = createPopover(
    strings.saveDrawing,
    strings.saveDrawing,
    [
      make(
        'div',
        { class: 'items' },
        item(strings.saveStepPng, still('png')),
        item(strings.saveStepSvg, still('svg')),
        item(strings.saveAllGif, (now) => gif(now, 0, stepsOf(now.film))),
        item(strings.savePhaseGif, ofPhase),
        item(strings.saveAllSvg, (now) => saveAnimatedSvg(actions.host, pictures(now, 0, stepsOf(now.film)), print())),
      ),
      onPaper.element,
    ],
    'export',
  );
  return { element: make('span', { class: 'save-film' }, popover.element, progress) };
}
