import type { Strings } from '../../src/protocol/strings';
import type { Actions } from '../model';
import { createGrids } from './grids/grids';
import { type Loading, whenLoaded } from './whenLoaded';

/**
 * All views of the stage, in the order of the switch; the first is what a document opens with. The others are in
 * `others.ts`.
 */
export function createViews(actions: Actions, strings: Strings, arrived: () => void): Loading {
  const others = whenLoaded(
    [
      { id: 'zero-insertion', title: strings.viewZeroInsertion },
      { id: 'steps', title: strings.viewSteps },
      { id: 'phases', title: strings.viewPhases },
      { id: 'formula', title: strings.viewFormula },
      { id: 'field', title: strings.viewField },
      { id: 'compare', title: strings.viewCompare },
    ],
    async () => (await import('./others')).createOthers(actions, strings),
    arrived,
    (error) => actions.announce(error instanceof Error ? error.message : String(error)),
  );
  return { ...others, views: [createGrids(actions, strings), ...others.views] };
}
