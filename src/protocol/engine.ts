import type { Interpretation, Target } from '../core/formats/axes';
import type { LeftOut, TensorEntry } from '../core/formats/format';
import type { Part } from '../core/formats/part';
import type { StoredAs } from '../core/frameworks/weights';
import type { MatrixFormat } from '../core/matrix/export';
import type { CsrMatrix, Dtype, Operation, Tensor } from '../core/operation';
import type { Watch } from '../core/tensor/look';
import type { Lost } from '../core/tensor/precision';
import type { Training, TrainingQuestion } from '../core/training/training';
import type { Comparison, UpsamplingQuestion } from '../core/upsampling/comparison';
import type { News } from './news';

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
  /**
   * What made the last versions, the newest last: each from the one that is named by `id.version`, by writing these
   * cells and no others. A version that came about otherwise is not in the list, nor is any before it.
   */
  readonly lately?: readonly { readonly before: string; readonly cells: Uint32Array }[];
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
  /** The last sight that the page has, by its serial: then it is told only what is different since. */
  readonly known?: number;
  readonly cancel?: CancelFlag;
  /** Upper limit in bytes for everything that this request allocates. */
  readonly limit: number;
}

export interface Evaluation {
  readonly revision: number;
  /** Valid until the evaluation after the next one begins: the thread writes outputs into two buffers in turn. */
  readonly output: SharedTensor;
  readonly sight: News;
  readonly milliseconds: number;
}

export interface LookRequest {
  /** Whose tensors these are. */
  readonly session: number;
  /** Number of spatial axes, to tell rows from channels. */
  readonly rank: number;
  readonly tensors: Shown;
  readonly watch: Watch;
  /** As in an evaluation. */
  readonly known?: number;
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
  look(request: LookRequest): News;
  /** Says that a session has ended: its output buffers are not needed any more. */
  release(session: number): void;
  /**
   * Lists what a file or pasted text holds and keeps it open until it is closed, so that it is parsed once whatever is
   * asked of it. Not done in the host, because a large table takes seconds.
   */
  openFile(call: FileCall): OpenedFile | Wanting;
  /** Gives what was wanted. */
  supplyFile(call: SupplyCall): void;
  /** What an open file holds, once it has been given what it lacked. */
  listFile(file: number): OpenedFile | Wanting;
  /** One tensor of an open file. Its values stand in shared memory, ready to become a document's without a copy. */
  readTensor(call: TensorCall): Converted | Wanting;
  closeFile(file: number): void;
  /** Begins a film of pictures that the page draws; answers with its number. */
  beginFilm(call: FilmCall): number;
  addFrame(call: FilmFrameCall): void;
  /** The film as an animated GIF. */
  endFilm(film: number): Uint8Array;
  dropFilm(film: number): void;
  /** Ways to make a plane larger, compared. */
  upsample(call: UpsampleCall): Comparison;
  /** Learns a kernel by gradient descent. */
  train(call: TrainCall): Training;
}

export interface TrainCall {
  readonly question: TrainingQuestion;
  readonly cancel?: CancelFlag;
  /** Upper limit in bytes for everything that this request allocates. */
  readonly limit: number;
}

export interface UpsampleCall {
  readonly question: UpsamplingQuestion;
  readonly cancel?: CancelFlag;
  /** Upper limit in bytes for everything that this request allocates. */
  readonly limit: number;
}

export interface FilmCall {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Colours that must be exact, three bytes each. */
  readonly colours: Uint8Array;
  /** Upper limit in bytes of what a frame takes. */
  readonly limit: number;
}

export interface FilmFrameCall {
  readonly film: number;
  /** Red, green, blue and opacity of each pixel, row by row; all are opaque. */
  readonly rgba: Uint8Array;
  /** How long it is shown. */
  readonly milliseconds: number;
}

/** A tensor in the type that was asked for, and what that type could not hold of it. */
export interface Converted extends Tensor {
  readonly lost?: Lost;
}

/**
 * Where the numbers of a file are: on a disk that the thread reaches itself; in memory; with the asker, who gives those
 * of its bytes that are wanted; or in pasted text.
 */
export type FileCall = (
  | { readonly path: string; readonly name: string }
  | { readonly bytes: Uint8Array; readonly name: string }
  | { readonly size: number; readonly name: string }
  | { readonly text: string }
) & {
  /** Upper limit in bytes of one tensor. */
  readonly limit: number;
};

export interface OpenedFile {
  /** The number by which its tensors are asked for. */
  readonly file: number;
  readonly entries: readonly Omit<TensorEntry, 'load'>[];
  /** What else is in it. */
  readonly left: readonly LeftOut[];
}

/** What the thread lacks to go on with a file: it is asked once more when it has been given that. */
export type Want =
  | { readonly want: 'bytes'; readonly offset: number; readonly length: number }
  /** A file beside it, by its path from the file's folder. */
  | { readonly want: 'beside'; readonly path: string }
  /** The script that reads rare kinds of files. */
  | { readonly want: 'readers' };

export interface Wanting {
  readonly file: number;
  readonly wants: readonly Want[];
}

/** The answer to a want: bytes, the bytes of a whole file (none where there is no such file), or a script. */
export type Given = Uint8Array | string | undefined;

export interface SupplyCall {
  readonly file: number;
  readonly want: Want;
  readonly given: Given;
}

export interface TensorCall {
  readonly file: number;
  /** Position in the file's entries: names need not be unique. */
  readonly entry: number;
  /** How its axes are to be put in order: as a person or as a framework's layout says. As in the file unless given. */
  readonly as?: { readonly way: Interpretation; readonly target: Target } | { readonly storedAs: StoredAs };
  /** What its values are taken for, one of the entry's readings; the first unless given. */
  readonly reading?: string;
  /** Which part of it; all unless given. */
  readonly window?: Part;
  /** The type that holds all of the file's values unless given. */
  readonly dtype?: Dtype;
  /** Upper limit in bytes of the tensor. */
  readonly limit: number;
}

/** Sent by the thread, unasked, while an evaluation takes long; `done` runs from 0 to 1. */
export interface ProgressMessage {
  readonly progress: { readonly session: number; readonly revision: number; readonly done: number };
}
