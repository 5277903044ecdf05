import type { createHandlers } from './handlers';

type Handlers = ReturnType<typeof createHandlers>;
/** `transfer` exists since V8 11.4; before, what a message brought is freed by the garbage collector. */
type Buffers = ArrayBufferLike & { transfer?(bytes: number): ArrayBuffer };

/** To free a smaller one by hand takes longer than the collector takes for it. */
const WORTH_FREEING = 65_536;

/** Frees the memory of values at once; what is shared stays. Nobody may look at them afterwards. */
export function free(values: Float32Array | Float64Array | Uint8Array | undefined): void {
  if (!values) return;
  const buffer: Buffers = values.buffer;
  // Two operands of one message may be views of the same buffer: the second finds it empty.
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= WORTH_FREEING) buffer.transfer?.(0);
}

/**
 * The handlers for a thread whose messages bring copies of its own: it frees their memory with the answer, instead of
 * waiting for a collection of garbage that a sleeping thread does not do (docs/decisions/0010).
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
