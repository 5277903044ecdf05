import { shortest } from '../../src/core/formats/numbers';
import { statisticsFor } from '../legend/statisticsFor';
import { scrubStep } from './scrubStep';
import type { Surface } from './surface';
import { cellWrites } from './writes';

/** Steps that follow one another within this time are undone together. */
const PAUSE_MS = 800;

let scrubs = 0;

/** Changes the value under the cursor in small steps; one movement of the hand is one undo. */
export interface Scrubber {
  step(by: number): void;
  end(): void;
}

export function scrubber(surface: Surface): Scrubber {
  let group: string | undefined;
  let step = 1;
  let values: readonly number[] = [];
  let timer: number | undefined;
  let at = '';

  const end = (): void => {
    group = undefined;
    clearTimeout(timer);
  };

  return {
    step(by) {
      const { active } = surface.selection();
      const plane = surface.plane();
      const known = surface.valuesAt(active);
      if (!plane || !known || surface.target === undefined) return;
      const place = `${plane.leading.join()} ${active.row} ${active.column}`;
      if (group === undefined || place !== at) {
        group = `scrub-${surface.name}-${++scrubs}`;
        step = scrubStep(statisticsFor(surface.model(), surface.name), known);
        // The decimal that is read, not the nearest binary: a float32 4.2 goes on to 4.3, not to 4.2999998.
        const dtype = surface.model()?.head.dtype ?? 'float64';
        values = known.map((value) => Number(shortest(value, dtype)));
        at = place;
      }
      // Counted in whole steps, 0.1 + 0.2 would stay 0.30000000000000004 on the page for good.
      values = values.map((value) => Number((value + by * step).toPrecision(12)));
      surface.write(cellWrites(plane, active, surface.channels(), values), group);
      clearTimeout(timer);
      timer = window.setTimeout(end, PAUSE_MS);
    },
    end,
  };
}
