/**
 * Things in wasm memory that are worth keeping, newest last; the oldest go when there are too many or they take too
 * much.
 */
export class Keep<Value extends { readonly bytes: number }> {
  private readonly entries = new Map<string, Value>();
  private total = 0;
  /** The key that was asked for last: asked for again, it stands in its place already. */
  private newest: string | undefined;

  constructor(
    private readonly mostEntries: number,
    private readonly mostBytes: number,
    private readonly discard: (value: Value) => void,
  ) {}

  get bytes(): number {
    return this.total;
  }

  get(key: string): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined || key === this.newest) return value;
    this.entries.delete(key);
    this.entries.set(key, value);
    this.newest = key;
    return value;
  }

  set(key: string, value: Value): void {
    this.delete(key);
    this.entries.set(key, value);
    this.newest = key;
    this.total += value.bytes;
    for (const oldest of this.entries.keys()) {
      if (oldest === key || (this.entries.size <= this.mostEntries && this.total <= this.mostBytes)) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const value = this.entries.get(key);
    if (value === undefined) return;
    this.entries.delete(key);
    this.total -= value.bytes;
    this.discard(value);
  }

  clear(): void {
    for (const key of [...this.entries.keys()]) this.delete(key);
  }
}
