import { type Problem, ProblemError } from '../../core/problem';
import type { Label } from '../../core/state/edits';
import type { Lost } from '../../core/tensor/precision';
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

/** Where the limit can be changed that a request for memory ran into. */
const MEMORY_SETTING = 'transposedConv.memoryLimit';

/** Refusals of files that are too large for the same limit. */
const LIMITED: readonly string[] = ['file-too-large', 'file-text-long', 'file-large'];

/** A problem in the user's words. One of memory names the setting, without which its limit is nobody's. */
function sentence(problem: Problem, translate: Translate): string {
  const message = translate(problem);
  if (problem.field !== 'memory' && !LIMITED.includes(problem.code)) return message;
  return translate({ template: '{0} The setting {1} says how much is allowed.', args: [message, MEMORY_SETTING] });
}

export const translateProblem = (problem: Problem, translate: Translate): Problem => ({
  ...problem,
  message: sentence(problem, translate),
});

/** Any failure as one sentence for the user. */
export function describeError(error: unknown, translate: Translate): string {
  if (error instanceof ProblemError) return error.problems.map((each) => sentence(each, translate)).join(' ');
  return error instanceof Error ? error.message : String(error);
}

/** What a type could not hold of the numbers that it was given; nothing when it held all of them. */
export function describeLost({ large, small }: Lost, translate: Translate): string | undefined {
  const told = [
    ...(large > 0
      ? [{ template: '{0} values are beyond what float32 can hold (3.4e38) and became infinite.', args: [large] }]
      : []),
    ...(small > 0
      ? [{ template: '{0} values are below what float32 can hold (1.4e-45) and became 0.', args: [small] }]
      : []),
  ];
  return told.length > 0 ? told.map(translate).join(' ') : undefined;
}
