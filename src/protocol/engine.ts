import type { CsrMatrix, Dtype, Operation, Tensor } from '../core/operation';
import type { PlaneBlock, PlaneRequest, Statistics } from './views';

/** A tensor in shared memory: it crosses to the compute thread without a copy. `version` changes when the values do. */
export interface SharedTensor {
  readonly id: number;
  readonly version: number;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly buffer: SharedArrayBuffer;
}

/** Written by the asking side, read between blocks of work: non-zero means stop. */
export type CancelFlag = SharedArrayBuffer;

export interface EvaluateRequest {
  readonly revision: number;
  readonly op: Operation;
  readonly input: SharedTensor;
  readonly weight: SharedTensor;
  readonly bias?: SharedTensor;
  readonly planes: readonly PlaneRequest[];
  /** Whether statistics are of the whole tensor or of the plane that is shown. */
  readonly statistics: 'tensor' | 'plane';
  readonly cancel?: CancelFlag;
  /** Upper limit in bytes for everything that this request allocates. */
  readonly limit: number;
}

export interface Evaluation {
  readonly revision: number;
  /** Lives until the next evaluation but one: the thread writes into two buffers in turn. */
  readonly output: SharedTensor;
  readonly blocks: readonly PlaneBlock[];
  readonly statistics: readonly Statistics[];
  readonly milliseconds: number;
}

export interface PlanesRequest {
  readonly tensors: Readonly<Partial<Record<'input' | 'weight' | 'bias' | 'output', SharedTensor>>>;
  readonly planes: readonly PlaneRequest[];
}

/** What the compute thread does. */
export interface EngineApi {
  /** One whole operation on caller-owned tensors: the exported API. */
  compute(request: ComputeCall): Tensor;
  matrix(request: MatrixCall): CsrMatrix;
  /** The inspector's document: output, statistics and the planes that are shown, in one round trip. */
  evaluate(request: EvaluateRequest): Evaluation;
  /** More planes of tensors that exist already: scrolling needs no new output. */
  planes(request: PlanesRequest): readonly PlaneBlock[];
}

export interface ComputeCall {
  readonly op: Operation;
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias?: Tensor;
  readonly cancel?: CancelFlag;
  readonly limit: number;
}

export interface MatrixCall {
  readonly op: Operation;
  readonly inputShape: readonly number[];
  readonly weight: Tensor;
  readonly cancel?: CancelFlag;
  readonly limit: number;
}

/** Sent by the thread, unasked, while an evaluation takes long; `done` runs from 0 to 1. */
export interface ProgressMessage {
  readonly progress: { readonly revision: number; readonly done: number };
}
