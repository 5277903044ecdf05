// The engine as a peer. Arguments: name, mode (shared, copies, direct: shared without minimal filtering), dtype,
// threads, build.
import { join } from 'node:path';
import type { Dtype } from '../../../src/core/operation';
import { readBuilds } from '../../../src/engine/builds';
import { helperStarter } from '../../../src/engine/helpers';
import { createKernels, type Floats, freshCopy } from '../../../src/engine/kernels';
import { readFloat32 } from '../data';
import { count, layersOf, planOf, type Workload } from '../workloads';
import { engineExtras } from './engineExtras';
import { type Loaded, servePeer } from './serve';

const [name, mode, dtype, threads, build] = process.argv.slice(2) as [
  string,
  'shared' | 'copies' | 'direct',
  Dtype,
  string,
  string,
];
const read = readBuilds('dist');
if (!read) throw new Error('Run `npm run build` first.');
const builds = build === 'simd128' ? { relaxed: read.simd128, simd128: read.simd128 } : read;
const helpers = { count: Number(threads) - 1, start: helperStarter(join(process.cwd(), 'dist', 'helper.js')) };
const kernels = createKernels(builds, helpers);
const widened = (values: Float32Array): Floats => (dtype === 'float32' ? values : Float64Array.from(values));

let weights = 0;

interface LoadedLayer {
  run(): void;
  output(): Floats;
}

function loadLayer(work: Workload): LoadedLayer {
  const plan = planOf(work);
  const weight = widened(readFloat32(`${work.name}.w`));
  const values = widened(readFloat32(`${work.name}.x`));
  const weightKey = { id: ++weights, version: 1 };
  if (mode !== 'copies') {
    const input = kernels.allocate(dtype, values.length);
    input.set(values);
    const output = kernels.allocate(dtype, count(plan.outputShape));
    return {
      run: () => {
        kernels.run(plan, { input, weight, output }, { weightKey, direct: mode === 'direct' });
      },
      output: () => output.slice(),
    };
  }
  // As the handlers do it for a caller's own tensors: input copied in, a fresh array out.
  let fresh: Floats = new Float32Array();
  return {
    run: () => {
      const made = kernels.allocate(dtype, count(plan.outputShape));
      kernels.run(plan, { input: values, weight, output: made }, { weightKey });
      fresh = freshCopy(made);
      kernels.release(made);
    },
    output: () => fresh,
  };
}

/** One layer or several, which are run one after another; the last one's output is shown. */
function load(workloadName: string): Loaded {
  const layers = layersOf(workloadName).map(loadLayer);
  return {
    run: () => {
      for (const layer of layers) layer.run();
    },
    output: () => layers[layers.length - 1].output(),
  };
}

servePeer({ name, load, extras: engineExtras(kernels, builds[kernels.build ?? 'simd128'], dtype) });
