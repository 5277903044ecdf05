/** The texts around the lessons, and of a presentation. */
export const LEARN_STRINGS = {
  lessonsAll: 'All lessons',
  lessonsAllTitle: 'Lessons on convolution and transposed convolution, each with something to try',
  lessonPlace: '{0} · {1} of {2}',
  lessonTry: 'Try it',
  lessonDone: 'Done',
  lessonDoneBefore: 'Done before',
  lessonNowDone: 'Done. {0}',
  lessonBack: 'Previous lesson: {0}',
  lessonNext: 'Next: {0}',
  lessonEnd: 'That was the last lesson.',
  lessonListed: '{0}, done',
  presentation: 'Presentation: ← → step, space plays, Escape ends',
} as const;
