import type { Strings } from '../../src/protocol/strings';
import type { Actions } from '../model';
import type { StageView } from './contract';
import { createGrids } from './grids/grids';

/** All views of the stage, in the order of the switch; the first is what a document opens with. */
export function createViews(actions: Actions, strings: Strings): readonly StageView[] {
  return [createGrids(actions, strings)];
}
