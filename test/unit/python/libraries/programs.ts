import { analyze } from '../analysis/read';

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Every use that is told, once, in order of its line; a batch of any size is `N`. */
export function usesByLine(text: string): string[] {
  const uses = analyze(text).reports.flatMap((report) =>
    report.uses.map((use) => ({
      line: lineOf(text, (use.span ?? report.span).start),
      shapes: `${use.inputShape.join(' ')} -> ${use.outputShape.join(' ')}`.replace(/\bN(?:_\w+)?\b/g, 'N'),
    })),
  );
  const lines = uses.toSorted((a, b) => a.line - b.line || a.shapes.localeCompare(b.shapes));
  return [...new Set(lines.map(({ line, shapes }) => `${line}: ${shapes}`))];
}

/** Every error that is told, in order of its line, in the framework's words. */
export function errorsByLine(text: string): string[] {
  const analysis = analyze(text);
  return [...analysis.reports.flatMap((report) => report.problems), ...analysis.problems]
    .filter((each) => each.severity === 'error')
    .map((each) => ({ line: lineOf(text, each.span.start), words: each.framework ?? each.message }))
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, words }) => `${line}: ${words}`);
}
