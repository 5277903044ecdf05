/** V8 looks for what can go when so much has come from outside its heap since it last did: 64 MiB, and some. */
const ENOUGH = 80 * 1024 * 1024;
/** Objects go with the first collection, the memory behind them and pages of the heap with the next ones. */
const TIMES = 6;
const PAUSE_MS = 4000;

/** Less than this is not worth a collection. */
export const WORTH_COLLECTING = 64 * 1024 * 1024;

/**
 * Has the collector look, in its own small steps, for memory that nobody holds any more. It does not count shared
 * WebAssembly memory, so that an idle thread would keep gigabytes of that for an object of a few bytes. A buffer that
 * is never written to takes no memory, but is counted (docs/decisions/0038).
 */
export function hintCollector(times = TIMES): void {
  const counted: ArrayBuffer & { transfer?(bytes: number): ArrayBuffer } = new ArrayBuffer(ENOUGH);
  counted.transfer?.(0);
  if (times <= 1) return;
  const timer: unknown = setTimeout(() => {
    hintCollector(times - 1);
  }, PAUSE_MS);
  if (typeof timer === 'object') (timer as { unref(): void }).unref();
}
