// TensorFlow.js on its wasm backend, one thread. Arguments: name, package folder. Its layout is channels last; inputs
// are laid out before the clock runs.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFloat32 } from '../data';
import { planOf, workload } from '../workloads';
import { servePeer } from './serve';

interface TfTensor {
  dataSync(): Float32Array;
  dispose(): void;
}
interface Tf {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  transpose(x: TfTensor, axes: readonly number[]): TfTensor;
  tensor(values: Float32Array, shape: readonly number[]): TfTensor;
  conv2d(
    x: TfTensor,
    w: TfTensor,
    strides: readonly number[],
    pad: unknown,
    format: 'NHWC',
    dilations: readonly number[],
  ): TfTensor;
  conv2dTranspose(
    x: TfTensor,
    w: TfTensor,
    shape: readonly number[],
    strides: readonly number[],
    pad: unknown,
  ): TfTensor;
}
interface TfWasm {
  setWasmPaths(folder: string): void;
  setThreadsCount(threads: number): void;
}

const [name, , folder] = process.argv.slice(2);
const need = createRequire(join(process.cwd(), folder, 'package.json'));
const tf = need('@tensorflow/tfjs-core') as Tf;
const wasm = need('@tensorflow/tfjs-backend-wasm') as TfWasm;
wasm.setWasmPaths(join(process.cwd(), folder, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
wasm.setThreadsCount(1);
const ready = tf.setBackend('wasm').then(() => tf.ready());

servePeer({
  name,
  async load(workloadName) {
    await ready;
    const { op, inputShape, weightShape } = workload(workloadName);
    const plan = planOf(workload(workloadName));
    // It has neither groups for transposed convolution nor a third axis on this backend.
    if (plan.rank !== 2 || plan.groups !== 1) return undefined;
    const x = tf.transpose(tf.tensor(readFloat32(`${workloadName}.x`), inputShape), [0, 2, 3, 1]);
    // (C_out, C_in, h, w) → (h, w, in, out), and (C_in, C_out, h, w) → (h, w, out, in): the same axes.
    const w = tf.transpose(tf.tensor(readFloat32(`${workloadName}.w`), weightShape), [2, 3, 1, 0]);
    const pads = [[0, 0], ...plan.axes.map((axis) => [axis.padBegin, axis.padEnd - axis.outputPadding]), [0, 0]];
    const outputShape = [1, plan.axes[0].output, plan.axes[1].output, plan.outputChannels];
    const compute = (): TfTensor =>
      op.kind === 'conv'
        ? tf.conv2d(x, w, op.stride, pads, 'NHWC', op.dilation)
        : tf.conv2dTranspose(x, w, outputShape, op.stride, pads);
    return {
      run() {
        const y = compute();
        y.dataSync();
        y.dispose();
      },
      output: () => tf.transpose(compute(), [0, 3, 1, 2]).dataSync(),
    };
  },
});
