import type * as vscode from 'vscode';
import type { Operation } from '../../core/operation';
import type { Dim, Report, Use } from '../../core/python';
import { shapeOf } from '../../core/shape';
import type { Origin } from '../../core/state/document';

/** What the inspector is asked to open: an operation on tensors of these shapes, and the call in code that it came from, if it did. */
export interface CodeDraft {
  readonly title: string;
  readonly op: Operation;
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
  readonly origin?: Extract<Origin, { kind: 'python' }>;
}

export type LinkedDraft = CodeDraft & Required<Pick<CodeDraft, 'origin'>>;

/** The sizes tried for an axis whose size is not known: small enough to read, the first that is legal. */
const TRIED: readonly number[] = [4, 8, 16, 32, 64, 128, 256];

const isKnown = (dims: readonly Dim[]): dims is readonly number[] => dims.every((dim) => typeof dim === 'number');

export function canOpen(use: Use): boolean {
  return sizes(use) !== undefined;
}

function sizes({ operation, weightShape, inputShape }: Use): Omit<CodeDraft, 'title' | 'origin'> | undefined {
  if (!operation || !weightShape || !isKnown(weightShape)) return undefined;
  const rank = operation.stride.length;
  if (inputShape.length !== rank + 1 && inputShape.length !== rank + 2) return undefined;
  const channels = operation.kind === 'conv' ? weightShape[1] * (operation.groups ?? 1) : weightShape[0];
  for (const size of TRIED) {
    const spatial = inputShape.slice(-rank).map((dim) => (typeof dim === 'number' ? dim : size));
    const [batch] = inputShape;
    const shape = inputShape.length === rank + 2 ? [typeof batch === 'number' ? batch : 1, channels, ...spatial] : [channels, ...spatial];
    if (shapeOf(operation, shape, weightShape).problems.length === 0) return { op: operation, inputShape: shape, weightShape };
    if (isKnown(inputShape)) break;
  }
  return undefined;
}

/** The draft of one use of a layer; nothing when its parameters are not all known numbers. */
export function draftOf(report: Report, use: Use, uri: vscode.Uri, range: vscode.Range): LinkedDraft | undefined {
  const known = sizes(use);
  if (!known) return undefined;
  const name = report.mentions.find(({ role }) => role === 'definition')?.name;
  return {
    ...known,
    title: name ?? report.callee.split('.').pop() ?? report.callee,
    origin: {
      kind: 'python',
      uri: uri.toString(),
      callee: report.callee,
      range: { start: { line: range.start.line, character: range.start.character }, end: { line: range.end.line, character: range.end.character } },
    },
  };
}
