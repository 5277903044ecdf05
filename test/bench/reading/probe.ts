// The entry of a reading thread whose heap is watched: runs the build's own thread, and says after each request how
// much memory V8 has taken for it.
import { createRequire } from 'node:module';
import { getHeapStatistics } from 'node:v8';
import { BroadcastChannel, parentPort } from 'node:worker_threads';

export const HEAP_CHANNEL = 'heap of the reading thread';
/** The build's own thread, as a variable of the environment: its client gives it nothing else to be told by. */
export const THREAD_VARIABLE = 'READING_THREAD';

const thread = process.env[THREAD_VARIABLE];
if (parentPort && thread) {
  createRequire(__filename)(thread);
  const channel = new BroadcastChannel(HEAP_CHANNEL);
  // Called after the build's own listener, which answers in place.
  parentPort.on('message', () => channel.postMessage(getHeapStatistics().total_heap_size));
}
