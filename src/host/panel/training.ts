import type { EngineClient } from '../../engine/client';
import type { PanelHostApi } from '../../protocol/panel';
import { memoryLimit } from '../memory';
import type { Session } from '../session/session';
import type { Asking } from './asking';
import { parseTraining, trainingOf } from './trainingQuestion';

/** What the page may have learned. */
export const trainingMethods = (
  session: Session,
  engine: EngineClient,
  asking: Asking,
): Pick<PanelHostApi, 'train'> => ({
  train: (message) =>
    asking.ask(async (plan, signal) => {
      const question = trainingOf(session.document, plan, parseTraining(message));
      return { question, training: await engine.train({ question, limit: memoryLimit() }, signal) };
    }),
});
