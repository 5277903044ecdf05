import { ARTEFACTS } from './chapters/artefacts';
import { CONVOLUTION } from './chapters/convolution';
import { DECODERS } from './chapters/decoders';
import { MATRIX } from './chapters/matrix';
import { PRINTED } from './chapters/printed';
import { TRANSPOSED } from './chapters/transposed';
import type { Lesson } from './lesson';

/** All lessons, in the order in which they are to be read. */
export const LESSONS: readonly Lesson[] = [
  ...CONVOLUTION,
  ...MATRIX,
  ...TRANSPOSED,
  ...ARTEFACTS,
  ...DECODERS,
  ...PRINTED,
];

export function findLesson(id: string | undefined): Lesson | undefined {
  return LESSONS.find((lesson) => lesson.id === id);
}
