/** Work that has been superseded is let finish if nothing has been shown for this long, in ms. */
const PATIENCE = 150;

/**
 * One piece of work under way, and at most one waiting: the newest request wins. Work that has been superseded is
 * aborted, unless nothing has been shown for a while: otherwise nothing at all would be shown while a key is held down.
 */
export class Flight {
  private controller: AbortController | undefined;
  private waiting = false;
  private landed = -Infinity;

  /** `work` must end soon, well or badly, after its signal has been aborted. */
  constructor(private readonly work: (signal: AbortSignal) => Promise<void>) {}

  get busy(): boolean {
    return this.controller !== undefined;
  }

  /** Whether another piece of work follows the one that is under way. */
  get waits(): boolean {
    return this.waiting;
  }

  ask(): void {
    if (this.controller) {
      this.waiting = true;
      if (performance.now() - this.landed < PATIENCE) this.controller.abort();
      return;
    }
    const controller = new AbortController();
    this.controller = controller;
    void this.work(controller.signal).finally(() => {
      if (!controller.signal.aborted) this.landed = performance.now();
      this.controller = undefined;
      if (!this.waiting) return;
      this.waiting = false;
      this.ask();
    });
  }

  /** Ends what is under way, and what waits. */
  cancel(): void {
    this.waiting = false;
    this.controller?.abort();
  }
}
