/** What the engine calls. Every job has the same form: (descriptor, task, the thread's own scratch). */
export { denseF32, denseF64 } from './dense';
export { packF32, packF64 } from './pack';
export { fieldF32, fieldF64 } from './field';
export { tile4F32, tile4F64, tile6F32, tile6F64 } from './tile';
export { stencilF32, stencilF64 } from './stencil';
export { doubleF32 } from './double';
export { stretchF32, stretchF64 } from './stretch';
export { vectorF32, vectorF64, vectorPackF32, vectorPackF64 } from './vector';
export { csrF32, csrF64, productF32, productF64, productTransposedF32, productTransposedF64 } from './csr';
export { measureF32, sortF32 } from './tally';
export { meansF32 } from './means';
export { winogradF32, winogradSpreadF32 } from './winograd';
export { winogradEvenF32, winogradPackF32 } from './winogradPack';
