import * as vscode from 'vscode';
import { paddingOf } from '../../core/axis';
import { canonicalUse, type CanonicalUse } from '../../python/canonicalUse';
import type { Report } from '../../python';
import { argumentEdits } from '../../python/rewrite/argumentEdits';
import type { Layer } from '../../python/rewrite/layer';
import { refusalText } from './applyRefusal';
import type { Solution, SolveRequest } from '../../core/solve/request';
import type { FoundCall } from './calls';
import { askAbout, inverseRequest } from './findQuestion';
import { located } from './documents';

/** What the solver needs to know of a call. There is none where a size is a symbol, or the solver cannot write it. */
export interface SolvableCall {
  readonly known: CanonicalUse;
  readonly inputSizes: readonly number[];
  readonly framework: SolveRequest['framework'];
}

export function solvable(report: Report, use = 0): SolvableCall | undefined {
  const chosen = report.uses[use];
  const known = chosen && canonicalUse(report, chosen);
  const framework =
    report.framework === 'keras'
      ? 'keras'
      : report.framework === 'torch' || report.framework === 'paddle'
        ? 'torch'
        : undefined;
  const inputSizes = known?.inputShape.slice(-report.rank).filter((size): size is number => typeof size === 'number');
  return known && framework && inputSizes?.length === report.rank ? { known, inputSizes, framework } : undefined;
}

/** Asks which output size the call is to have; the present one is filled in. */
export async function questionOf({ known, inputSizes, framework }: SolvableCall): Promise<SolveRequest | undefined> {
  const outputs = known.outputShape.slice(-inputSizes.length);
  return askAbout({
    kind: known.op.kind,
    framework,
    sizes: inputSizes.map((input, axis) => ({ input, output: Number(outputs[axis]) })),
  });
}

/** The question for the inverse of a convolution; nothing for one that differs along its axes: it cannot be asked. */
export function inverseOf({ known: { op, weightShape }, inputSizes }: SolvableCall): SolveRequest | undefined {
  const sides = inputSizes.map((_, axis) => paddingOf(op, axis));
  const [padding] = sides[0];
  const uniform =
    [weightShape.slice(2), op.stride, op.dilation].every((values) => values.every((value) => value === values[0])) &&
    sides.flat().every((side) => side === padding);
  if (op.kind !== 'conv' || !uniform) return undefined;
  return inverseRequest(
    { kernel: weightShape[2], stride: op.stride[0], padding, dilation: op.dilation[0] },
    inputSizes,
  );
}

/** Makes the call say what the solver found: exactly the arguments that differ, as one step of undo. */
export async function rewriteCall(
  { report, snapshot }: FoundCall,
  { known, inputSizes }: SolvableCall,
  { operation, kernel }: Solution,
  use: number,
): Promise<void> {
  const before: Layer = { operation: known.op, weightShape: known.weightShape, inputSizes };
  const after: Layer = {
    ...before,
    operation: { ...known.op, ...operation, groups: known.op.groups, paddingMode: known.op.paddingMode },
    weightShape: [...known.weightShape.slice(0, 2), ...inputSizes.map(() => kernel)],
  };
  const { edits, refused } = argumentEdits(snapshot.source.text, report, report.uses[use], before, after);
  if (refused.length > 0) void vscode.window.showWarningMessage(refusalText(refused));
  const edit = new vscode.WorkspaceEdit();
  for (const { span, text } of edits) {
    const place = located(snapshot.source, span);
    if (place) edit.replace(place.document.uri, place.range, text);
  }
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}
