import { type Checked, countOf } from './summary';

/** For other programs. Lines and columns count from 1, columns in UTF-16 code units; `end` is behind the last one. */
export function asJson({ problems, files, remarks, version }: Checked): string {
  const told = problems.map(({ file, place: { start, end, cell, fileLine }, ...rest }) => ({
    file,
    ...(cell === undefined ? {} : { cell, fileLine }),
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...rest,
  }));
  const summary = {
    files: files.length,
    errors: countOf(problems, 'error'),
    warnings: countOf(problems, 'warning'),
    problems: problems.length,
  };
  return `${JSON.stringify({ version, problems: told, remarks, summary }, null, 2)}\n`;
}
