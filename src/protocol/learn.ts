/** A line of the list of lessons, in the user's language. */
export interface LessonTitle {
  readonly id: string;
  readonly chapter: string;
  readonly title: string;
  /** Its task has been done, in this document or another, now or earlier. */
  readonly done: boolean;
}

/** The page of a lesson, in the user's language. */
export interface LessonPage extends LessonTitle {
  readonly text: readonly string[];
  readonly task: string;
}
