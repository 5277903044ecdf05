import { refusal } from './sentences';

/** How long one question may take before it is given up, in ms: a first look at a device compiles and copies. */
export const PATIENCE = 20_000;

/** Raised where whoever asked does not want the answer any more. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

/**
 * Questions to one program, one after another: a debugger of Python's that is asked twenty at once takes four times as
 * long. What is given up, or takes too long, cannot be stopped in the program: until it ends nothing else is asked.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private late: string | undefined;

  constructor(private readonly patience = PATIENCE) {}

  /** Runs `ask` when its turn has come. `what` names the question, for those that find the program busy with it. */
  async take<Result>(what: string, ask: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    if (this.late !== undefined) throw refusal('busy', this.late);
    const before = this.last;
    let ended: () => void = () => undefined;
    this.last = new Promise<void>((resolve) => (ended = resolve));
    await before;
    if (signal?.aborted) {
      ended();
      throw new GivenUp();
    }
    if (this.late !== undefined) {
      ended();
      throw refusal('busy', this.late);
    }
    const answer = ask().finally(() => {
      this.late = undefined;
    });
    try {
      return await this.patiently(what, answer, signal);
    } finally {
      ended();
    }
  }

  private patiently<Result>(what: string, answer: Promise<Result>, signal?: AbortSignal): Promise<Result> {
    return new Promise((resolve, reject) => {
      const leave = (error: Error): void => {
        this.late = what;
        reject(error);
      };
      const timer = setTimeout(() => {
        leave(refusal('slow', what, String(this.patience / 1000)));
      }, this.patience);
      const abort = (): void => {
        leave(new GivenUp());
      };
      signal?.addEventListener('abort', abort, { once: true });
      answer.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      });
    });
  }
}
