import { matrixFile, matrixFileBytes } from '../core/matrix/export';
import type { CsrMatrix, Dtype, Tensor } from '../core/operation';
import { elementCount, tensorOf } from '../core/tensor/tensor';
import type { CancelFlag, EngineApi, ProgressMessage, SharedTensor } from '../protocol/engine';
import { Transferring } from '../protocol/rpc';
import { isRaised, throwIfRaised } from './cancel';
import { createOpenFiles } from './files';
import { createKernels, type Floats, freshCopy, type Kernels } from './kernels';
import { matrixBuffers, matrixBytes, outputBytes, requireData, requireMemory, requireSameTypes } from './memory';
import { createPlans } from './plans';
import { createSight, sightBuffers, view } from './sight';

interface OutputPool {
  /** Where the next output may be written while the last good one is read. */
  next(dtype: Dtype, shape: readonly number[]): SharedTensor & { readonly values: Floats };
  /** The output is whole: it is the last good one now. */
  keep(): void;
  release(): void;
}

/** Counts for all sessions: they share the thread, which tells one output from another by its version alone. */
let lastVersion = 0;

/** Where an evaluation's output goes: two buffers in turn, where the kernels work, so that nothing is copied. */
function createOutputPool(kernels: Kernels): OutputPool {
  const slots: (Floats | undefined)[] = [undefined, undefined];
  let good = 0;
  return {
    next(dtype, shape) {
      const slot = 1 - good;
      const count = elementCount(shape);
      let values = slots[slot];
      if (values?.length !== count || values instanceof Float32Array !== (dtype === 'float32')) {
        if (values) kernels.release(values);
        slots[slot] = undefined;
        values = slots[slot] = kernels.allocate(dtype, count);
      }
      const { buffer, byteOffset } = values;
      return { id: slot, version: ++lastVersion, dtype, shape, buffer, byteOffset, values };
    },
    keep() {
      good = 1 - good;
    },
    release() {
      for (const values of slots) if (values) kernels.release(values);
    },
  };
}

/** The pieces as one; made piece by piece, so that a long file can be given up. */
function joined(pieces: Iterable<Uint8Array>, cancel: CancelFlag | undefined): Uint8Array<ArrayBuffer> {
  const all: Uint8Array[] = [];
  for (const piece of pieces) {
    throwIfRaised(cancel);
    all.push(piece);
  }
  const whole = new Uint8Array(all.reduce((bytes, { length }) => bytes + length, 0));
  let at = 0;
  for (const piece of all) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The thread's work as it is done there: at once, and with the buffers that are handed over. */
export type Served = {
  [Name in keyof EngineApi]: (
    ...args: Parameters<EngineApi[Name]>
  ) => ReturnType<EngineApi[Name]> | Transferring<ReturnType<EngineApi[Name]>>;
};

const IDLE_MS = 5000;

/** Returns a function to call after each piece of work; `then` is done once there has been none for a while. */
function whenIdle(then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const look = (): void => {
    const left = last + IDLE_MS - performance.now();
    timer = undefined;
    if (left > 0) wait(left);
    else then();
  };
  // One timer at a time, and no new one for each piece of work: a thousand answers a second would be a thousand timers.
  const wait = (milliseconds: number): void => {
    timer = setTimeout(look, milliseconds);
    // A number in a browser. Node's would keep the thread alive.
    if (typeof timer === 'object') timer.unref();
  };
  return () => {
    last = performance.now();
    if (timer === undefined) wait(IDLE_MS);
  };
}

export interface HandlerOptions {
  /** Plain TypeScript unless given. */
  readonly kernels?: Kernels;
  /** Told while an evaluation takes longer than 200 ms. */
  onProgress?(message: ProgressMessage): void;
  /**
   * Nothing is shared with the asker. Evaluations are answered with a copy of the output, whose memory counts like that
   * of the two outputs kept here.
   */
  readonly answersCopies?: boolean;
  /** Told of the bytes of a file that are not read any more. */
  fileClosed?(bytes: Uint8Array): void;
}

/** The thread's work. It knows no thread: the same object serves a worker, a test, or a caller in its own thread. */
export function createHandlers({
  kernels = createKernels(undefined),
  onProgress,
  answersCopies = false,
  fileClosed,
}: HandlerOptions = {}): Served {
  const outputs = answersCopies ? 3 : 2;
  const pools = new Map<number, OutputPool>();
  const look = createSight();
  const planOf = createPlans();
  const files = createOpenFiles({ shares: !answersCopies, closed: fileClosed });
  const rest = whenIdle(() => {
    kernels.trim();
  });

  return {
    compute({ op, input, weight, bias, limit, cancel }) {
      const plan = planOf({ op, inputShape: input.shape, weightShape: weight.shape, biasShape: bias?.shape });
      requireData('input', input);
      requireData('weight', weight);
      requireData('bias', bias);
      requireSameTypes(op.kind, { input: input.dtype, weight: weight.dtype, bias: bias?.dtype });
      requireMemory(outputBytes(plan, input.dtype) + kernels.bytesNeeded(plan, input.dtype), limit);
      throwIfRaised(cancel);
      // A transposed convolution takes a bias of another type.
      const sameBias = bias && tensorOf(input.dtype, bias.shape, bias.data);
      // Written in the kernels' own memory and then copied. A new array to write into would first be filled with zeros.
      const made = kernels.allocate(input.dtype, elementCount(plan.outputShape));
      try {
        kernels.run(
          plan,
          { input: input.data, weight: weight.data, bias: sameBias?.data, output: made },
          { cancelled: () => isRaised(cancel) },
        );
        const output: Tensor = { dtype: input.dtype, shape: plan.outputShape, data: freshCopy(made) };
        return new Transferring(output, output.data.buffer instanceof ArrayBuffer ? [output.data.buffer] : []);
      } finally {
        kernels.release(made);
        rest();
      }
    },

    evaluate({ session, revision, op, tensors, watch, cancel, limit }) {
      throwIfRaised(cancel);
      const started = performance.now();
      const { input, weight, bias } = tensors;
      const plan = planOf({ op, inputShape: input.shape, weightShape: weight.shape, biasShape: bias?.shape });
      requireMemory(outputs * outputBytes(plan, input.dtype) + kernels.bytesNeeded(plan, input.dtype), limit);
      const pool = pools.get(session) ?? createOutputPool(kernels);
      pools.set(session, pool);
      const { values, ...output } = pool.next(input.dtype, plan.outputShape);
      kernels.run(
        plan,
        { input: view(input).data, weight: view(weight).data, bias: bias && view(bias).data, output: values },
        {
          cancelled: () => isRaised(cancel),
          progress: (done) => onProgress?.({ progress: { session, revision, done } }),
          weightKey: weight,
        },
      );
      pool.keep();
      rest();
      const sight = look({ rank: plan.rank, tensors: { ...tensors, output }, watch });
      const milliseconds = performance.now() - started;
      return new Transferring({ revision, output, sight, milliseconds }, sightBuffers(sight));
    },

    matrix({ op, inputShape, weight, limit, cancel }) {
      const plan = planOf({ op, inputShape, weightShape: weight.shape });
      requireData('weight', weight);
      // It exists twice: where it is made, and as the copy that the receiver keeps.
      requireMemory(2 * matrixBytes(plan, weight.dtype), limit);
      throwIfRaised(cancel);
      const { release, ...made } = kernels.matrix(plan, weight.data, { cancelled: () => isRaised(cancel) });
      const { rows, columns, rowPointers, columnIndices, values } = made;
      const matrix: CsrMatrix = {
        rows,
        columns,
        rowPointers: freshCopy(rowPointers),
        columnIndices: freshCopy(columnIndices),
        values: freshCopy(values),
      };
      release();
      rest();
      return new Transferring(matrix, matrixBuffers(matrix));
    },

    matrixFile({ op, inputShape, weight, format, limit, cancel }) {
      const plan = planOf({ op, inputShape, weightShape: weight.shape });
      requireData('weight', weight);
      requireMemory(matrixFileBytes(format, plan, weight.dtype), limit);
      throwIfRaised(cancel);
      const { release, ...made } = kernels.matrix(plan, weight.data, { cancelled: () => isRaised(cancel) });
      try {
        const file = joined(matrixFile(format, plan, made), cancel);
        return new Transferring(file, [file.buffer]);
      } finally {
        release();
        rest();
      }
    },

    look(request) {
      const sight = look(request);
      return new Transferring(sight, sightBuffers(sight));
    },

    release(session) {
      pools.get(session)?.release();
      pools.delete(session);
    },

    openFile: files.open,

    readTensor(call) {
      const tensor = files.read(call);
      return new Transferring(tensor, tensor.data.buffer instanceof ArrayBuffer ? [tensor.data.buffer] : []);
    },

    closeFile: files.close,
  };
}
