import type { MatrixWindow } from '../../src/core/matrix/entries';
import type { Strings } from '../../src/protocol/strings';
import type { Actions } from '../model';
import type { View } from '../view';
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

/**
 * Half of the page for the side, or of its height for the drawer, with the sum in its header's line; or all as it was
 * by default. Sizes in CSS pixels.
 */
export function enlarged({ side, folded }: View, width: number, height: number): Partial<View> {
  const isLarge = (side.side ?? 0) >= width / 3 || (side.drawer ?? 0) >= height / 3;
  return isLarge
    ? { side: {}, folded: folded.filter((each) => each !== 'cell') }
    : {
        side: { side: Math.round(width / 2), drawer: Math.round(height / 2) },
        folded: [...folded.filter((each) => each !== 'cell'), 'cell'],
      };
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
    enlarge() {
      const now = inView()?.shown.model.view;
      if (now) actions.look(enlarged(now, window.innerWidth, window.innerHeight));
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
