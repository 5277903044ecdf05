// ONNX Runtime, native (`onnxruntime-node`) or wasm (`onnxruntime-web`), one thread. Arguments: name, package folder.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFloat32 } from '../data';
import { onnxModel } from '../onnx';
import { layersOf, planOf, type Workload } from '../workloads';
import { servePeer } from './serve';

interface OrtTensor {
  readonly data: Float32Array;
}
interface OrtSession {
  run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>;
}
interface Ort {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OrtTensor;
  readonly InferenceSession: { create(model: Uint8Array, options: object): Promise<OrtSession> };
}

const [name, packageName, folder] = process.argv.slice(2);
const found = createRequire(join(process.cwd(), folder, 'package.json')).resolve(packageName);
const ort = import(pathToFileURL(found.replace('ort.node.min.js', 'ort.node.min.mjs')).href).then(
  (module: { readonly default?: Ort } & Ort) => module.default ?? module,
);

async function loadLayer(work: Workload): Promise<() => Promise<Float32Array>> {
  const { env, Tensor, InferenceSession } = await ort;
  env.wasm.numThreads = 1;
  const model = onnxModel(work, planOf(work).outputShape, readFloat32(`${work.name}.w`));
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionProviders: [packageName === 'onnxruntime-web' ? 'wasm' : 'cpu'],
  });
  const x = new Tensor('float32', readFloat32(`${work.name}.x`), work.inputShape);
  return async () => (await session.run({ x })).y.data;
}

servePeer({
  name,
  async load(workloadName) {
    const layers: (() => Promise<Float32Array>)[] = [];
    for (const work of layersOf(workloadName)) layers.push(await loadLayer(work));
    let y = new Float32Array();
    return {
      async run() {
        for (const layer of layers) y = (await layer()) as Float32Array<ArrayBuffer>;
      },
      output: () => y,
    };
  },
});
