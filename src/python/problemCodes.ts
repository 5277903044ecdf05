import type { Severity } from '../core/problem';

/** How loudly a problem is told unless the settings say otherwise. */
export type Level = 'error' | 'warning' | 'information' | 'hint';

/**
 * The codes of problems in Python code. They are stable, since settings and comments name them: one that is no longer
 * told stays, so that nobody's comment becomes wrong. `docs/problems.md` says of each what it means.
 */
export const PROBLEM_CODES: Readonly<Record<string, Level>> = {
  arguments: 'error',
  'stride-range': 'error',
  'dilation-range': 'error',
  'padding-range': 'error',
  'output-padding-range': 'error',
  'weight-range': 'error',
  'filters-range': 'error',
  'groups-range': 'error',
  'groups-divide': 'error',
  'stride-rank': 'error',
  'dilation-rank': 'error',
  'padding-rank': 'error',
  'output-padding-rank': 'error',
  'weight-rank': 'error',
  'not-whole': 'error',
  'padding-text': 'error',
  'padding-mode': 'error',
  'padding-wraps': 'error',
  'output-padding-large': 'error',
  'output-size-range': 'error',
  'output-size-rank': 'error',
  'output-size-and-padding': 'error',
  'stride-dilation': 'error',
  'kernel-empty': 'error',
  'weight-empty': 'error',
  'weight-sizes': 'error',
  'bias-shape': 'error',
  'channels-mismatch': 'error',
  'one-value': 'error',
  'input-rank': 'error',
  'rank-mismatch': 'error',
  'axis-range': 'error',
  'index-range': 'error',
  'unpack-count': 'error',
  'split-total': 'error',
  pooling: 'error',
  resize: 'error',
  'input-sizes': 'error',
  'input-empty': 'error',
  'output-empty': 'error',
  'cat-unequal': 'error',
  'broadcast-mismatch': 'error',
  'matrix-mismatch': 'error',
  'view-total': 'error',
  'loss-size': 'error',
  'cannot-restore': 'warning',
  checkerboard: 'information',
  holes: 'information',
  'written-shape': 'information',
  'unused-ignore': 'hint',
  'unknown-code': 'hint',
};

/** The level of a problem of which the settings say nothing: what only may be wrong is no louder than a warning. */
export function usualLevel(code: string, severity: Severity): Level {
  const own = severity === 'info' ? 'information' : severity;
  const level = PROBLEM_CODES[code] ?? own;
  return level === 'error' ? own : level;
}
