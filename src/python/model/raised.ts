/** A Python exception on its way to a handler; which one does not matter to shapes. */
export class Raised extends Error {}

/** Ends an analysis that takes too many steps; what was found until then holds. */
export class OutOfSteps extends Error {}
