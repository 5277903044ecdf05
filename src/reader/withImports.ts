import type { ModuleAnalysis } from '../python';
import type { ReadRequest } from './api';
import type { ReaderClient } from './client';

/**
 * Before the text is read, its imports are asked for, then the imports of those files, and so on, so many levels deep.
 * Then it is read with what is known.
 */
const LEVELS = 40;

/**
 * Some modules only the analysis can ask for: in `import models` and then `models.unet.UNet()` nothing says that `unet`
 * is a module. Then the text is read again, so often at most in all.
 */
const READINGS = 3;

/** Tells the thread what stands at these places; whether there was a file at any of them. */
export type Tell = (places: readonly string[]) => Promise<boolean>;

/** An analysis, and the places among installed packages of which it would have to know more. */
export interface ReadText {
  readonly analysis: ModuleAnalysis;
  readonly later: readonly string[];
}

/**
 * Reads a text with everything that it imports from the workspace, and with what is known of installed packages: a
 * reading never waits for those. What `tell` throws ends the reading.
 */
export async function readWithImports(
  reader: Pick<ReaderClient, 'read'>,
  request: ReadRequest,
  tell: Tell,
): Promise<ReadText> {
  let [levels, readings] = [0, 0];
  for (;;) {
    const { analysis, wanted, later } = await reader.read({ ...request, asKnown: levels >= LEVELS });
    if (!analysis) {
      levels++;
      await tell(wanted);
      continue;
    }
    readings++;
    if (wanted.length === 0 || readings === READINGS || !(await tell(wanted))) return { analysis, later };
  }
}

/** Tells of everything installed that a text needs; whether any of it is there. */
export async function tellInstalled(
  reader: Pick<ReaderClient, 'missing'>,
  request: ReadRequest,
  later: readonly string[],
  tell: Tell,
): Promise<boolean> {
  let found = false;
  let places = later;
  for (let level = 0; places.length > 0 && level < LEVELS; level++) {
    found = (await tell(places)) || found;
    places = await reader.missing(request);
  }
  return found;
}
