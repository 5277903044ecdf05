/** Something that is held until it is disposed of; VS Code's `Disposable` is one, whatever its version. */
export interface Disposable {
  dispose(): unknown;
}

/** VS Code's `Event` without VS Code: it calls a listener each time, until what it returns is disposed of. */
export type Event<T> = (listener: (event: T) => unknown, thisArgs?: unknown, disposables?: Disposable[]) => Disposable;
