import { matrixFile, matrixFileBytes } from '../core/matrix/export';
import type { CsrMatrix, Tensor } from '../core/operation';
import { elementCount, tensorOf } from '../core/tensor/tensor';
import type { CancelFlag, EngineApi, ProgressMessage } from '../protocol/engine';
import { Transferring } from '../protocol/rpc';
import { isRaised, throwIfRaised } from './cancel';
import { createOpenFiles, type OpenFilesOptions } from './files';
import type { OpenByPath } from './fileSources';
import { createFilms } from './films';
import { whenIdle } from './idle';
import { createKernels, freshCopy, type Kernels, type Tuning } from './kernels';
import { matrixBuffers, matrixBytes, outputBytes, requireData, requireMemory, requireSameTypes } from './memory';
import { Outputs } from './outputs';
import { createPlans } from './plans';
import { hintCollector } from './pressure';
import { sightBuffers, Sights } from './sight';
import { trainKernel } from './train';
import { upsample } from './upsample';

/** What the thread keeps of a session between its questions. */
interface Memory {
  readonly outputs: Outputs;
  readonly sights: Sights;
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
/** V8 compiles in threads of its own: by then it has. */
const COMPILED_MS = 1000;

export interface HandlerOptions {
  /** Plain TypeScript unless given. */
  readonly kernels?: Kernels;
  /** Told while an evaluation takes longer than 200 ms. */
  onProgress?(message: ProgressMessage): void;
  /** Told once what is the faster way on this machine, where that was not known. */
  onTuned?(tuning: Tuning): void;
  /**
   * Nothing is shared with the asker. Evaluations are answered with a copy of the output, whose memory counts like that
   * of the two outputs kept here.
   */
  readonly answersCopies?: boolean;
  /** Told of the bytes of a file that are not read any more. */
  fileClosed?(bytes: Uint8Array): void;
  /** Opens files of the machine's own, where the thread reaches any. */
  readonly openPath?: OpenByPath;
  /** As of `OpenFilesOptions`. */
  readonly rareReaders?: OpenFilesOptions['rareReaders'];
}

/** The thread's work. It knows no thread: the same object serves a worker, a test, or a caller in its own thread. */
export function createHandlers({
  kernels = createKernels(undefined),
  onProgress,
  onTuned,
  answersCopies = false,
  fileClosed,
  openPath,
  rareReaders,
}: HandlerOptions = {}): Served {
  const outputs = answersCopies ? 3 : 2;
  const memories = new Map<number, Memory>();
  const memoryOf = (session: number): Memory => {
    const known = memories.get(session) ?? {
      outputs: new Outputs(kernels),
      sights: new Sights(kernels),
    };
    memories.set(session, known);
    return known;
  };
  const planOf = createPlans();
  const films = createFilms();
  const files = createOpenFiles({ shares: !answersCopies, closed: fileClosed, openPath, rareReaders });
  const tune = whenIdle(COMPILED_MS, () => {
    const tuning = kernels.tune();
    if (tuning) onTuned?.(tuning);
  });
  const rest = whenIdle(IDLE_MS, () => {
    // Until it is collected, the memory that was replaced is there as before.
    if (kernels.trim()) hintCollector();
    if (onTuned && kernels.beginTuning()) tune();
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

    evaluate({ session, revision, op, tensors, watch, known, cancel, limit }) {
      throwIfRaised(cancel);
      const started = performance.now();
      const { input, weight, bias } = tensors;
      const plan = planOf({ op, inputShape: input.shape, weightShape: weight.shape, biasShape: bias?.shape });
      requireMemory(outputs * outputBytes(plan, input.dtype) + kernels.bytesNeeded(plan, input.dtype), limit);
      const mine = memoryOf(session);
      const output = mine.outputs.evaluate(plan, tensors, {
        cancelled: () => isRaised(cancel),
        progress: (done) => onProgress?.({ progress: { session, revision, done } }),
        weightKey: weight,
        inputKey: input,
      });
      rest();
      const sight = mine.sights.look({ rank: plan.rank, tensors: { ...tensors, output }, watch, known });
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

    look({ session, ...request }) {
      const mine = memoryOf(session);
      const sight = mine.sights.look(request);
      return new Transferring(sight, sightBuffers(sight));
    },

    release(session) {
      memories.get(session)?.outputs.release();
      memories.delete(session);
    },

    openFile: files.open,
    supplyFile: files.supply,
    listFile: files.list,

    readTensor(call) {
      const tensor = files.read(call);
      if ('wants' in tensor) return tensor;
      return new Transferring(tensor, tensor.data.buffer instanceof ArrayBuffer ? [tensor.data.buffer] : []);
    },

    closeFile: files.close,

    beginFilm: films.begin,
    addFrame: films.frame,
    endFilm(film) {
      const bytes = films.end(film);
      return new Transferring(bytes, [bytes.buffer]);
    },
    dropFilm: films.drop,
    upsample,
    train: trainKernel,
  };
}
