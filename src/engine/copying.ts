import type { TensorName } from '../core/tensor/plane';
import type { EngineApi, Evaluation, EvaluateRequest, LookRequest, SharedTensor, Shown } from '../protocol/engine';
import type { News } from '../protocol/news';
import { type Remote, Transferring } from '../protocol/rpc';
import { CancelledError } from './cancel';
import type { Asked, Crossing, Question, Running } from './crossing';
import { free } from './given';
import type { Served } from './handlers';
import { freshCopy } from './kernels';
import { view } from './sight';

// Without shared memory a document's tensors cross as copies. The thread keeps of each session the last tensor in each
// role, and what it has is not sent again: an edit of one input cell sends the input, and scrolling sends nothing.

/** A tensor on its way: without its values where the thread has that version of it. */
type Sent = Omit<SharedTensor, 'buffer'> & { readonly buffer?: ArrayBufferLike };
type Lean<Request extends { readonly tensors: object }> = Omit<Request, 'tensors'> & {
  readonly tensors: { readonly [Role in keyof Request['tensors']]: Sent };
};
interface LeanApi extends Omit<EngineApi, 'evaluate' | 'look'> {
  evaluate(request: Lean<EvaluateRequest>): Evaluation;
  look(request: Lean<LookRequest>): News;
}

const nameOf = ({ id, version }: Sent): string => `${id}.${version}`;

/**
 * The asking side: leaves out what the thread has. That is known from what was sent and answered, and so only while one
 * question follows the answer to the one before.
 */
export function sendingChanges(remote: Remote<LeanApi>): Remote<EngineApi> {
  const sessions = new Map<number, Map<TensorName, string>>();
  const lean = (session: number, { input, weight, bias, output }: Shown): Lean<LookRequest>['tensors'] => {
    const known = sessions.get(session) ?? new Map<TensorName, string>();
    sessions.set(session, known);
    const send = (role: TensorName, tensor: SharedTensor): Sent => {
      if (known.get(role) === nameOf(tensor)) return { ...tensor, buffer: undefined };
      known.set(role, nameOf(tensor));
      return tensor;
    };
    return {
      input: send('input', input),
      weight: send('weight', weight),
      bias: bias && send('bias', bias),
      output: output && send('output', output),
    };
  };
  /** After a failure nobody knows what arrived: then all is sent anew. */
  const attempt = async <Result>(session: number, ask: () => Promise<Result>): Promise<Result> => {
    try {
      return await ask();
    } catch (error) {
      sessions.delete(session);
      throw error;
    }
  };
  const { compute, matrix, matrixFile, openFile, supplyFile, listFile, readTensor, closeFile } = remote;
  const { beginFilm, addFrame, endFilm, dropFilm, upsample, train } = remote;
  return {
    compute,
    matrix,
    matrixFile,
    openFile,
    supplyFile,
    listFile,
    readTensor,
    closeFile,
    beginFilm,
    addFrame,
    endFilm,
    dropFilm,
    upsample,
    train,
    evaluate: ({ session, tensors, ...rest }) =>
      attempt(session, async () => {
        const evaluation = await remote.evaluate({ ...rest, session, tensors: lean(session, tensors) });
        sessions.get(session)?.set('output', nameOf(evaluation.output));
        return evaluation;
      }),
    look: ({ session, tensors, ...rest }) =>
      attempt(session, () => remote.look({ ...rest, session, tensors: lean(session, tensors) })),
    release: (session) => {
      sessions.delete(session);
      return remote.release(session);
    },
  };
}

interface Kept {
  readonly tensor: SharedTensor;
  /** It came in a message: its memory is nobody else's. */
  readonly received: boolean;
}

type LeanServed = Omit<Served, 'evaluate' | 'look'> & {
  evaluate(request: Lean<EvaluateRequest>): Transferring<Evaluation>;
  look(request: Lean<LookRequest>): News | Transferring<News>;
};

/** The thread's side: puts back what was left out, and answers with an output that is the asker's own. */
export function keepingTensors(handlers: Served): LeanServed {
  const sessions = new Map<number, Map<TensorName, Kept>>();
  const keep = (session: number, role: TensorName, kept: Kept): void => {
    const roles = sessions.get(session) ?? new Map<TensorName, Kept>();
    sessions.set(session, roles);
    const before = roles.get(role);
    if (before?.received === true) free(view(before.tensor).data);
    roles.set(role, kept);
  };
  const whole = (session: number, { input, weight, bias, output }: Lean<LookRequest>['tensors']): Shown => {
    const restore = (role: TensorName, { buffer, ...sent }: Sent): SharedTensor => {
      if (buffer) {
        const tensor = { ...sent, buffer };
        keep(session, role, { tensor, received: true });
        return tensor;
      }
      const tensor = sessions.get(session)?.get(role)?.tensor;
      if (!tensor || nameOf(tensor) !== nameOf(sent)) throw new Error(`The thread has not got this ${role}.`);
      return tensor;
    };
    return {
      input: restore('input', input),
      weight: restore('weight', weight),
      bias: bias && restore('bias', bias),
      output: output && restore('output', output),
    };
  };
  return {
    ...handlers,
    evaluate({ session, tensors, ...rest }) {
      const answer = handlers.evaluate({ ...rest, session, tensors: whole(session, tensors) });
      const { result, buffers } = answer instanceof Transferring ? answer : new Transferring(answer, []);
      const { output } = result;
      keep(session, 'output', { tensor: output, received: false });
      const { buffer } = freshCopy(view(output).data);
      return new Transferring({ ...result, output: { ...output, buffer, byteOffset: 0 } }, [...buffers, buffer]);
    },
    look: ({ session, tensors, ...rest }) => handlers.look({ ...rest, session, tensors: whole(session, tensors) }),
    release(session) {
      sessions.delete(session);
      handlers.release(session);
    },
  };
}

/**
 * Longest, in ms, that the thread may go on with what nobody wants any more. Without shared memory it cannot be told to
 * stop while it computes, only be ended; to start another takes some 60 ms, and its code is not compiled then. So what
 * is done within such a time is waited for, and whatever takes longer costs at most twice what the better choice would.
 */
const PATIENCE = 100;

/**
 * One question at a time, and the others wait here: one that is given up before its turn costs the thread nothing, and
 * when the thread has to be ended no other question is lost with it.
 */
class Copying implements Crossing {
  private last: Promise<unknown> = Promise.resolve();

  allocate(bytes: number): ArrayBuffer {
    return new ArrayBuffer(bytes);
  }

  reach(remote: Remote<EngineApi>): Remote<EngineApi> {
    // What the other end serves is what `keepingTensors` makes of the interface.
    return sendingChanges(remote);
  }

  ask<Result>(question: Question<Result>, running: () => Running, signal: AbortSignal | undefined): Asked<Result> {
    let asked: Running | undefined;
    const turn = async (): Promise<Result> => {
      if (signal?.aborted === true) throw new CancelledError();
      asked = running();
      try {
        return await question(asked.remote, undefined);
      } finally {
        asked = undefined;
      }
    };
    const answer = this.last.then(turn);
    this.last = answer.catch(() => undefined);
    return {
      answer,
      stop: () => {
        setTimeout(() => asked?.giveUp(), PATIENCE);
      },
    };
  }
}

export const copying = (): Crossing => new Copying();
