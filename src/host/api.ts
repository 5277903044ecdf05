import type * as vscode from 'vscode';
import { check, Door } from '../core/door';
import type { CsrMatrix, ComputeRequest, MatrixRequest, Operation, Tensor } from '../core/operation';
import { ProblemError } from '../core/problem';
import { type ShapeResult, shapeOf } from '../core/shape';
import type { InspectorDocument } from '../core/state/document';
import { parseDocument } from '../core/state/parseDocument';
import type { EngineClient } from '../engine/client';
import type { DocumentEditor } from './documents/editor';
import type { LayerReport } from './language/layerReport';
import type { LanguageFeatures } from './language/register';
import type { Read } from './live/reading';
import type { LiveFeatures } from './live/register';
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

export function createApi(
  engine: EngineClient,
  editor: Pick<DocumentEditor, 'create' | 'reveal'>,
  language: Pick<LanguageFeatures, 'analyze'>,
  live: LiveFeatures,
): TransposedConvApi {
  return {
    version: 1,
    compute: (request, signal) => engine.compute({ ...request, limit: memoryLimit() }, signal),
    matrix: (request, signal) => engine.matrix({ ...request, limit: memoryLimit() }, signal),
    shape: shapeOf,
    analyze: language.analyze,
    inspectExpression: live.inspect,
    open: async (document) => {
      if (document === undefined) {
        await editor.reveal();
        return;
      }
      const checked = check(() => parseDocument(new Door(document, 'document')));
      if (!checked.ok) throw new ProblemError(checked.problems);
      await editor.create(checked.value);
    },
  };
}
