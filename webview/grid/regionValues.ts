import type { Surface } from './surface';
import type { Region } from './viewport';
import { indicesOf } from './writes';

/** The exact values of a range that are on the page, for each channel that a cell shows; nothing if any is missing. */
export function valuesHere({ view }: Surface, region: Region): readonly Float64Array[] | undefined {
  const count = region.rows * region.columns;
  const channels = view.channels().map(() => new Float64Array(count));
  for (let y = 0; y < region.rows; y++) {
    for (let x = 0; x < region.columns; x++) {
      const found = view.valuesAt({ row: region.row + y, column: region.column + x });
      if (!found) return undefined;
      channels.forEach((values, channel) => (values[y * region.columns + x] = found[channel]));
    }
  }
  return channels;
}

/** The same, and what is not on the page is asked of the host. */
export async function valuesOf(surface: Surface, region: Region): Promise<readonly ArrayLike<number>[]> {
  const here = valuesHere(surface, region);
  const { plane } = surface.view;
  if (here || !plane) return here ?? [];
  const channels = surface.view.channels();
  return Promise.all(
    channels.map((channel) =>
      surface.actions.host.values(surface.name, Float64Array.from(indicesOf(plane, region, [channel]))),
    ),
  );
}
