import type { CsrMatrix, ComputeRequest, MatrixRequest, Operation, Tensor } from '../core/operation';
import { type ShapeResult, shapeOf } from '../core/shape';
import type { EngineClient } from '../engine/client';
import { memoryLimit } from './memory';

/** The extension's exports, version 1: the same functions that the panel and the editor features call. */
export interface TransposedConvApi {
  readonly version: 1;
  /** One operation, in the compute thread. Rejects with a `ProblemError` whose `problems` say what is illegal. */
  compute(request: ComputeRequest, signal?: AbortSignal): Promise<Tensor>;
  /** The sparse matrix C of the convolution, CSR; `convTranspose` computes with its transpose. */
  matrix(request: MatrixRequest, signal?: AbortSignal): Promise<CsrMatrix>;
  /** Output shape and its derivation, without computing. */
  shape(op: Operation, inputShape: readonly number[], weightShape: readonly number[]): ShapeResult;
  /** Opens the panel, or brings it to the front. */
  open(): Promise<void>;
}

export function createApi(engine: EngineClient, open: () => Promise<void>): TransposedConvApi {
  return {
    version: 1,
    compute: (request, signal) => engine.compute({ ...request, limit: memoryLimit() }, signal),
    matrix: (request, signal) => engine.matrix({ ...request, limit: memoryLimit() }, signal),
    shape: shapeOf,
    open,
  };
}
