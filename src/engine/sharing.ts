import { createCancelFlag, raise } from './cancel';
import type { Crossing } from './crossing';

/**
 * Nothing is copied: the thread reads what the host writes, and a flag in shared memory stops it between two blocks.
 */
export const sharing: Crossing = {
  allocate: (bytes) => new SharedArrayBuffer(bytes),
  reach: (remote) => remote,
  ask(question, running, signal) {
    const { remote } = running();
    const cancel = signal && createCancelFlag();
    return {
      answer: question(remote, cancel),
      stop: () => {
        if (cancel) raise(cancel);
      },
    };
  },
};
