import { availableParallelism } from 'node:os';
import { type MessagePort, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import type { Port } from '../protocol/rpc';

/** Node's two ends of a worker, as the one kind of port that the RPC knows. */
export function portOf(end: Pick<MessagePort | Worker, 'postMessage' | 'on' | 'off'>): Port {
  return {
    post: (message, transfer) => {
      end.postMessage(message, transfer ? [...transfer] : []);
    },
    listen: (receive) => {
      end.on('message', receive);
      return () => end.off('message', receive);
    },
  };
}

/**
 * Two counters in shared memory: messages sent by the asking side, and by the thread. To look at one takes nanoseconds,
 * to be woken some 40 µs.
 */
export type Bells = SharedArrayBuffer;
const ASKED = 0;
const ANSWERED = 1;

/**
 * What the thread is started with: its end of the channel, and the bells where the host has shared memory and a
 * processor for either side.
 */
export interface Line {
  readonly port: MessagePort;
  readonly bells?: Bells;
}

export const createBells = (): Bells | undefined =>
  typeof SharedArrayBuffer === 'function' && availableParallelism() > 1 ? new SharedArrayBuffer(8) : undefined;

/**
 * How long the thread looks for the next question after an answer, before it sleeps. Longer than one wake-up of the
 * asking side, or the two would miss each other again and again; and no longer, since a thread that looks keeps a
 * processor busy. What other times gave: docs/decisions/0006.
 */
const LISTEN_MS = 0.1;
/** How long the asking side, which may be the extension host, waits for an answer in place. */
const WAIT_MS = 0.04;
/**
 * After two answers in a row that took longer than this, the next one is not expected to be quick. A single one may
 * just have met a collection of garbage.
 */
const QUICK_MS = 0.25;
const MOST_SLOW = 2;

/**
 * How often the bell is looked at before the clock is read again, some 2 µs: reading the clock may leave garbage
 * behind.
 */
const LOOKS = 200;

type Arrived = { readonly message: unknown } | undefined;

/** Waits until the bell shows something else than `before`, or until a time; says whether it does. */
function hears(words: Int32Array, bell: number, before: number, until: number): boolean {
  do {
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, bell) !== before) return true;
  } while (performance.now() < until);
  return false;
}

/** The asking side. What arrives is delivered once and in order, whether it was waited for or not. */
export interface AskingPort extends Port {
  /** Delivers every message that has arrived since the last one that was delivered; false when there was none. */
  drain(): boolean;
}

/**
 * A question that comes right after a quick answer finds the thread awake, and its answer is waited for in place: 15 µs
 * instead of 100. Any other question is answered by an event, so that a key press never waits.
 */
export function askingPort({ port, bells }: Line): AskingPort {
  const plain = portOf(port);
  const listeners = new Set<(message: unknown) => void>();
  const words = bells && new Int32Array(bells);
  let asked = 0;
  let answered = -Infinity;
  let slow = MOST_SLOW;

  const deliver = (message: unknown): void => {
    answered = performance.now();
    slow = answered - asked < QUICK_MS ? 0 : slow + 1;
    for (const hear of listeners) hear(message);
  };
  plain.listen(deliver);
  const drain = (): boolean => {
    let got: Arrived = receiveMessageOnPort(port);
    const any = got !== undefined;
    for (; got; got = receiveMessageOnPort(port)) deliver(got.message);
    return any;
  };

  return {
    drain,
    post(message, transfer) {
      const started = performance.now();
      // While an earlier question is unanswered the thread is busy with that.
      const awake = slow < MOST_SLOW && answered >= asked && started - answered < LISTEN_MS;
      asked = started;
      plain.post(message, transfer);
      if (!words) return;
      Atomics.add(words, ASKED, 1);
      if (!awake) return;
      let heard: number;
      // The bell may still ring for the previous answer, which came as an event.
      do heard = Atomics.load(words, ANSWERED);
      while (!drain() && hears(words, ANSWERED, heard, started + WAIT_MS));
    },
    listen(receive) {
      listeners.add(receive);
      return () => listeners.delete(receive);
    },
  };
}

/** The thread's side: after each message it stays awake for a moment. */
export function servingPort({ port, bells }: Line): Port {
  const plain = portOf(port);
  if (!bells) return plain;
  const words = new Int32Array(bells);
  let resting = false;
  return {
    post(message, transfer) {
      plain.post(message, transfer);
      Atomics.add(words, ANSWERED, 1);
    },
    listen(receive) {
      const take = (message: unknown): void => {
        receive(message);
        if (resting) return;
        resting = true;
        // Not at once: the answer is sent when the promises behind it have been settled.
        setImmediate(listenOn);
      };
      const listenOn = (): void => {
        resting = false;
        const until = performance.now() + LISTEN_MS;
        let heard: number;
        // A message that had arrived before this loop comes as an event anyway; one that arrives meanwhile is taken
        // here.
        do {
          heard = Atomics.load(words, ASKED);
          const got: Arrived = receiveMessageOnPort(port);
          if (got) {
            take(got.message);
            return;
          }
        } while (hears(words, ASKED, heard, until));
      };
      return plain.listen(take);
    },
  };
}
