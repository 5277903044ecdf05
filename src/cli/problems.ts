import { relative, sep } from 'node:path';
import type { ModuleAnalysis } from '../python';
import { type Level, usualLevel } from '../python/problemCodes';
import { heard } from '../python/told';
import type { Settings } from './settings';
import type { Place, SourceFile } from './sourceFile';

/** A problem as the command tells it. */
export interface FileProblem {
  /** From where the command runs, with slashes. */
  readonly file: string;
  readonly place: Place;
  readonly level: Level;
  readonly code: string;
  readonly message: string;
  /** The framework's own words, where they differ, so that they can be searched for. */
  readonly framework?: string;
}

/** A path as it is told: from a folder, with slashes, on Windows too. */
export const shownPath = (folder: string, path: string): string => relative(folder, path).split(sep).join('/') || '.';

/** The problems of a file that neither its comments nor the settings silence, in the order of their places. */
export function problemsOf(
  file: string,
  source: SourceFile,
  analysis: ModuleAnalysis,
  { severity }: Pick<Settings, 'severity'>,
): readonly FileProblem[] {
  const { told, idle } = heard(analysis);
  return [...told, ...idle]
    .sort((a, b) => a.problem.span.start - b.problem.span.start)
    .flatMap(({ problem }): FileProblem[] => {
      const level = severity.get(problem.code) ?? usualLevel(problem.code, problem.severity);
      if (level === 'off') return [];
      const { code, message, framework, span } = problem;
      const words = framework === undefined || framework === message ? {} : { framework };
      return [{ file, place: source.placeOf(span), level, code, message, ...words }];
    });
}

/** `net.py:3:7`, and of a notebook `net.ipynb:cell 2:3:7`. */
export function shownPlace({ file, place: { cell, start } }: Pick<FileProblem, 'file' | 'place'>): string {
  return [file, ...(cell === undefined ? [] : [`cell ${cell}`]), start.line, start.column].join(':');
}
