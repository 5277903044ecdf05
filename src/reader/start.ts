import { threadStarter } from '../engine/start';
import type { StartThread } from '../engine/thread';

/**
 * MB that the thread may take: beyond it the thread ends, and not the extension host with it. 50,000 lines of models
 * need 300.
 */
const MOST_MEMORY = 1_024;

/**
 * MB for what has just been made. V8 would take 48, though most is garbage at once. 24 saves some 17 MB; its cost in
 * time was smaller than the noise.
 */
const YOUNG_MEMORY = 24;

/** Starts the bundled `reader.js`. */
export const readerStarter = (script: string): StartThread =>
  threadStarter(script, {
    name: 'transposed-conv reader',
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY, maxYoungGenerationSizeMb: YOUNG_MEMORY },
  });
