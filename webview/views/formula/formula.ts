import type { Strings } from '../../../src/protocol/strings';
import { segments } from '../../controls';
import { make, setHidden, setText } from '../../dom';
import type { Actions } from '../../model';
import type { StageView } from '../contract';
import { whenShown } from '../whenShown';
import { createSizePart } from './sizePart';
import { createSymbolsPart } from './symbolsPart';

/** The operation as mathematics: its size, term by term, and its output in symbols. */
export const createFormulaView = (actions: Actions, strings: Strings): StageView =>
  whenShown({ id: 'formula', title: strings.viewFormula }, () => formulaStage(actions, strings));

function formulaStage(actions: Actions, strings: Strings): Pick<StageView, 'stage' | 'rows'> {
  const size = createSizePart(actions, strings);
  const symbols = createSymbolsPart(actions, strings);
  const parts = [
    { value: 'size', text: strings.formulaSize, hint: strings.formulaSizeHint },
    { value: 'symbols', text: strings.formulaSymbols, hint: strings.formulaSymbolsHint },
  ];
  const choice = segments(strings.viewFormula, parts, (sub) => actions.look({ sub, step: 0 }));
  const hint = make('span', { class: 'hint' });
  const nothing = make('p', { class: 'film-nothing' }, strings.formulaNothing);
  const element = make(
    'section',
    { class: 'film formula-view', 'aria-label': strings.viewFormula },
    make('div', { class: 'film-head' }, choice.element, hint, size.tools),
    size.words,
    size.canvas,
    symbols.element,
    nothing,
  );
  return {
    stage: {
      element,
      update(now) {
        const part = parts.find(({ value }) => value === now.view.sub) ?? parts[0];
        choice.value = part.value;
        setText(hint, part.hint);
        element.classList.toggle('stale', now.edited.plan === undefined);
        const has = (now.edited.plan ?? now.computed?.plan) !== undefined;
        setHidden(nothing, has);
        const isSize = part.value === 'size';
        for (const each of [size.words, size.canvas]) setHidden(each, !has || !isSize);
        // The part that is not on show keeps what it has: a drawing is not worth its time.
        if (isSize) {
          setHidden(symbols.element, true);
          size.update(now);
        } else {
          setHidden(size.tools, true);
          symbols.update(now);
        }
        setHidden(size.rows, !isSize);
      },
    },
    rows: { element: size.rows, update: () => undefined },
  };
}
