import type { Level } from '../../python/problemCodes';
import { saidIn } from './sarif';
import type { Checked } from './summary';

const COMMANDS: Readonly<Record<Level, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

const escaped = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => escaped(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** Workflow commands of GitHub Actions, which shows each beside the line. */
export function asGithub({ problems }: Checked): string {
  return problems
    .map((problem) => {
      const { file, level, code, place } = problem;
      const { start, end, cell, fileLine } = place;
      // Columns are shown only where begin and end are in one line.
      const columns = cell === undefined && start.line === end.line;
      const properties = [
        `file=${property(file)}`,
        `line=${fileLine}`,
        ...(cell === undefined ? [`endLine=${end.line}`] : []),
        ...(columns ? [`col=${start.column}`, `endColumn=${end.column}`] : []),
        `title=${property(code)}`,
      ];
      return `::${COMMANDS[level]} ${properties.join(',')}::${escaped(saidIn(problem))}\n`;
    })
    .join('');
}
