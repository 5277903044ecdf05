import { computeReference } from '../core/kernels/compute';
import type { Dtype, Tensor } from '../core/operation';
import { bytesPerElement, elementCount } from '../core/tensor/tensor';
import type { EngineApi, SharedTensor } from '../protocol/engine';
import { Transferring } from '../protocol/rpc';
import { throwIfRaised } from './cancel';
import { outputBytes, requireData, requireMemory, requirePlan } from './memory';
import { createSight, sightBuffers, view } from './sight';

/** Where an evaluation's output goes: two buffers in turn, so that the last good output can be read while the next is made. */
function createOutputPool(): (dtype: Dtype, shape: readonly number[]) => SharedTensor {
  const buffers: SharedArrayBuffer[] = [];
  let version = 0;
  return (dtype, shape) => {
    const bytes = Math.max(8, elementCount(shape) * bytesPerElement(dtype));
    const slot = ++version % 2;
    const held = buffers[slot];
    // A buffer much larger than the need would keep memory that nothing uses.
    if (!held || held.byteLength < bytes || held.byteLength > 4 * bytes + 65_536) buffers[slot] = new SharedArrayBuffer(bytes);
    return { id: slot, version, dtype, shape, buffer: buffers[slot] };
  };
}

type Served = { [Name in Exclude<keyof EngineApi, 'matrix'>]: (...args: Parameters<EngineApi[Name]>) => unknown };

/** The thread's work. It knows no thread: the same object serves a worker, a test, or a caller in its own thread. */
export function createHandlers(): Served {
  const pool = createOutputPool();
  const look = createSight();

  return {
    compute({ op, input, weight, bias, limit, cancel }) {
      const plan = requirePlan({ op, inputShape: input.shape, weightShape: weight.shape, biasShape: bias?.shape });
      requireData('input', input);
      requireData('weight', weight);
      requireData('bias', bias);
      requireMemory(outputBytes(plan, input.dtype), limit);
      throwIfRaised(cancel);
      const output: Tensor = computeReference(plan, input, weight, bias);
      return new Transferring(output, output.data.buffer instanceof ArrayBuffer ? [output.data.buffer] : []);
    },

    evaluate({ revision, op, tensors, watch, cancel, limit }) {
      throwIfRaised(cancel);
      const started = performance.now();
      const { input, weight, bias } = tensors;
      const plan = requirePlan({ op, inputShape: input.shape, weightShape: weight.shape, biasShape: bias?.shape });
      requireMemory(2 * outputBytes(plan, input.dtype), limit);
      const output = pool(input.dtype, plan.outputShape);
      const computed = computeReference(plan, view(input), view(weight), bias && view(bias));
      throwIfRaised(cancel);
      view(output).data.set(computed.data);
      const sight = look({ rank: plan.rank, tensors: { ...tensors, output }, watch });
      const milliseconds = performance.now() - started;
      return new Transferring({ revision, output, sight, milliseconds }, sightBuffers(sight));
    },

    look(request) {
      const sight = look(request);
      return new Transferring(sight, sightBuffers(sight));
    },
  };
}
