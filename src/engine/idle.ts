/** Returns a function to call after each piece of work; `then` is done once there has been none for that long. */
export function whenIdle(idleMs: number, then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const look = (): void => {
    const left = last + idleMs - performance.now();
    timer = undefined;
    if (left > 0) wait(left);
    else then();
  };
  // One timer at a time, and no new one for each piece of work: a thousand answers a second would be a thousand timers.
  const wait = (milliseconds: number): void => {
    timer = setTimeout(look, milliseconds);
    // A number in a browser. Node's would keep the thread alive.
    if (typeof timer === 'object') timer.unref();
  };
  return () => {
    last = performance.now();
    if (timer === undefined) wait(idleMs);
  };
}
