import type { Disposable, Event } from './events';

/**
 * VS Code's `EventEmitter` without VS Code, so that what uses it can be tested outside. A listener that throws does not
 * keep the others from hearing; its error is thrown when all have heard.
 */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(event: T) => unknown>();

  readonly event: Event<T> = (listener, thisArgs: unknown, disposables) => {
    const hear = (event: T): unknown => listener.call(thisArgs, event);
    this.listeners.add(hear);
    const subscription = { dispose: () => void this.listeners.delete(hear) };
    disposables?.push(subscription);
    return subscription;
  };

  fire(event: T): void {
    const errors: unknown[] = [];
    for (const hear of [...this.listeners]) {
      try {
        hear(event);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  dispose(): void {
    this.listeners.clear();
  }
}
