import { type Problem, ProblemError } from '../../core/problem';
import type { Label } from '../../core/state/edits';
import type { EngineClient } from '../../engine/client';

/** Calls `listen` each time, until what it returns is disposed of. */
export type Event<Value> = (listen: (value: Value) => unknown) => { dispose(): unknown };

/** Something that others can listen to; VS Code's `EventEmitter` is one. */
export interface Emitter<Value> {
  readonly event: Event<Value>;
  fire(value: Value): void;
  dispose(): void;
}

/** Puts a text of ours into the user's language, with its arguments filled in. */
export type Translate = (label: Label) => string;

/** Everything that a session needs of the world around it. Given to it, so that it runs in a test without VS Code. */
export interface Surroundings {
  readonly engine: Pick<EngineClient, 'allocate' | 'evaluate' | 'look' | 'release' | 'onProgress'>;
  readonly translate: Translate;
  emitter<Value>(): Emitter<Value>;
  /** A file as its user would name it: by its path within the workspace. */
  pathOf(uri: string): string;
  /** In bytes, for what one request may allocate. */
  memoryLimit(): number;
}

export const translateProblem = (problem: Problem, translate: Translate): Problem => ({
  ...problem,
  message: translate(problem),
});

/** Any failure as one sentence for the user. */
export function describeError(error: unknown, translate: Translate): string {
  if (error instanceof ProblemError) return error.problems.map(translate).join(' ');
  return error instanceof Error ? error.message : String(error);
}
