import { shortest } from '../../src/core/formats/numbers';
import type { TensorName } from '../../src/core/tensor/plane';
import { statisticsFor } from '../legend/statisticsFor';
import { flatIndex, type PlaneView } from './planeOf';
import { scrubStep } from './scrubStep';
import type { Place } from './selection';
import type { Surface } from './surface';
import { cellWrites } from './writes';

/** Steps that follow one another within this time are undone together. */
const PAUSE_MS = 800;

let scrubs = 0;

/** Changes the value under the cursor in small steps; the steps of one gesture are undone together. */
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
  /** Where the value was asked of the host, and the steps to take when it has come. */
  let asked: string | undefined;
  let waiting = 0;

  const end = (): void => {
    group = undefined;
    asked = undefined;
    clearTimeout(timer);
  };

  const begin = (known: readonly number[]): void => {
    group = `scrub-${surface.name}-${++scrubs}`;
    step = scrubStep(statisticsFor(surface.view.model, surface.name), known);
    // Begins with the decimal number that is shown, not with its nearest float32: after 4.2 comes 4.3, not 4.2999998.
    const dtype = surface.view.model?.edited.head.dtype ?? 'float64';
    values = known.map((value) => Number(shortest(value, dtype)));
  };

  const move = (plane: PlaneView, place: Place, by: number): void => {
    // Rounded, because otherwise 0.1 + 0.2 would be shown, and kept, as 0.30000000000000004.
    values = values.map((value) => Number((value + by * step).toPrecision(12)));
    surface.write(cellWrites(plane, place, surface.view.channels(), values), group);
    clearTimeout(timer);
    timer = window.setTimeout(end, PAUSE_MS);
  };

  /** A cell of a large plane is shown as a mean with its neighbours; its own value must be asked for. */
  const ask = (tensor: TensorName, plane: PlaneView, place: Place, by: number): void => {
    const here = at;
    asked = here;
    waiting = by;
    const indices = surface.view.channels().map((channel) => flatIndex(plane, place.row, place.column, channel));
    surface.actions.host.values(tensor, Float64Array.from(indices)).then(
      (found) => {
        if (asked !== here) return;
        asked = undefined;
        begin([...found]);
        move(plane, place, waiting);
      },
      (error: unknown) => {
        surface.actions.announce(String(error));
      },
    );
  };

  return {
    step(by) {
      const { active } = surface.selection;
      const { plane } = surface.view;
      if (!plane || surface.target === undefined) return;
      const place = `${plane.leading.join()} ${active.row} ${active.column}`;
      if (place === asked) waiting += by;
      else if (place === at && group !== undefined) move(plane, active, by);
      else {
        at = place;
        const known = surface.view.valuesAt(active);
        if (known) {
          begin(known);
          move(plane, active, by);
        } else ask(surface.target, plane, active, by);
      }
    },
    end,
  };
}
