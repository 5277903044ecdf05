/** The texts of what a tensor is held against: what it was at the stop before, or a program's output. */
export const AGAINST_STRINGS = {
  againstTitle: 'Compared',
  againstDifference: 'Difference, to ±{0}',
  againstSame: 'The same, to the last bit',
  againstChange: '{0} of {1} differ, by at most {2} at {3}',
  againstGo: 'Show where the difference is largest',
  againstCell: '{0}: here {1}, {2} {3}, difference {4}',
  againstWaits: 'There is nothing to compare until the output is computed.',
  againstChanged: 'changed since the stop before',
} as const;
