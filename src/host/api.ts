import type * as vscode from 'vscode';
import type { CsrMatrix, ComputeRequest, MatrixRequest, Operation, Tensor } from '../core/operation';
import { type ShapeResult, shapeOf } from '../core/shape';
import type { InspectorDocument } from '../core/state/document';
import type { LayerReport } from './language/layerReport';
import type { Read } from './live/reading';
import { memoryLimit } from './memory';
import type { Rooms } from './rooms';

/** The extension's exports, version 1: the same functions that the panel and the editor features call. */
export interface TransposedConvApi {
  readonly version: 1;
  /** One operation, in the compute thread. Rejects with a `ProblemError` whose `problems` say what is illegal. */
  compute(request: ComputeRequest, signal?: AbortSignal): Promise<Tensor>;
  /** The sparse matrix C of the convolution, CSR; `convTranspose` computes with its transpose. */
  matrix(request: MatrixRequest, signal?: AbortSignal): Promise<CsrMatrix>;
  /** Output shape and its derivation, without computing. */
  shape(op: Operation, inputShape: readonly number[], weightShape: readonly number[]): ShapeResult;
  /** Every convolution-like call in a Python document or notebook cell, with all that could be told about it. */
  analyze(document: vscode.TextDocument, token?: vscode.CancellationToken): Promise<readonly LayerReport[]>;
  /**
   * Opens a document as one that is not saved yet, named after its title; without one, brings the last inspector to the
   * front. Rejects with a `ProblemError` when the document is malformed.
   */
  open(document?: InspectorDocument): Promise<void>;
  /**
   * What an expression stands for where a Python program has stopped in a debugger: a tensor with its values (an
   * overview where it is large, as `plan` and `window` say), or a layer with its weight and bias. Rejects with a
   * `ProblemError` that says why there are none. Evaluates the expression in the program, and nothing else.
   */
  inspectExpression(session: vscode.DebugSession, expression: string): Promise<Read>;
}

export const createApi = (rooms: Rooms): TransposedConvApi => ({
  version: 1,
  compute: async (request, signal) => (await rooms.engine()).compute({ ...request, limit: memoryLimit() }, signal),
  matrix: async (request, signal) => (await rooms.engine()).matrix({ ...request, limit: memoryLimit() }, signal),
  shape: shapeOf,
  analyze: async (document, token) => (await rooms.language()).analyze(document, token),
  inspectExpression: async (session, expression) => (await rooms.live()).inspect(session, expression),
  open: async (document) => {
    const { editor, openGiven } = await rooms.documents();
    await (document === undefined ? editor.reveal() : openGiven(document));
  },
});
