import type { Disposable } from './events';
import { Emitter } from './emitter';

/**
 * Whether anybody wants to know what every line leaves: a reading that tells of it takes longer, so that it is done
 * only while something shows it.
 */
export class LineWish implements Disposable {
  private readonly wishes = new Set<object>();
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  get wanted(): boolean {
    return this.wishes.size > 0;
  }

  /** Says whether this one wants to know. */
  set(who: object, wants: boolean): void {
    const before = this.wanted;
    if (wants) this.wishes.add(who);
    else this.wishes.delete(who);
    if (this.wanted !== before) this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
