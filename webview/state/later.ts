/** Puts off what is not the picture until the picture is there. */
export interface Later {
  /** Does the work once nothing is waited for, in a task of its own, in the place of older work of the same key. */
  put(key: object, work: () => void): void;
  /** Something was painted: it may be what was waited for. */
  painted(): void;
}

/** Frames and pauses of the window. */
interface Clock {
  frame(then: () => void): void;
  after(milliseconds: number, then: () => void): () => void;
}

/** In ms: what is waited for may never come, and what takes long must not hold up what is known. */
const PATIENCE = 150;

/** `isWaiting` says whether an edit is on its way that is not on show yet. */
export function createLater(screen: Clock, isWaiting: () => boolean): Later {
  const works = new Map<object, () => void>();
  let stop: (() => void) | undefined;
  let isRunning = false;

  const run = (): void => {
    const [first] = works;
    isRunning = first !== undefined;
    if (!first) return;
    const [key, work] = first;
    works.delete(key);
    screen.after(0, run);
    work();
  };
  const begin = (): void => {
    stop?.();
    stop = undefined;
    if (isRunning || works.size === 0) return;
    isRunning = true;
    // Behind the frame, not in it.
    screen.frame(() => void screen.after(0, run));
  };

  return {
    put(key, work) {
      works.set(key, work);
      if (!isWaiting()) begin();
      else stop ??= screen.after(PATIENCE, begin);
    },
    painted() {
      if (!isWaiting()) begin();
    },
  };
}
