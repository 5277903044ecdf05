import type { Strings } from '../../../src/protocol/strings';
import { make, setHidden } from '../../dom';
import { createFilmView } from '../../film/filmView';
import type { Actions } from '../../model';
import type { StageView } from '../contract';
import { whenShown } from '../whenShown';
import { frameworksPart } from './frameworksFilm';
import { createFrameworksRows } from './frameworksRows';
import { upsamplingPart } from './upsamplingPart';

/** The layer against others that are meant for the same, and against other ways to make larger. */
export function createCompare(actions: Actions, strings: Strings): StageView {
  return whenShown({ id: 'compare', title: strings.viewCompare }, () => {
    const frameworks = frameworksPart(strings);
    const parts = [upsamplingPart(actions, strings), frameworks];
    const film = createFilmView(
      { id: 'compare', title: strings.viewCompare, parts: () => parts, none: strings.filmNothing },
      actions,
      strings,
    );
    const rows = createFrameworksRows(actions, strings);
    const element = make('div', {}, ...(film.rows ? [film.rows.element] : []), rows.element);
    return {
      stage: film.stage,
      rows: {
        element,
        update(model) {
          const isOnShow = model.view.sub === frameworks.id;
          setHidden(rows.element, !isOnShow);
          if (isOnShow) rows.update(model);
        },
      },
    };
  });
}
