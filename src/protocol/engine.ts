import type { Interpretation, Target } from '../core/formats/axes';
import type { TensorEntry } from '../core/formats/format';
import type { StoredAs } from '../core/frameworks/weights';
import type { MatrixFormat } from '../core/matrix/export';
import type { CsrMatrix, Dtype, Operation, Tensor } from '../core/operation';
import type { Sight, Watch } from '../core/tensor/look';
import type { Lost } from '../core/tensor/precision';

/**
 * A tensor whose values both sides have: in shared memory, which crosses without a copy, or, where a host has none,
 * each in a copy of its own. `version` changes when the values do.
 */
export interface SharedTensor {
  readonly id: number;
  readonly version: number;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly buffer: ArrayBufferLike;
  /** Where the values start in the buffer; 0 unless given. Outputs stand in the memory that the kernels work in. */
  readonly byteOffset?: number;
}

/**
 * One `Int32` in shared memory. The asking side sets it to non-zero to stop the work; the thread looks at it every now
 * and then.
 */
export type CancelFlag = SharedArrayBuffer;

export interface Shown {
  readonly input: SharedTensor;
  readonly weight: SharedTensor;
  readonly bias?: SharedTensor;
  readonly output?: SharedTensor;
}

export interface EvaluateRequest {
  /** Whose output buffers to write into. */
  readonly session: number;
  readonly revision: number;
  readonly op: Operation;
  readonly tensors: Omit<Shown, 'output'>;
  readonly watch: Watch;
  readonly cancel?: CancelFlag;
  /** Upper limit in bytes for everything that this request allocates. */
  readonly limit: number;
}

export interface Evaluation {
  readonly revision: number;
  /** Valid until the evaluation after the next one begins: the thread writes outputs into two buffers in turn. */
  readonly output: SharedTensor;
  readonly sight: Sight;
  readonly milliseconds: number;
}

export interface LookRequest {
  /** Whose tensors these are. */
  readonly session: number;
  /** Number of spatial axes, to tell rows from channels. */
  readonly rank: number;
  readonly tensors: Shown;
  readonly watch: Watch;
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

export interface MatrixFileCall extends MatrixCall {
  readonly format: MatrixFormat;
}

/** What the compute thread does. */
export interface EngineApi {
  /** One operation on tensors that the caller owns, for the exported API. */
  compute(call: ComputeCall): Tensor;
  matrix(call: MatrixCall): CsrMatrix;
  /** The matrix as the bytes of a file. The thread writes it too, because that takes longer than making it. */
  matrixFile(call: MatrixFileCall): Uint8Array;
  /**
   * For the inspector: computes the output, and answers with the values and statistics that are watched, in one round
   * trip.
   */
  evaluate(request: EvaluateRequest): Evaluation;
  /** Values and statistics of tensors that exist already: scrolling needs no new output. */
  look(request: LookRequest): Sight;
  /** Says that a session has ended: its output buffers are not needed any more. */
  release(session: number): void;
  /**
   * Parses a file or pasted text and keeps it until it is closed, so that it crosses once and is parsed once whatever
   * is asked of it. Not done in the host, because a large table takes seconds.
   */
  openFile(call: FileCall): OpenedFile;
  /** One tensor of an open file. Its values stand in shared memory, ready to become a document's without a copy. */
  readTensor(call: TensorCall): Converted;
  closeFile(file: number): void;
}

/** A tensor in the type that was asked for, and what that type could not hold of it. */
export interface Converted extends Tensor {
  readonly lost?: Lost;
}

/** A file by its bytes and its name, or pasted text. */
export type FileCall = ({ readonly bytes: Uint8Array; readonly name: string } | { readonly text: string }) & {
  /** Upper limit in bytes of one tensor. */
  readonly limit: number;
};

export interface OpenedFile {
  /** The number by which its tensors are asked for. */
  readonly file: number;
  readonly entries: readonly Omit<TensorEntry, 'load'>[];
}

export interface TensorCall {
  readonly file: number;
  /** Position in the file's entries: names need not be unique. */
  readonly entry: number;
  /** How its axes are to be put in order: as a person or as a framework's layout says. As in the file unless given. */
  readonly as?: { readonly way: Interpretation; readonly target: Target } | { readonly storedAs: StoredAs };
  /** The type that holds all of the file's values unless given. */
  readonly dtype?: Dtype;
  /** Upper limit in bytes of the tensor. */
  readonly limit: number;
}

/** Sent by the thread, unasked, while an evaluation takes long; `done` runs from 0 to 1. */
export interface ProgressMessage {
  readonly progress: { readonly session: number; readonly revision: number; readonly done: number };
}
