import { type LessonId, TASKS } from '../../src/core/learn/tasks';
import type { LessonPage, LessonTitle } from '../../src/protocol/learn';
import type { Strings } from '../../src/protocol/strings';
import { button } from '../controls';
import { make, setHidden } from '../dom';
import type { Actions, Model, Part } from '../model';
import { reportTo } from '../report';
import { restoreView } from '../state/restoreView';
import { lessonList } from './lessonList';
import { createLessonSheet, type LessonSheet } from './lessonSheet';
import { createSentences } from './sentences';
import { workOf } from './workOf';

const isLesson = (id: string): id is LessonId => Object.hasOwn(TASKS, id);

/**
 * What the document has to teach: the page of the lesson that it is of, with its task; else the operation in four
 * sentences and the way to the lessons.
 */
export function createLearnPane(actions: Actions, strings: Strings): Part {
  const { host } = actions;
  const report = reportTo(actions);
  const sentences = createSentences(strings);
  const all = button(strings.lessonsAll, () => showList());
  all.label(strings.lessonsAll, strings.lessonsAllTitle);
  const plain = make('div', {}, sentences.element, make('p', {}, all.element));
  const room = make('div', { class: 'lesson-room' });
  const element = make('div', { class: 'learn-pane' }, plain, room);

  let model: Model | undefined;
  /** The lesson that was asked for, its sheet once it is there, and whether its task has been told as done. */
  let asked: string | undefined;
  let sheet: LessonSheet | undefined;
  let told = false;

  const show = (content: HTMLElement | undefined): void => {
    room.replaceChildren(...(content ? [content] : []));
    setHidden(plain, content !== undefined);
  };
  const open = (id: string): void => {
    report(
      host.openLesson(id).then((view) => {
        if (view === undefined) return;
        const { stage, sub, step, slices, limits, rgb, chain, formula, folded, tab, zoom } = restoreView(view);
        actions.look({ stage, sub, step, slices, limits, rgb, chain, formula, folded, tab, zoom });
        // The lesson that was shown may be the same one, begun anew.
        load(id);
      }),
    );
  };
  const showList = (): void => {
    report(
      host.lessons().then((titles) => {
        sheet = undefined;
        const list = lessonList(titles, asked, strings, open);
        show(list);
        list.querySelector<HTMLElement>('[aria-current], button')?.focus();
      }),
    );
  };
  const showSheet = (page: LessonPage, titles: readonly LessonTitle[]): void => {
    sheet = createLessonSheet(page, titles, strings, { open, list: showList });
    told = false;
    show(sheet.element);
    element.scrollTop = 0;
    if (model) look(model);
  };
  const load = (id: string | undefined): void => {
    asked = id;
    sheet = undefined;
    if (id === undefined) {
      show(undefined);
      return;
    }
    report(
      Promise.all([host.lesson(id), host.lessons()]).then(([page, titles]) => {
        if (asked !== id) return;
        if (page) showSheet(page, titles);
        else show(undefined);
      }),
    );
  };
  const look = (now: Model): void => {
    if (!sheet || asked === undefined || !isLesson(asked)) return;
    const done = TASKS[asked](workOf(now));
    sheet.setDone(done);
    if (!done || told) return;
    told = true;
    report(host.lessonDone(asked));
  };

  return {
    element,
    update(now) {
      model = now;
      if (now.edited.head.lesson !== asked) load(now.edited.head.lesson);
      if (!plain.hidden) sentences.update(now);
      look(now);
    },
  };
}
