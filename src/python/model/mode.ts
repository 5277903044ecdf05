/**
 * What surrounds the statement that runs, which decides what may be said of it. Never changed in place:
 * `Machine.within` runs something under another mode and puts the former one back, whatever happens inside.
 */
export interface Mode {
  /** Nothing is recorded: a first pass over a loop, the other options of a choice. */
  readonly quiet: boolean;
  /** A condition that could not be decided surrounds it: what is found is possible, not certain. */
  readonly forked: boolean;
  /** Statements that are passed over: calls are noted as reached, but not what their layers do. */
  readonly aside: boolean;
  /** Inside `try:` or `pytest.raises`, where an error may well be meant. */
  readonly guarded: boolean;
  /** What runs was made up by the analysis: a class made with its defaults, a function called with symbols. */
  readonly synthetic: boolean;
  /** Errors are told in `Recorder.said` alone, and uses nowhere, see `keepingCertain`. */
  readonly probing: boolean;
  /** Nesting of module calls: 0 in example code. */
  readonly applications: number;
}

export const PLAIN: Mode = {
  quiet: false,
  forked: false,
  aside: false,
  guarded: false,
  synthetic: false,
  probing: false,
  applications: 0,
};
