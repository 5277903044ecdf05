import type { FilmPhase } from '../../film/film';

/** More steps than this are a phase each; such phases share one bar and are run through. */
const MOST_IN_PHASE = 16;

/** Many steps of one kind: one phase with its title, or, where they are too many, one each with its own. */
export function stretch(
  count: number,
  kind: string,
  title: string,
  titleOf: (at: number) => string,
): readonly FilmPhase[] {
  if (count <= MOST_IN_PHASE) return [{ title, steps: new Array<string>(count).fill('') }];
  return Array.from({ length: count }, (_, at) => ({ title: titleOf(at), steps: [''], kind }));
}
