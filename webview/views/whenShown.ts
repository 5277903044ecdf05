import type { StageView } from './contract';

/** A view that is made when it is first shown: a document opens with one of seven, and seldom needs all. */
export function whenShown(
  { id, title }: Pick<StageView, 'id' | 'title'>,
  create: () => Pick<StageView, 'stage' | 'rows'>,
): StageView {
  let made: Pick<StageView, 'stage' | 'rows'> | undefined;
  const view = (): Pick<StageView, 'stage' | 'rows'> => (made ??= create());
  return {
    id,
    title,
    get stage() {
      return view().stage;
    },
    get rows() {
      return view().rows;
    },
  };
}
