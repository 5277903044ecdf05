import type { Level } from '../../python/problemCodes';
import { shownPlace } from '../problems';
import type { Terminal } from '../terminal';
import { type Checked, countOf } from './summary';

const COLOURS: Readonly<Record<Level, number>> = { error: 31, warning: 33, information: 36, hint: 90 };

/** For people: a line for each problem, the line of code under it with a mark, and one that sums up. */
export function asText({ problems, files, remarks }: Checked, { coloured }: Pick<Terminal, 'coloured'>): string {
  const paint = (text: string, colour: number): string => (coloured ? `\u001b[${colour}m${text}\u001b[0m` : text);
  const lines = problems.flatMap((problem): string[] => {
    const { place, level, code, message, framework } = problem;
    const { start, end, text } = place;
    const width = Math.max(1, (end.line === start.line ? end.column : text.length + 1) - start.column);
    // What stands before the mark keeps its tabs, so that the mark stands under what it marks.
    const before = text.slice(0, start.column - 1).replace(/[^\t]/g, ' ');
    return [
      `${shownPlace(problem)}: ${paint(level, COLOURS[level])}: ${message} [${code}]`,
      ...(framework === undefined ? [] : [`    ${framework}`]),
      `    ${text}`,
      `    ${before}${paint('^'.repeat(Math.min(width, 120)), COLOURS[level])}`,
    ];
  });
  const notes = remarks.map(({ file, remark }) => `${file}: ${remark}`);
  return [...lines, ...notes, summed(problems, files.length)].map((line) => `${line}\n`).join('');
}

const several = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function summed(problems: Checked['problems'], files: number): string {
  if (files === 0) return 'No Python and no notebook was found there.';
  const within = `in ${several(files, 'file', 'files')}.`;
  if (problems.length === 0) return `No problems ${within}`;
  const [errors, warnings] = [countOf(problems, 'error'), countOf(problems, 'warning')];
  const others = problems.length - errors - warnings;
  const counts = [
    several(errors, 'error', 'errors'),
    several(warnings, 'warning', 'warnings'),
    ...(others > 0 ? [several(others, 'remark', 'remarks')] : []),
  ];
  return `${counts.join(', ')} ${within}`;
}
