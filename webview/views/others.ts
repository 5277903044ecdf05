import type { Strings } from '../../src/protocol/strings';
import type { Actions } from '../model';
import { createCompare } from './compare/compare';
import type { StageView } from './contract';
import { createField } from './field/field';
import { createFormulaView } from './formula/formula';
import { createPhases } from './phases/phases';
import { createSteps } from './steps/steps';
import { createZeroInsertion } from './zeroInsertion/zeroInsertion';

/**
 * The views that a document does not open with. They are half of the page's code, so they are in a file of their own,
 * which is read when the first picture is there.
 */
export const createOthers = (actions: Actions, strings: Strings): readonly StageView[] => [
  createZeroInsertion(actions, strings),
  createSteps(actions, strings),
  createPhases(actions, strings),
  createFormulaView(actions, strings),
  createField(actions, strings),
  createCompare(actions, strings),
];
