import type { AxisUse, ModuleAnalysis, Report, Span, Use } from '../python';
import { lineAt } from '../python/syntax/ignores';
import { type Told, callOf } from '../python/told';
import { argument, shape } from '../python/written';

/** So many applications of a layer are told: a report is to be read. */
const MOST_USES = 4;

/** Whole lines, without the indentation that all of them have. */
function linesOf(text: string, spans: readonly Span[]): string {
  const lines = new Map<number, string>();
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    for (let line = lineAt(text, start); ; line = lineAt(text, line.end + 1)) {
      if (line.end > line.start) lines.set(line.start, text.slice(line.start, line.end));
      if (line.end >= end || line.end >= text.length) break;
    }
  }
  const found = [...lines].sort(([a], [b]) => a - b).map(([, line]) => line);
  const indents = found.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)![0].length);
  const least = Math.min(...indents);
  return found.map((line) => line.slice(least)).join('\n');
}

function axisLine(axis: AxisUse, index: number): string {
  return `  axis ${index}: o = ${axis.formula} = ${axis.substituted} = ${axis.output}`;
}

const useLines = ({ inputShape, outputShape, source, axes }: Use): string[] => [
  `${shape(inputShape)} -> ${shape(outputShape)}, input shape: ${source}`,
  ...axes.map(axisLine),
];

function derivation(report: Report): string[] {
  const parameters = Object.entries(report.parameters).map(([name, value]) => `${name}=${argument(value)}`);
  return [
    `Read as: ${report.callee}(${parameters.join(', ')})`,
    ...(report.weightShape ? [`Weight: ${shape(report.weightShape)}`] : []),
    ...report.uses.slice(0, MOST_USES).flatMap(useLines),
  ];
}

/**
 * What somebody who looks into a problem needs to be told, to be pasted where that is: the lines of code it speaks of,
 * and why it is thought to be one. In English, whatever the editor speaks. It holds no path, no name of a file and no
 * other line.
 */
export function problemReport(
  text: string,
  { reports }: Pick<ModuleAnalysis, 'reports'>,
  told: Told,
  product: string,
): string {
  const { problem, report } = told;
  const frameworks = report ? [report.framework] : [...new Set(reports.map(({ framework }) => framework))].sort();
  const spans = [callOf(told), ...(report ? [report.span] : [])];
  return [
    `${product} says \`${problem.code}\` (${problem.severity}), ${frameworks.join(', ')}`,
    '',
    problem.message,
    ...(problem.framework && problem.framework !== problem.message ? [`In its words: ${problem.framework}`] : []),
    '',
    '```python',
    linesOf(text, spans),
    '```',
    '',
    ...(report ? derivation(report) : []),
    '',
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
