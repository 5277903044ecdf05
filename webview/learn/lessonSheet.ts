import { format } from '../../src/core/problem';
import type { LessonPage, LessonTitle } from '../../src/protocol/learn';
import type { Strings } from '../../src/protocol/strings';
import { button } from '../controls';
import { make, setText } from '../dom';

/** The page of one lesson, and whether its task is done. */
export interface LessonSheet {
  readonly element: HTMLElement;
  setDone(done: boolean): void;
}

interface Ways {
  open(id: string): void;
  list(): void;
}

export function createLessonSheet(
  page: LessonPage,
  titles: readonly LessonTitle[],
  strings: Strings,
  { open, list }: Ways,
): LessonSheet {
  const at = titles.findIndex(({ id }) => id === page.id);
  const [before, next] = [at > 0 ? titles[at - 1] : undefined, titles.at(at + 1)];
  const mark = make('span', { class: 'icon icon-circle-large', 'aria-hidden': 'true' });
  const state = make('strong', {}, page.done ? strings.lessonDoneBefore : strings.lessonTry);
  const task = make('div', { class: 'lesson-task' }, mark, make('div', {}, state, make('p', {}, page.task)));
  // Said once, when it is done.
  const spoken = make('output', { class: 'for-screen-readers', 'aria-live': 'polite' });
  const ways = make('div', { class: 'lesson-ways' });
  if (before) {
    const back = button(`←`, () => open(before.id));
    back.element.title = format(strings.lessonBack, [before.title]);
    back.element.setAttribute('aria-label', back.element.title);
    ways.append(back.element);
  }
  const forth = next && button(format(strings.lessonNext, [next.title]), () => open(next.id), 'primary');
  ways.append(
    ...(forth ? [forth.element] : [make('span', {}, strings.lessonEnd)]),
    button(strings.lessonsAll, list).element,
  );
  const element = make(
    'article',
    { class: 'lesson' },
    make('p', { class: 'lesson-place' }, format(strings.lessonPlace, [page.chapter, at + 1, titles.length])),
    make('h3', {}, page.title),
    ...page.text.map((paragraph) => make('p', {}, paragraph)),
    task,
    ways,
    spoken,
  );
  let shown = false;
  return {
    element,
    setDone(done) {
      if (done === shown) return;
      shown = done;
      task.classList.toggle('done', done);
      mark.className = `icon icon-${done ? 'pass' : 'circle-large'}`;
      setText(state, done ? strings.lessonDone : page.done ? strings.lessonDoneBefore : strings.lessonTry);
      setText(
        spoken,
        done
          ? format(strings.lessonNowDone, [next ? format(strings.lessonNext, [next.title]) : strings.lessonEnd])
          : '',
      );
    },
  };
}
