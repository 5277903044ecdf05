import type { MatrixWindow } from '../../src/core/matrix/entries';
import type { Strings } from '../../src/protocol/strings';
import type { Actions } from '../model';
import { cellsOf, MOST_COPIED, windowText } from './copyWindow';
import type { ShownMatrix } from './scene';
import type { ToolbarTarget } from './toolbar';
import type { Values } from './values';
import { fill } from './wording';

/** What is on show of the matrix, and which part of it is in view. */
export interface InView {
  readonly shown: ShownMatrix;
  readonly window: MatrixWindow;
}

/** What the matrix's own toolbar does besides zooming. */
export function matrixCommands(
  actions: Actions,
  values: Values,
  strings: Strings,
  inView: () => InView | undefined,
): Omit<ToolbarTarget, 'zoom'> {
  const report = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      actions.announce(error instanceof Error ? error.message : String(error));
    });
  };
  return {
    symbols(on) {
      actions.look({ symbols: on });
    },
    copy(format) {
      const here = inView();
      if (!here) return;
      const { shown, window } = here;
      if (cellsOf(window) > MOST_COPIED) {
        const [rows, columns] = [window.bottom - window.top, window.right - window.left];
        actions.announce(fill(strings.matrixCopyLarge, rows, columns, MOST_COPIED));
        return;
      }
      const { plan, batch, model } = shown;
      const how = { symbols: model.view.symbols, dtype: model.edited.head.dtype, batch };
      const text = windowText(plan, window, format, how, values);
      report(text.then((written) => actions.host.copy(written, strings.matrixCopied)));
    },
    save(kind) {
      report(actions.host.save(kind, 'weight'));
    },
  };
}
