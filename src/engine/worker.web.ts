import relaxed from '../../dist/engine.relaxed.wasm';
import simd128 from '../../dist/engine.simd128.wasm';
import type { RareReaders } from '../core/formats/registry';
import { createHandlers, createKernels, free, freeingGiven, keepingTensors, serve } from './computing';
import { ownPort } from './port.web';

// The compute thread as a web worker: one thread, since helpers would have to share its memory, and its kernels inside
// its script, since it has no files.
const port = ownPort();

declare const importScripts: (address: string) => void;
interface Loaded {
  readonly exports: { readonly RARE_READERS?: RareReaders };
}
const scope = globalThis as unknown as { rare?: Loaded };

/** Loads the readers' script, once it was given; from a blob, as this script itself was. */
function rareReaders(script: string | undefined): RareReaders | undefined {
  if (!scope.rare && script !== undefined) {
    scope.rare = { exports: {} };
    const text = `((module, exports) => {${script}\n})(rare, rare.exports);`;
    const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    importScripts(address);
    URL.revokeObjectURL(address);
  }
  return scope.rare?.exports.RARE_READERS;
}

const handlers = createHandlers({
  kernels: createKernels({ relaxed, simd128 }),
  onProgress: (message) => {
    port.post(message);
  },
  answersCopies: true,
  fileClosed: free,
  rareReaders,
});
serve(port, keepingTensors(freeingGiven(handlers)));
