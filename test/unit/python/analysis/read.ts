import { type AnalysisRequest, type ModuleAnalysis, analyzeModule } from '../../../../src/python';

export function analyze(text: string, more: Partial<AnalysisRequest> = {}): ModuleAnalysis {
  return analyzeModule({ path: '/project/model.py', text, ...more });
}

/** `in -> out` of every use of every call whose text contains the words, in order. */
export function usesOf(analysis: ModuleAnalysis, text: string, words = ''): string[] {
  return analysis.reports
    .filter((report) => text.slice(report.span.start, report.span.end).includes(words))
    .flatMap((report) => report.uses.map((use) => `${use.inputShape.join(' ')} -> ${use.outputShape.join(' ')}`));
}

export const TORCH = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';
