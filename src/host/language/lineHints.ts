import * as vscode from 'vscode';
import type { LineShape } from '../../python';
import { shapesOf } from '../../python/whyText';
import { shape } from '../../python/written';
import type { Snapshot } from './analyses';
import { COMMANDS, callReference } from './commands';
import { rangeIn } from './documents';
import { canOpen } from './draft';
import { translated } from '../translate';

/** Which lines have a hint. */
export type LineHints = 'off' | 'changes' | 'on';

export function lineHintsIn(scope: vscode.ConfigurationScope): LineHints {
  const said = vscode.workspace.getConfiguration('transposedConv', scope).get<unknown>('inlayHints.tensors');
  return said === 'on' || said === 'changes' ? said : 'off';
}

/** Of a longer shape the rest is in the tooltip. */
const LONGEST = 40;

/** The shape that each line leaves, behind its name; with `changes`, only where it is another than before. */
export function lineHints(snapshot: Snapshot, document: vscode.TextDocument, which: LineHints): vscode.InlayHint[] {
  if (which === 'off') return [];
  const before = new Map<string, string>();
  return (snapshot.analysis.lines ?? []).flatMap((line) => {
    const text = shapesOf(line);
    const same = before.get(line.within) === text;
    before.set(line.within, text);
    const range = rangeIn(snapshot.source, document, line.span);
    return line.shapes.length === 0 || (which === 'changes' && same) || !range
      ? []
      : [hintOf(snapshot, document, line, range)];
  });
}

function hintOf(
  snapshot: Snapshot,
  document: vscode.TextDocument,
  line: LineShape,
  range: vscode.Range,
): vscode.InlayHint {
  const { name, shapes, why } = line;
  const whole = shape(shapes[0]);
  const more = shapes.length > 1 ? ` · ${vscode.l10n.t('{0} shapes', shapes.length)}` : '';
  const written = whole.length > LONGEST ? `${whole.slice(0, LONGEST - 1)}…` : whole;
  const part = new vscode.InlayHintLabelPart(`${name === 'return' ? '→' : ':'} ${written}${more}`);
  part.tooltip = [...shapes.map(shape), ...why.map(translated)].join('\n');
  part.command = openingOf(snapshot, document, line);
  const hint = new vscode.InlayHint(range.end, [part], vscode.InlayHintKind.Type);
  hint.paddingLeft = name === 'return';
  return hint;
}

/** What opens the inspector on the layer that a line applies, where it applies one whose numbers are known. */
export function openingOf(
  { analysis, source }: Snapshot,
  document: vscode.TextDocument,
  { span, behind }: LineShape,
): vscode.Command | undefined {
  for (const report of analysis.reports) {
    const index = report.uses.findIndex((use) => use.span && use.span.start >= span.start && use.span.end <= behind);
    const range = index >= 0 && canOpen(report, report.uses[index]) && rangeIn(source, document, report.span);
    if (range)
      return {
        title: vscode.l10n.t('Open in Transposed Conv Inspector'),
        command: COMMANDS.openCall,
        arguments: [callReference(document, range.start, report, index)],
      };
  }
  return undefined;
}
