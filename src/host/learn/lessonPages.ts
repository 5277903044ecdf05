import * as vscode from 'vscode';
import { CHAPTER_TITLES, type Lesson } from '../../core/learn/lesson';
import { findLesson, LESSONS } from '../../core/learn/lessons';
import type { LessonPage, LessonTitle } from '../../protocol/learn';
import type { Progress } from './progress';

const titleOf = ({ id, chapter, title }: Lesson, progress: Progress): LessonTitle => ({
  id,
  chapter: vscode.l10n.t(CHAPTER_TITLES[chapter]),
  title: vscode.l10n.t(title),
  done: progress.isDone(id),
});

export const lessonTitles = (progress: Progress): readonly LessonTitle[] =>
  LESSONS.map((lesson) => titleOf(lesson, progress));

/** The page of a lesson; nothing for one that this version does not have. */
export function lessonPage(id: string, progress: Progress): LessonPage | undefined {
  const lesson = findLesson(id);
  return (
    lesson && {
      ...titleOf(lesson, progress),
      text: lesson.text.map((paragraph) => vscode.l10n.t(paragraph)),
      task: vscode.l10n.t(lesson.task),
    }
  );
}

/** Lets the user choose a lesson; nothing when they break off. */
export async function chooseLesson(progress: Progress): Promise<Lesson | undefined> {
  const titles = lessonTitles(progress);
  const chapters = [...new Set(titles.map(({ chapter }) => chapter))];
  const items = chapters.flatMap((chapter): (vscode.QuickPickItem & { readonly id?: string })[] => [
    { label: chapter, kind: vscode.QuickPickItemKind.Separator },
    ...titles
      .filter((each) => each.chapter === chapter)
      .map(({ id, title, done }) => ({
        id,
        label: title,
        iconPath: new vscode.ThemeIcon(done ? 'pass' : 'circle-large-outline'),
        description: done ? vscode.l10n.t('done') : '',
      })),
  ]);
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which lesson?') });
  return findLesson(picked?.id);
}
