import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/client';
import type { ViewState } from '../../core/state/document';
import { describe } from '../translate';
import type { FoundCall } from './calls';
import { type CodeDraft, draftOf } from '../../language/draft';
import { useOf } from '../../language/refusedUse';
import { chooseSource, findFile, type LayerWeights, readWeights } from './weightFile';

export interface OpenServices {
  readonly engine: EngineClient;
  /** Opens the inspector on an operation with these sizes. */
  open(draft: CodeDraft, weights?: LayerWeights): Promise<void>;
}

/**
 * Opens one use of a call: its parameters and sizes, and the weights that the code reads, where they can be read.
 * `view` is what is shown of it at first.
 */
export async function openCall(
  { engine, open }: OpenServices,
  { report, document, range }: FoundCall,
  index: number,
  view?: ViewState,
): Promise<void> {
  const use = useOf(report, index);
  const known = use && draftOf(report, use, document.uri, range);
  const draft = known && { ...known, view };
  if (!draft) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Some parameters of this call are not known as numbers. Set the input shape, or let the code say them.',
      ),
    );
    return;
  }
  const source = await chooseSource(report.weights ?? []);
  if (source === undefined) return;
  const uri = source === 'none' ? undefined : await findFile(source);
  if (source === 'none' || !uri) {
    if (source !== 'none')
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('There is no file {0} here: the weights are random.', source.path),
        5000,
      );
    return open(draft);
  }
  let weights: LayerWeights | undefined;
  try {
    weights = await readWeights(engine, report, source, uri, draft);
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('Weights: {0}', [source.name, source.path].filter(Boolean).join(' · ')),
      5000,
    );
  } catch (error) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The inspector opens with random weights. {0}', describe(error)),
    );
  }
  await open(draft, weights);
}
