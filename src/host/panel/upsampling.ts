import * as vscode from 'vscode';
import type { Tensor } from '../../core/operation';
import type { InspectorDocument } from '../../core/state/document';
import type { EngineClient } from '../../engine/client';
import type { PanelHostApi } from '../../protocol/panel';
import { loadAgain, loadTensor, pickFile } from '../files/loadTensor';
import { sourceOf } from '../files/openFile';
import { memoryLimit } from '../memory';
import type { Asking } from './asking';
import type { Reference, References } from './references';
import type { Home } from './services';
import { parseUpsampling, questionOf } from './upsamplingQuestion';

/** Reads a reference as its file has it now. Rejects where it is not there any more. */
async function readReference(
  engine: EngineClient,
  document: InspectorDocument,
  { uri, choice }: Reference,
): Promise<Tensor> {
  const { value } = await loadAgain(engine, await sourceOf(vscode.Uri.parse(uri)), document, choice);
  return value;
}

/**
 * What the page may ask about other ways to make its input larger. The reference is read when it is wanted, and lives
 * as long as the panel.
 */
export function upsamplingMethods(
  { uri: document, session }: Home,
  { engine, references }: { readonly engine: EngineClient; readonly references: References },
  asking: Asking,
  attempt: (work: () => Promise<unknown>) => Promise<void>,
): Pick<PanelHostApi, 'upsample' | 'pickReference'> {
  let reference: Tensor | undefined;
  const wanted = async (): Promise<Tensor | undefined> => {
    const kept = references.of(document);
    if (!reference && kept) reference = await readReference(engine, session.document, kept);
    return reference;
  };
  return {
    upsample: (message) =>
      asking.ask(async (plan, signal) => {
        const request = parseUpsampling(message);
        const against = request.against === 'given' ? await wanted() : undefined;
        const question = questionOf(session.document, plan, request, against);
        return engine.upsample({ question, limit: memoryLimit() }, signal);
      }),
    pickReference: async () => {
      let picked: string | undefined;
      await attempt(async () => {
        const uri = await pickFile(vscode.l10n.t('Open the reference'));
        if (!uri) return;
        const source = await sourceOf(uri);
        const loaded = await loadTensor(engine, source, session.document, 'input', true);
        if (!loaded) return;
        reference = loaded.value;
        picked = source.name;
        if (loaded.choice)
          await references.keep(document, { uri: uri.toString(), name: picked, choice: loaded.choice });
      });
      return picked;
    },
  };
}
