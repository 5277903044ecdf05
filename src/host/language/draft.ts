import type * as vscode from 'vscode';
import type { Operation } from '../../core/operation';
import { canonicalUse } from '../../python/canonicalUse';
import type { Dim, Report, Use } from '../../python';
import { shapeOf } from '../../core/shape';
import type { Origin } from '../../core/state/document';

/**
 * What the inspector is asked to open: an operation on tensors of these shapes, and the call in the code that it comes
 * from, if there is one.
 */
export interface CodeDraft {
  readonly title: string;
  readonly op: Operation;
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
  readonly origin?: Extract<Origin, { kind: 'python' }>;
}

export type LinkedDraft = CodeDraft & Required<Pick<CodeDraft, 'origin'>>;

/** An axis of unknown size gets the first of these that is legal. Small ones come first, since every cell is drawn. */
const TRIED: readonly number[] = [4, 8, 16, 32, 64, 128, 256];

const isKnown = (dims: readonly Dim[]): dims is readonly number[] => dims.every((dim) => typeof dim === 'number');

export function canOpen(report: Report, use: Use): boolean {
  return sizes(report, use) !== undefined;
}

function sizes(report: Report, use: Use): Pick<CodeDraft, 'op' | 'inputShape' | 'weightShape'> | undefined {
  const known = canonicalUse(report, use);
  if (!known) return undefined;
  const { op, inputShape, outputShape, weightShape } = known;
  const batched = inputShape.length === report.rank + 2;
  for (const size of TRIED) {
    const shape = inputShape.map((dim, axis) => (typeof dim === 'number' ? dim : batched && axis === 0 ? 1 : size));
    const { problems, outputShape: made } = shapeOf(op, shape, weightShape);
    // The inspector must show the output size that the hover tells. Where they differ, the layer does more than this.
    const differs = made?.some(
      (dim, axis) =>
        typeof outputShape[axis] === 'number' && axis > 0 && isKnown(inputShape.slice(1)) && outputShape[axis] !== dim,
    );
    if (problems.length === 0) return differs ? undefined : { op, inputShape: shape, weightShape };
    if (isKnown(inputShape)) break;
  }
  return undefined;
}

/** The draft of one use of a layer; nothing when its parameters are not all known numbers. */
export function draftOf(report: Report, use: Use, uri: vscode.Uri, range: vscode.Range): LinkedDraft | undefined {
  const known = sizes(report, use);
  if (!known) return undefined;
  const name = report.mentions.find(({ role }) => role === 'definition')?.name;
  return {
    ...known,
    title: name ?? report.callee.split('.').pop() ?? report.callee,
    origin: {
      kind: 'python',
      uri: uri.toString(),
      callee: report.callee,
      range: {
        start: { line: range.start.line, character: range.start.character },
        end: { line: range.end.line, character: range.end.character },
      },
    },
  };
}
