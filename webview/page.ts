import type { Strings } from '../src/protocol/strings';
import { make } from './dom';
import { createTensorGrid } from './grid/tensorGrid';
import { createMatrixPart } from './matrix/matrixPart';
import type { GridName } from './gridName';
import type { Actions, Part } from './model';
import { createBiasField } from './parts/biasField';
import { createEquation } from './parts/equation';
import { createFacts } from './parts/facts';
import { createFormula } from './parts/formula';
import { createHelp } from './parts/help';
import { createLook } from './parts/look';
import { createOperationSwitch } from './parts/operationSwitch';
import { createParameters } from './parts/parameters';
import { createReadout } from './parts/readout';
import { createSlicers } from './parts/slicers';
import { createStatus } from './parts/status';
import { createTensorTools } from './parts/tensorTools';
import { createThumbnails } from './parts/thumbnails';
import { createToolbar } from './parts/toolbar';

/**
 * The page from top to bottom: the parameters, the size that follows from them, the tensors, and the matrix of the
 * operation.
 */
export function createPage(actions: Actions, strings: Strings, notices: HTMLElement): Part {
  const panel = (name: GridName): readonly Part[] => [
    createTensorTools(name, actions, strings),
    createSlicers(name, actions, strings),
    createTensorGrid(name, actions, strings),
    createThumbnails(name, actions, strings),
    ...(name === 'weight' ? [createBiasField(actions, strings)] : []),
  ];
  const toolbar = createToolbar(actions, strings);
  const status = createStatus(actions, strings);
  const parameters = createParameters(actions, strings, createOperationSwitch(actions, strings));
  const formula = createFormula(strings);
  const facts = createFacts(strings);
  const look = createLook(actions, strings);
  const equation = createEquation(strings, { input: panel('input'), weight: panel('weight'), output: panel('output') });
  const readout = createReadout(actions, strings);
  const matrix = createMatrixPart(actions, strings);
  const parts = [toolbar, status, parameters, formula, facts, look, equation, readout, matrix];
  const title = make('h1', { class: 'for-screen-readers' }, strings.title);
  const setting = make('section', { class: 'setting', 'aria-label': strings.parameters }, parameters.element);
  const size = make('section', { class: 'size', 'aria-label': strings.sizeFormula }, formula.element, facts.element);
  return {
    element: make(
      'main',
      {},
      title,
      toolbar.element,
      notices,
      setting,
      size,
      look.element,
      equation.element,
      readout.element,
      status.element,
      matrix.element,
      createHelp(strings),
    ),
    update(model) {
      for (const part of parts) part.update(model);
    },
  };
}
