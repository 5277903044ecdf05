import type { Fault } from '../report';
import type { Value } from './value';
/** A Python exception on its way to a handler. */
export class Raised extends Error {
  /** What a `raise` of the program gave, an object or a class; of what else is raised it is not known. */
  readonly value?: Value;
}

/**
 * What is thrown: one for all, because a stack trace for each took a fourteenth of the time of files full of `raise`.
 */
export const RAISED = new Raised('A Python exception');

/** The same with what was raised: it is never printed, so that it needs no trace either. */
export const raised = (value: Value): Raised => Object.assign(Object.create(Raised.prototype) as Raised, { value });

/** Ends what takes too many steps; what was found until then holds. */
export class OutOfSteps extends Error {}

/** Whether an error is a fault of the analysis itself, neither the program's exception nor the end of its share. */
export const isFault = (error: unknown): boolean => !(error instanceof Raised) && !(error instanceof OutOfSteps);

/** As data, which can be told. */
export const faultOf = (error: unknown): Fault =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack ?? '' }
    : { name: typeof error, message: String(error), stack: '' };
