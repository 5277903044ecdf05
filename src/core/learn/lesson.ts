import { type Square, squareOperation } from '../presets/preset';
import type { Tensor } from '../operation';
import type { InspectorDocument, ViewState } from '../state/document';
import type { LessonId } from './tasks';

/** English titles of the chapters, in their order; the host translates them. */
export const CHAPTER_TITLES = {
  convolution: 'Convolution',
  matrix: 'As a matrix',
  transposed: 'Transposed convolution',
  artefacts: 'Where it goes wrong',
  decoders: 'In a real decoder',
  printed: 'What is printed wrong',
} as const;

export type Chapter = keyof typeof CHAPTER_TITLES;

/**
 * A page beside a document: what there is to see, and something small to try, of which `TASKS` says whether it is done.
 * Texts are English; the host translates them.
 */
export interface Lesson {
  readonly id: LessonId;
  readonly chapter: Chapter;
  readonly title: string;
  /** Paragraphs. */
  readonly text: readonly string[];
  /** What to try, and where. */
  readonly task: string;
  /** How the document is looked at to begin with, in the form of a view that was remembered. */
  readonly view: ViewState;
  /** The same document every time. */
  build(): InspectorDocument;
}

/** Origins of documents that are of a lesson. */
const PREFIX = 'learn/';
export const originOf = (id: LessonId): InspectorDocument['origin'] => ({ kind: 'preset', id: `${PREFIX}${id}` });

/** The id of the lesson that a document is of, which may be one that this version has not. */
export const lessonOf = ({ origin }: Pick<InspectorDocument, 'origin'>): string | undefined =>
  origin?.kind === 'preset' && origin.id.startsWith(PREFIX) ? origin.id.slice(PREFIX.length) : undefined;

/** The page of a lesson takes the room of the matrix, but where it is about the matrix; under the stage it has more. */
const OPEN: ViewState = { folded: ['matrix', 'facts'], tab: 'learn', side: { drawer: 220 } };
export const WITH_MATRIX: ViewState = { folded: ['facts', 'cell'] };
/** About what follows from the shapes: the numbers in *Facts*. */
export const WITH_FACTS: ViewState = { folded: ['cell', 'matrix'] };

export function lesson(
  page: Omit<Lesson, 'build' | 'view'>,
  square: Square,
  tensors: () => { readonly input: Tensor; readonly weight: Tensor },
  view: ViewState = {},
): Lesson {
  const whole = { ...OPEN, ...view };
  return {
    ...page,
    view: whole,
    build: () => ({
      version: 1,
      op: squareOperation(square),
      dtype: 'float32',
      ...tensors(),
      title: page.title,
      origin: originOf(page.id),
      view: whole,
    }),
  };
}
