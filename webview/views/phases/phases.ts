import type { Strings } from '../../../src/protocol/strings';
import { make } from '../../dom';
import { createFilmView } from '../../film/filmView';
import type { Actions } from '../../model';
import type { StageView } from '../contract';
import { createCuresBar } from '../artefacts/bar';
import { artefactsPart } from '../artefacts/film';
import { whenShown } from '../whenShown';
import { subKernelsPart } from './film';
import { createPixelKernels } from './pixelKernelEditor';
import { pixelPart } from './pixelPart';

/** A transposed convolution as small dense convolutions, one a remainder by the stride; and such as see each other. */
export function createPhases(actions: Actions, strings: Strings): StageView {
  return whenShown({ id: 'phases', title: strings.viewPhases }, () => {
    const transposed = [
      subKernelsPart(strings),
      artefactsPart(strings),
      pixelPart('inputPixel', actions, strings),
      pixelPart('pixel', actions, strings),
    ];
    const film = createFilmView(
      {
        id: 'phases',
        title: strings.viewPhases,
        parts: (kind) => (kind === 'convTranspose' ? transposed : []),
        none: strings.phasesNone,
        below: () => createCuresBar(actions, strings),
      },
      actions,
      strings,
    );
    const kernels = createPixelKernels(actions, strings);
    const element = make('div', {}, ...(film.rows ? [film.rows.element] : []), kernels.element);
    return { stage: film.stage, rows: { element, update: kernels.update } };
  });
}
