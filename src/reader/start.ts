import { threadStarter } from '../engine/start';
import type { StartThread } from '../engine/thread';

/**
 * MB that the thread may take: beyond it the thread ends, and not the extension host with it. 50,000 lines of models
 * need 300.
 */
const MOST_MEMORY = 1_024;

/**
 * MB for what has just been made: as many as V8 takes. Most of it is garbage at once, and 24 save some 12 MB; but what
 * is not is then copied more often, which made a key press that changes 69 models 3 to 15 % dearer.
 */
const YOUNG_MEMORY = 48;

/** Starts the bundled `reader.js`. */
export const readerStarter = (script: string): StartThread =>
  threadStarter(script, {
    name: 'transposed-conv reader',
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY, maxYoungGenerationSizeMb: YOUNG_MEMORY },
  });
