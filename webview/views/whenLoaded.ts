import { make } from '../dom';
import type { StageView } from './contract';

type Named = Pick<StageView, 'id' | 'title'>;

/** Views whose code is not here yet. */
export interface Loading {
  readonly views: readonly StageView[];
  /** Begins to load them, unless that has begun. */
  load(): void;
}

/**
 * Stands for these views, by their ids, until they are here; loads them when one of them is shown, and when it is told
 * to. `arrived`: a view that was shown empty can be shown now.
 */
export function whenLoaded(
  names: readonly Named[],
  fetch: () => Promise<readonly StageView[]>,
  arrived: () => void,
  failed: (error: unknown) => void,
): Loading {
  let views: readonly StageView[] = [];
  let loading: Promise<void> | undefined;
  const load = (): void => {
    loading ??= fetch().then(
      (all) => {
        views = all;
        arrived();
      },
      (error: unknown) => {
        // Whoever asks again tries again.
        loading = undefined;
        failed(error);
      },
    );
  };
  const empty = { element: make('section', { class: 'film', 'aria-busy': 'true' }), update: load };
  return {
    load,
    views: names.map(({ id, title }) => {
      const view = (): StageView | undefined => views.find((each) => each.id === id);
      return {
        id,
        title,
        get stage() {
          return view()?.stage ?? empty;
        },
        get rows() {
          return view()?.rows;
        },
      };
    }),
  };
}
