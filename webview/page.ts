import type { Strings } from '../src/protocol/strings';
import { make } from './dom';
import { createTensorGrid } from './grid/tensorGrid';
import { createMatrixPart } from './matrix/matrixPart';
import type { Actions, GridName, Part } from './model';
import { type PanelParts, createEquation } from './parts/equation';
import { createFormula } from './parts/formula';
import { createOperationSwitch } from './parts/operationSwitch';
import { createParameters } from './parts/parameters';

/** The page, top to bottom: what is set, the size that follows, the equation, and the matrix that it is. */
export function createPage(actions: Actions, strings: Strings): Part {
  const operation = createOperationSwitch(actions, strings);
  const parameters = createParameters(actions, strings);
  const formula = createFormula(strings);
  const grid = (name: GridName): readonly Part[] => [createTensorGrid(name, actions, strings)];
  const panels: PanelParts = { input: grid('input'), weight: grid('weight'), output: grid('output') };
  const equation = createEquation(strings, panels);
  const matrix = createMatrixPart(actions, strings);
  const parts = [operation, parameters, formula, equation, matrix];
  const title = make('h1', { class: 'for-screen-readers' }, strings.title);
  const setting = make('section', { class: 'setting', 'aria-label': strings.parameters }, operation.element, parameters.element);
  return {
    element: make('main', {}, title, setting, formula.element, equation.element, matrix.element),
    update(model) {
      for (const part of parts) part.update(model);
    },
  };
}
