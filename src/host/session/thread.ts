import { ThreadDiedError } from '../../engine/client';
import type { EvaluateRequest, Evaluation, LookRequest, ProgressMessage } from '../../protocol/engine';
import type { News } from '../../protocol/news';
import type { Surroundings } from './surroundings';

let lastSession = 0;

interface Hears {
  progress(progress: ProgressMessage['progress']): void;
  /** The thread has died and was started again; `error` is what it died of. */
  revived(error: Error): void;
}

/**
 * The compute thread as one session asks it. A question that the thread dies of is asked once more, of a new thread:
 * the document has not noticed, since none of it lived there.
 */
export class SessionThread {
  private readonly session = ++lastSession;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly around: Pick<Surroundings, 'engine' | 'memoryLimit'>,
    private readonly hears: Hears,
  ) {
    // The thread serves every session, and tells all of them of all progress.
    this.unsubscribe = around.engine.onProgress((progress) => {
      if (progress.session === this.session) hears.progress(progress);
    });
  }

  dispose(): void {
    this.unsubscribe();
    this.around.engine.release(this.session);
  }

  evaluate(request: Omit<EvaluateRequest, 'session' | 'limit' | 'cancel'>, signal: AbortSignal): Promise<Evaluation> {
    const { engine, memoryLimit } = this.around;
    const whole = { ...request, session: this.session, limit: memoryLimit() };
    return this.twice(() => engine.evaluate(whole, signal));
  }

  look(request: Omit<LookRequest, 'session'>): Promise<News> {
    return this.twice(() => this.around.engine.look({ ...request, session: this.session }));
  }

  private async twice<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ThreadDiedError)) throw error;
      this.hears.revived(error);
      return await ask();
    }
  }
}
