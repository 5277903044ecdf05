import type { Level } from '../../python/problemCodes';
import { fingerprintOf } from '../baseline';
import type { FileProblem } from '../problems';
import { type Checked, wordsOf } from './summary';

const LEVELS: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, which code scanning takes. */
export function asSarif({ problems, version, remarks }: Checked): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Transposed Conv Inspector',
            semanticVersion: version,
            rules: codes.map((code) => ({ id: code })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The folder in which the command ran.' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: remarks.map(({ file, remark }) => ({
              level: 'note',
              message: { text: remark },
              locations: [{ physicalLocation: { artifactLocation: artifact(file) } }],
            })),
          },
        ],
        results: problems.map((problem) => ({
          ruleId: problem.code,
          ruleIndex: codes.indexOf(problem.code),
          level: LEVELS[problem.level],
          message: { text: saidIn(problem) },
          locations: [{ physicalLocation: { artifactLocation: artifact(problem.file), region: regionOf(problem) } }],
          partialFingerprints: { 'codeAndLine/v1': fingerprintOf(problem) },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const artifact = (file: string): object => ({
  uri: file.split('/').map(encodeURIComponent).join('/'),
  uriBaseId: 'SRCROOT',
});

/** A notebook's file has other lines than its cells, and other columns: of it only the line is told. */
function regionOf({ place: { start, end, cell, fileLine } }: FileProblem): object {
  if (cell !== undefined) return { startLine: fileLine };
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** The words, and of a notebook the cell, which no other field tells. */
export function saidIn(problem: FileProblem): string {
  const { cell, start } = problem.place;
  return cell === undefined ? wordsOf(problem) : `Cell ${cell}, line ${start.line}: ${wordsOf(problem)}`;
}
