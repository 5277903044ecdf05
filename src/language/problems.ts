import type { ModuleAnalysis, ReportProblem } from '../python';
import { type Level, usualLevel } from '../python/problemCodes';
import { type Told, heard } from '../python/told';
import type { Words } from './words';

/** What a problem's source is called where an editor shows it. */
export const DIAGNOSTIC_SOURCE = 'Transposed Conv';

/** A problem as the user wants it told. */
export interface ShownProblem {
  readonly told: Told;
  readonly level: Level;
  /** Said of a comment that silences nothing. */
  readonly idle: boolean;
}

const LEVELS: readonly unknown[] = ['error', 'warning', 'information', 'hint'] satisfies Level[];
const isLevel = (value: unknown): value is Level => LEVELS.includes(value);

/** What settings make of a problem, `said` being what they hold for its code; nothing where it is turned off. */
export function levelOf({ code, severity }: ReportProblem, said: unknown): Level | undefined {
  if (said === 'off') return undefined;
  return isLevel(said) ? said : usualLevel(code, severity);
}

/** The problems that are told of a text: those that neither a comment of it nor the settings silence. */
export function shownProblems(
  analysis: ModuleAnalysis,
  level: (problem: ReportProblem) => Level | undefined,
): readonly ShownProblem[] {
  const { told, idle } = heard(analysis);
  const all = [
    ...told.map((each) => ({ told: each, idle: false })),
    ...idle.map((each) => ({ told: each, idle: true })),
  ];
  return all.flatMap((each): ShownProblem[] => {
    const shown = level(each.told.problem);
    return shown ? [{ ...each, level: shown }] : [];
  });
}

/** Our words, then the framework's own, so that they can be searched for. */
export function problemMessage({ template, args, framework }: ReportProblem, { say }: Words): string {
  const own = say(template, ...args);
  return framework && framework !== own ? `${own}\n${framework}` : own;
}
