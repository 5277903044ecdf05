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

/**
 * Reads a text with everything that it imports. `tell` has to tell the thread what stands at these places, and answers
 * whether there was a file at any of them. What it throws ends the reading.
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
