import type { Chunk } from '../syntax/chunk';
import type { ClassValue, FunctionValue, Place, Scope, Value } from './value';

/** One running function, class body or module. */
export interface Frame {
  readonly scope: Scope;
  readonly chunk: Chunk;
  /** First argument of the method that runs, and the class that defines it: what `super()` means. */
  readonly self?: Value;
  readonly owner?: ClassValue;
  /** What runs, where that is a function. */
  readonly func?: FunctionValue;
  /** Values of `return`s that may or may not have happened. */
  readonly possible: Value[];
  returned?: Value;
  /** Collected by `yield`. */
  yields?: Value[];
  /** Called when it has yielded a result, or as many as another iterator has. */
  yielded?: (count: number, fromOther: boolean) => void;
  /** How many results it gives is not known. */
  open?: boolean;
  /** Called by `yield` with what it gives, where that is for the block of a `with`. */
  readonly entered?: (given: Value) => void;
}

/** A place in what the frame runs that is no call. */
export const placeOf = ({ start, end }: { readonly start: number; readonly end: number }, { chunk }: Frame): Place => ({
  kind: 'place',
  start,
  end,
  chunk,
});
