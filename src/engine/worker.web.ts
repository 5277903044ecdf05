import relaxed from '../../dist/engine.relaxed.wasm';
import simd128 from '../../dist/engine.simd128.wasm';
import { serve } from '../protocol/rpc';
import { keepingTensors } from './copying';
import { freeingGiven } from './given';
import { createHandlers } from './handlers';
import { createKernels } from './kernels';
import { ownPort } from './port.web';

// The compute thread as a web worker: one thread, since helpers would have to share its memory, and its kernels inside
// its script, since it has no files.
const port = ownPort();
const handlers = createHandlers({
  kernels: createKernels({ relaxed, simd128 }),
  onProgress: (message) => {
    port.post(message);
  },
  answersCopies: true,
});
serve(port, keepingTensors(freeingGiven(handlers)));
