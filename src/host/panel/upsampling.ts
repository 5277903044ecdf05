import * as vscode from 'vscode';
import type { Tensor } from '../../core/operation';
import type { EngineClient } from '../../engine/client';
import type { PanelHostApi } from '../../protocol/panel';
import { loadTensor, pickFile } from '../files/loadTensor';
import { sourceOf } from '../files/openFile';
import { memoryLimit } from '../memory';
import type { Session } from '../session/session';
import type { Asking } from './asking';
import { parseUpsampling, questionOf } from './upsamplingQuestion';

/** What the page may ask about other ways to make its input larger. The reference lives as long as the panel. */
export function upsamplingMethods(
  session: Session,
  engine: EngineClient,
  asking: Asking,
  attempt: (work: () => Promise<unknown>) => Promise<void>,
): Pick<PanelHostApi, 'upsample' | 'pickReference'> {
  let reference: Tensor | undefined;
  return {
    upsample: (message) =>
      asking.ask(async (plan, signal) => {
        const question = questionOf(session.document, plan, parseUpsampling(message), reference);
        return engine.upsample({ question, limit: memoryLimit() }, signal);
      }),
    pickReference: async () => {
      let name: string | undefined;
      await attempt(async () => {
        const uri = await pickFile(vscode.l10n.t('Open the reference'));
        if (!uri) return;
        const source = await sourceOf(uri);
        const loaded = await loadTensor(engine, source, session.document, 'input');
        if (!loaded) return;
        reference = loaded.value;
        name = source.name;
      });
      return name;
    },
  };
}
