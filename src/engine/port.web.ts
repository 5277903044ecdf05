import type { Port } from '../protocol/rpc';

/**
 * An end of a web worker. Declared here because neither ES2023 nor Node's types declare it, and the DOM library, which
 * does, would let this room name `document`.
 */
export interface WorkerEnd {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  addEventListener(type: 'message', hear: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: 'message', hear: (event: { readonly data: unknown }) => void): void;
}

/** An end of a web worker, as the one kind of port that the RPC knows. */
export function portOf(end: WorkerEnd): Port {
  return {
    post: (message, transfer = []) => {
      end.postMessage(message, transfer);
    },
    listen: (receive) => {
      const hear = ({ data }: { readonly data: unknown }): void => {
        receive(data);
      };
      end.addEventListener('message', hear);
      return () => {
        end.removeEventListener('message', hear);
      };
    },
  };
}

/** Inside a web worker: the port to whoever started it. */
export const ownPort = (): Port => portOf(globalThis as unknown as WorkerEnd);
