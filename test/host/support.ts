import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Operation, Tensor } from '../../src/core/operation';
import type { TransposedConvApi } from '../../src/host/api';

export const extensionId = 'transposed-conv.transposed-conv-inspector';

/** The extension's exports, as another extension gets them. */
export async function activatedApi(): Promise<TransposedConvApi> {
  const extension = vscode.extensions.getExtension<TransposedConvApi>(extensionId);
  assert.ok(extension, `${extensionId} is not installed`);
  return await extension.activate();
}

export function tensor(shape: number[], values: readonly number[], dtype: Tensor['dtype'] = 'float64'): Tensor {
  return { dtype, shape, data: dtype === 'float64' ? Float64Array.from(values) : Float32Array.from(values) };
}

/** A two-dimensional operation, the same on both axes. */
export function operation(
  kind: Operation['kind'],
  each: { stride?: number; padding?: number; dilation?: number; outputPadding?: number },
): Operation {
  const both = (value: number): number[] => [value, value];
  const { stride = 1, padding = 0, dilation = 1, outputPadding = 0 } = each;
  return {
    kind,
    stride: both(stride),
    padding: both(padding),
    dilation: both(dilation),
    outputPadding: kind === 'conv' ? undefined : both(outputPadding),
  };
}

/** Settles as the promise does, but never later than the limit: a call that hangs fails its test instead of the run. */
export async function within<Value>(milliseconds: number, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not settled after ${milliseconds} ms`)), milliseconds);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * The value once it is as wanted, or as it is after twenty seconds: what the window shows follows what was asked of it
 * by a moment, which on a busy machine is long.
 */
export async function until<Value>(look: () => Value, isWanted: (value: Value) => boolean): Promise<Value> {
  const deadline = Date.now() + 20_000;
  while (!isWanted(look()) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  return look();
}
