import * as vscode from 'vscode';
import { Door } from '../../core/door';
import { lessonOf } from '../../core/learn/lesson';
import { findLesson } from '../../core/learn/lessons';
import type { InspectorDocument } from '../../core/state/document';
import type { PanelHostApi } from '../../protocol/panel';
import type { Session } from '../session/session';
import { lessonPage, lessonTitles } from './lessonPages';
import type { Progress } from './progress';

type LessonMethods = Pick<PanelHostApi, 'lessons' | 'lesson' | 'openLesson' | 'lessonDone'>;

const LONGEST = 100;
const idOf = (id: unknown): string => new Door(id, 'lesson').text(LONGEST);

/**
 * What the page may ask about lessons. `open` opens a document of its own: a lesson never takes the place of a user's
 * work, only that of another lesson, and that as an edit, which can be undone.
 */
export function lessonMethods(
  session: Session,
  progress: Progress,
  open: (document: InspectorDocument) => Promise<unknown>,
): LessonMethods {
  return {
    lessons: () => lessonTitles(progress),
    lesson: (id) => lessonPage(idOf(id), progress),
    openLesson: async (id) => {
      const lesson = findLesson(idOf(id));
      if (!lesson) return undefined;
      const document = lesson.build();
      if (lessonOf(session.document) === undefined) {
        await open(document);
        return undefined;
      }
      session.apply({ kind: 'replaceDocument', document, label: vscode.l10n.t(lesson.title) });
      return lesson.view;
    },
    lessonDone: (id) => progress.add(idOf(id)),
  };
}
