import * as vscode from 'vscode';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from '../../language/cancelled';
import { chainAround } from '../../language/chainAround';
import { COMMANDS, callReference, commandLink } from './commands';
import { hoverText } from '../../language/hoverText';
import { canOpen } from '../../language/draft';
import { useOf } from '../../language/refusedUse';
import { type Found, layerAt } from '../../language/layerAt';
import { isOn } from './settings';
import { located, offsetAt, rangeIn } from './documents';
import { EDITOR_WORDS } from './words';

function links({ report, use }: Found, snapshot: Snapshot): string {
  const place = located(snapshot.source, report.span);
  if (!place) return '';
  const index = use ? report.uses.indexOf(use) : 0;
  const reference = callReference(place.document, place.range.start, report, index);
  const chosen = useOf(report, index);
  return [
    ...(chosen && canOpen(report, chosen)
      ? [commandLink(vscode.l10n.t('Open in Transposed Conv Inspector'), COMMANDS.openCall, reference)]
      : []),
    ...(chosen && canOpen(report, chosen) && chainAround(snapshot.analysis.reports, report, chosen)
      ? [commandLink(vscode.l10n.t('Field through its chain'), COMMANDS.openChain, reference)]
      : []),
    ...(chosen?.inputKey ? [commandLink(vscode.l10n.t('Set input shape'), COMMANDS.setInputShape, reference)] : []),
    commandLink(vscode.l10n.t('Copy as …'), COMMANDS.copyCall, reference),
  ].join(' | ');
}

export class LayerHover implements vscode.HoverProvider {
  constructor(private readonly analyses: Analyses) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    if (!isOn('hover', document)) return undefined;
    try {
      const snapshot = await this.analyses.of(document);
      const offset = offsetAt(snapshot.source, document, position);
      const found = offset === undefined ? undefined : layerAt(snapshot.analysis, offset);
      if (!found) return undefined;
      const text = new vscode.MarkdownString(
        `${hoverText(found.report, found.use, EDITOR_WORDS)}\n\n${links(found, snapshot)}`,
        true,
      );
      text.isTrusted = {
        enabledCommands: [COMMANDS.openCall, COMMANDS.openChain, COMMANDS.setInputShape, COMMANDS.copyCall],
      };
      return new vscode.Hover(text, rangeIn(snapshot.source, document, found.span));
    } catch (error) {
      if (error instanceof Cancelled) return undefined;
      throw error;
    }
  }
}
