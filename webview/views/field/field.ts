import type { Strings } from '../../../src/protocol/strings';
import { segments } from '../../controls';
import { make, setHidden } from '../../dom';
import { createFilmView } from '../../film/filmView';
import type { Actions } from '../../model';
import type { StageView } from '../contract';
import { whenShown } from '../whenShown';
import { causalPart } from './causalFilm';
import { createCausalBar } from './causalBar';
import { createChainPart } from './chainPart';

/**
 * Where it comes from and goes to, through a chain of layers: the fields of any place of any stage, the ladder of sizes
 * that come back, and what would keep one that does not; the same along time; and a signal that comes in chunks. It
 * begins with the document's own operation.
 */
export const createField = (actions: Actions, strings: Strings): StageView =>
  whenShown({ id: 'field', title: strings.viewField }, () => fieldStage(actions, strings));

function fieldStage(actions: Actions, strings: Strings): Pick<StageView, 'stage' | 'rows'> {
  const parts = [
    { value: 'chain', text: strings.fieldChain },
    { value: 'rates', text: strings.ratesTitle },
    { value: 'causal', text: strings.causalTitle },
  ] as const;
  const choice = segments(strings.viewField, parts, (sub) => actions.look({ sub, step: 0 }));
  const chain = createChainPart(actions, strings);
  const films = [causalPart(strings)];
  const causal = createFilmView(
    {
      id: 'field',
      title: strings.causalTitle,
      parts: (kind, rank) => (kind === 'convTranspose' && rank === 1 ? films : []),
      none: strings.causalNone,
      below: () => createCausalBar(actions, strings),
    },
    actions,
    strings,
  );
  const stages = make('div', { class: 'field-parts' }, chain.element);
  const rows = make('div', {}, chain.rows);
  // A film is made when it is asked for.
  let made = false;
  const showFilm = (): void => {
    if (!made) {
      stages.append(causal.stage.element);
      if (causal.rows) rows.append(causal.rows.element);
      made = true;
    }
    causal.stage.element.querySelector('.film-head')?.prepend(choice.element);
  };

  return {
    stage: {
      element: stages,
      update(now) {
        const part = parts.find(({ value }) => value === now.view.sub)?.value ?? 'chain';
        choice.value = part;
        const isFilm = part === 'causal';
        if (isFilm) showFilm();
        else chain.head.prepend(choice.element);
        setHidden(chain.element, isFilm);
        setHidden(chain.rows, isFilm);
        if (made) {
          setHidden(causal.stage.element, !isFilm);
          if (causal.rows) setHidden(causal.rows.element, !isFilm);
        }
        if (part === 'causal') causal.stage.update(now);
        else chain.update(now, part);
      },
    },
    rows: { element: rows, update: () => undefined },
  };
}
