/** Where a command runs, and where it says what it found; a test has one of its own. */
export interface Terminal {
  /** Paths that the user gives are meant from here. */
  readonly folder: string;
  /** Writes to the standard output, as it is. */
  out(text: string): void;
  /** Writes to the standard error, as it is. */
  error(text: string): void;
  /** Whether colours are wanted. */
  readonly coloured: boolean;
}
