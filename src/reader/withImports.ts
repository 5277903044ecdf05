import type { ModuleAnalysis } from '../python';
import type { ReadRequest } from './api';
import type { ReaderClient } from './client';

/**
 * Imports that bring up imports are asked for level by level, before the text is read at all. So deep at most: then it
 * is read with what is known.
 */
const LEVELS = 40;

/**
 * What imports cannot tell is asked for by the analysis itself: `import models` and then `models.unet.UNet()`, where
 * nothing imports `unet`. So often at most is a text read; each time more than once is an analysis for nothing.
 */
const READINGS = 3;

/**
 * Reads a text with everything that it imports. `tell` makes known what stands at these places, and says whether that
 * was anything; what it throws ends the reading.
 */
export async function readWithImports(
  reader: Pick<ReaderClient, 'read'>,
  request: ReadRequest,
  tell: (places: readonly string[]) => Promise<boolean>,
): Promise<ModuleAnalysis> {
  let [levels, readings] = [0, 0];
  for (;;) {
    const { analysis, wanted } = await reader.read({ ...request, asKnown: levels >= LEVELS });
    if (!analysis) {
      levels++;
      await tell(wanted);
      continue;
    }
    readings++;
    if (wanted.length === 0 || readings === READINGS || !(await tell(wanted))) return analysis;
  }
}
