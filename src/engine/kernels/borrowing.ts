import type { Dtype } from '../../core/operation';
import { bytesPerElement } from '../../core/tensor/tensor';
import type { Arena } from './arena';
import { copyValues } from './copy';
import type { Floats } from './route';

export const dtypeOf = (values: Floats): Dtype => (values instanceof Float32Array ? 'float32' : 'float64');

/** Values that stand at an address of the memory; `count` elements. */
export const floatsAt = (dtype: Dtype, { buffer }: Arena, at: number, count: number): Floats =>
  dtype === 'float32' ? new Float32Array(buffer, at, count) : new Float64Array(buffer, at, count);

/** Memory that a call has taken, and what it gives back when it ends. */
export interface Borrowed {
  /** Takes bytes, and answers their address. */
  take(bytes: number): number;
  /** The address of values as `dtype` in this memory: where they stand, or that of a copy. */
  bring(values: Floats, dtype: Dtype): number;
  /** What is at this address stays when the call ends: somebody keeps it. */
  keep(at: number): void;
}

/** Runs a call and frees, however it ends, what it has borrowed and not kept. */
export function borrowing<Result>(arena: Arena, call: (borrowed: Borrowed) => Result): Result {
  const held = new Set<number>();
  const take = (bytes: number): number => {
    const at = arena.allocate(bytes);
    held.add(at);
    return at;
  };
  const bring = (values: Floats, dtype: Dtype): number => {
    if (arena.owns(values.buffer) && dtypeOf(values) === dtype) return values.byteOffset;
    const at = take(values.length * bytesPerElement(dtype));
    copyValues(values, floatsAt(dtype, arena, at, values.length));
    return at;
  };
  try {
    return call({ take, bring, keep: (at) => void held.delete(at) });
  } finally {
    for (const at of held) arena.free(at);
  }
}
