// ONNX Runtime, native (`onnxruntime-node`) or wasm (`onnxruntime-web`), one thread. Arguments: name, package folder.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFloat32 } from '../data';
import { onnxModel } from '../onnx';
import { count, planOf, workload } from '../workloads';
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

servePeer({
  name,
  async load(workloadName) {
    const work = workload(workloadName);
    const { env, Tensor, InferenceSession } = await ort;
    env.wasm.numThreads = 1;
    const plan = planOf(work);
    const model = onnxModel(work, plan.outputShape, readFloat32(`${workloadName}.w`));
    const session = await InferenceSession.create(model, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionProviders: [packageName === 'onnxruntime-web' ? 'wasm' : 'cpu'],
    });
    const x = new Tensor('float32', readFloat32(`${workloadName}.x`), work.inputShape);
    let y = new Float32Array(count(plan.outputShape));
    return {
      async run() {
        y = (await session.run({ x })).y.data as Float32Array<ArrayBuffer>;
      },
      output: () => y,
    };
  },
});
