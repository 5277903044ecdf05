import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '../protocol/rpc';

/** Node's two ends of a worker, as the one kind of port that the RPC knows. */
export function portOf(end: Pick<MessagePort | Worker, 'postMessage' | 'on' | 'off'>): Port {
  return {
    post: (message, transfer) => {
      end.postMessage(message, transfer ? [...transfer] : []);
    },
    listen: (receive) => {
      end.on('message', receive);
      return () => end.off('message', receive);
    },
  };
}
