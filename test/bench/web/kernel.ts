// The web's side: a worker that comes from a blob, as the web extension host's thread does, with the kernels inside its
// script. Told a workload and how long, it answers with what `timed` says.
import relaxed from '../../../dist/engine.relaxed.wasm';
import simd128 from '../../../dist/engine.simd128.wasm';
import { createKernels } from '../../../src/engine/kernels';
import { timed } from './timed';

const kernels = createKernels({ relaxed, simd128 });

onmessage = ({ data }: MessageEvent<{ readonly name: string; readonly ms: number }>) => {
  postMessage(timed(kernels, data.name, data.ms));
};
