import { traceOf } from './trace';

/** A way to send and receive messages, by a worker's port, by a webview, or by a pair in a test. */
export interface Port {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Calls back for every message that arrives; returns what ends that. */
  listen(receive: (message: unknown) => void): () => void;
}

/** Every method answers with a promise on the calling side, whatever it returns where it is served. */
export type Remote<Api> = {
  readonly [Name in keyof Api]: Api[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

/** An error as it crosses: `data` carries what a receiver can act on, such as the problems of a ProblemError. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly data?: unknown;
  /** Where it arose, for the log: see `traceOf`. What is wrong with a request arose with whoever asked. */
  readonly trace?: readonly string[];
}

interface Call {
  readonly rpc: 'call';
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}
interface Reply {
  readonly rpc: 'reply';
  readonly id: number;
  readonly result?: unknown;
  readonly error?: WireError;
}

/** A served method returns this to hand buffers over instead of copying them. */
export class Transferring<Result> {
  constructor(
    readonly result: Result,
    readonly buffers: readonly ArrayBuffer[],
  ) {}
}

/**
 * The arguments up to the last one that is given: what is left out must not arrive, as it would in JSON, which makes
 * null of undefined.
 */
const given = (args: readonly unknown[]): readonly unknown[] =>
  args.slice(0, args.findLastIndex((argument) => argument !== undefined) + 1);

const handed = new WeakMap<object, readonly ArrayBuffer[]>();

/** Marks an argument of a call: when it is sent, these buffers of it are handed over instead of copied. */
export function handOver<Argument extends object>(argument: Argument, buffers: readonly ArrayBuffer[]): Argument {
  handed.set(argument, buffers);
  return argument;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isCall = (message: unknown): message is Call =>
  isRecord(message) && message.rpc === 'call' && typeof message.method === 'string' && Array.isArray(message.args);
const isReply = (message: unknown): message is Reply =>
  isRecord(message) && message.rpc === 'reply' && typeof message.id === 'number';

export function toWireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  return 'problems' in error ? { name, message, data: error.problems } : { name, message, trace: traceOf(error) };
}

/** Puts the far side's trace in the place of our own, which tells only that a reply arrived. */
function withTrace(error: Error, { trace }: WireError): Error {
  if (Array.isArray(trace)) error.stack = [`${error.name}: ${error.message}`, ...trace.map(String)].join('\n    at ');
  return error;
}

/**
 * The other side as an object whose methods answer with promises. `fail` rejects every call under way, when that side
 * has died.
 */
export function connect<Api>(
  port: Port,
  revive: (error: WireError) => Error = (error) => new Error(error.message),
): { readonly remote: Remote<Api>; fail(error: Error): void } {
  const pending = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  port.listen((message) => {
    if (!isReply(message)) return;
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.error) waiting?.reject(withTrace(revive(message.error), message.error));
    else waiting?.resolve(message.result);
  });
  const call = (method: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      pending.set(id, { resolve, reject });
      try {
        const buffers = args.flatMap((argument) => (isRecord(argument) ? (handed.get(argument) ?? []) : []));
        port.post({ rpc: 'call', id, method, args } satisfies Call, buffers);
      } catch (error) {
        pending.delete(id);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  const remote = new Proxy(
    {},
    {
      get: (_target, method) =>
        typeof method === 'string' && method !== 'then' ? (...args: unknown[]) => call(method, given(args)) : undefined,
    },
  );
  return {
    remote: remote as Remote<Api>,
    fail(error) {
      const waiting = [...pending.values()];
      pending.clear();
      for (const each of waiting) each.reject(error);
    },
  };
}

/**
 * Answers calls with the methods of `api`. What a method throws is sent as a reply too, so that no caller waits for
 * ever.
 */
export function serve<Api extends object>(port: Port, api: Api): () => void {
  return port.listen((message) => {
    if (!isCall(message)) return;
    const { id, method, args } = message;
    const answer = async (): Promise<void> => {
      const served: unknown = Object.hasOwn(api, method) ? (api as Record<string, unknown>)[method] : undefined;
      if (typeof served !== 'function') throw new Error(`There is no method ${method}.`);
      const result: unknown = await Reflect.apply(served, api, args);
      if (result instanceof Transferring)
        port.post({ rpc: 'reply', id, result: result.result as unknown } satisfies Reply, result.buffers);
      else port.post({ rpc: 'reply', id, result } satisfies Reply);
    };
    answer().catch((error: unknown) => {
      port.post({ rpc: 'reply', id, error: toWireError(error) } satisfies Reply);
    });
  });
}
