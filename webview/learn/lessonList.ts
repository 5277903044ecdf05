import { format } from '../../src/core/problem';
import type { LessonTitle } from '../../src/protocol/learn';
import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';

/** All lessons by chapters, each a button; those that have been done are marked. */
export function lessonList(
  titles: readonly LessonTitle[],
  shown: string | undefined,
  strings: Strings,
  choose: (id: string) => void,
): HTMLElement {
  const item = ({ id, title, done }: LessonTitle): HTMLElement => {
    const button = make(
      'button',
      { type: 'button', class: 'lesson-item', 'aria-label': done ? format(strings.lessonListed, [title]) : title },
      make('span', { class: `icon icon-${done ? 'pass' : 'circle-large'}`, 'aria-hidden': 'true' }),
      title,
    );
    if (id === shown) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => choose(id));
    return button;
  };
  const chapters = [...new Set(titles.map(({ chapter }) => chapter))];
  return make(
    'div',
    { class: 'lesson-list' },
    ...chapters.flatMap((chapter) => [
      make('h3', {}, chapter),
      ...titles.filter((each) => each.chapter === chapter).map(item),
    ]),
  );
}
