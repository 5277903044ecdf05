import relaxed from '../../dist/engine.relaxed.wasm';
import simd128 from '../../dist/engine.simd128.wasm';
import { createHandlers, createKernels, free, freeingGiven, keepingTensors, serve } from './computing';
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
  fileClosed: free,
});
serve(port, keepingTensors(freeingGiven(handlers)));
