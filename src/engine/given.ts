import type { createHandlers } from './handlers';

type Handlers = ReturnType<typeof createHandlers>;
/** `transfer` since V8 11.4; before, the collector frees what a message brought. */
type Buffers = ArrayBufferLike & { transfer?(bytes: number): ArrayBuffer };

/** Smaller ones cost the collector less than this costs a quick answer. */
const WORTH_FREEING = 65_536;

/** Frees the memory of values at once; what is shared stays. Nobody may look at them afterwards. */
export function free(values: Float32Array | Float64Array | Uint8Array | undefined): void {
  if (!values) return;
  const buffer: Buffers = values.buffer;
  // Two operands of one message may be views of the same buffer: the second finds it empty.
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= WORTH_FREEING) buffer.transfer?.(0);
}

/**
 * The handlers for a thread whose messages bring copies that are its own: their memory is given back with the answer.
 * V8 sees little of it on its heap and collects a sleeping thread never, so that tens of MiB stood in the allocator of
 * this thread, and with them what lay between.
 */
export function freeingGiven(handlers: Handlers): Handlers {
  return {
    ...handlers,
    compute(call) {
      try {
        return handlers.compute(call);
      } finally {
        for (const given of [call.input, call.weight, call.bias]) free(given?.data);
      }
    },
    matrix(call) {
      try {
        return handlers.matrix(call);
      } finally {
        free(call.weight.data);
      }
    },
    matrixFile(call) {
      try {
        return handlers.matrixFile(call);
      } finally {
        free(call.weight.data);
      }
    },
  };
}
