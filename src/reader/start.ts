import { threadStarter } from '../engine/start';
import type { StartThread } from '../engine/thread';

/**
 * MB that the thread may take: beyond it the thread ends, and not the extension host with it. 50,000 lines of models
 * need 300.
 */
const MOST_MEMORY = 1_024;

/** Starts the bundled `reader.js`. */
export const readerStarter = (script: string): StartThread =>
  threadStarter(script, {
    name: 'transposed-conv reader',
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
  });
