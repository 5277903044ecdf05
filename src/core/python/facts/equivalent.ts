import type { Equivalent, Report } from '../report';

/** The PyTorch layer that computes what a Keras one does; only Keras layers have one. */
export function equivalentOf(report: Omit<Report, 'problems' | 'equivalent'>): Equivalent | undefined {
  return report.framework === 'keras' ? undefined : undefined;
}
