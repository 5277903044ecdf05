import type { Strings } from '../../../src/protocol/strings';
import { createFilmView } from '../../film/filmView';
import type { Actions } from '../../model';
import type { StageView } from '../contract';
import { gradientsPart } from '../training/gradientsPart';
import { trainingPart } from '../training/trainingPart';
import { backwardPart } from './backward';
import { gatherPart, slidingWindowPart } from './gather';
import { im2colPart } from './im2col';
import { matrixPart } from './matrix';
import { overlapAddPart } from './overlapAdd';

/** The operation step by step, as each of its definitions has it. */
export function createSteps(actions: Actions, strings: Strings): StageView {
  const matrix = matrixPart(strings);
  const learning = [gradientsPart(strings), trainingPart(actions, strings)];
  const parts = {
    convTranspose: [overlapAddPart(strings), matrix, gatherPart(strings), ...learning],
    conv: [slidingWindowPart(strings), matrix, im2colPart(strings), backwardPart(strings), ...learning],
  };
  return createFilmView(
    { id: 'steps', title: strings.viewSteps, parts: (kind) => parts[kind], none: strings.filmNothing },
    actions,
    strings,
  );
}
