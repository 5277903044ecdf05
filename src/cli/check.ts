import { writeBaseline, beyondBaseline } from './baseline';
import { checkAll, type StartHelpers } from './crew';
import { FORMATS } from './formats/formats';
import type { Checked } from './formats/summary';
import type { Level } from '../python/problemCodes';
import type { FileChecked } from './checkFile';
import type { FileProblem } from './problems';
import { isLevel } from '../reader/projectSettings';
import { rankOf } from './settings';
import { type TargetOptions, Targets } from './targets';
import type { Terminal } from './terminal';
import { Failure } from './failure';

export interface CheckOptions extends TargetOptions {
  readonly format: string;
  /** The quietest level that is told. */
  readonly level: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

/** What the formats write of files; `problems` are those of theirs that are told. */
export const checkedOf = (
  files: readonly FileChecked[],
  problems: readonly FileProblem[],
  version: string,
): Checked => ({
  problems,
  files: files.map(({ file }) => file),
  remarks: files.flatMap(({ file, remark }) => (remark === undefined ? [] : [{ file, remark }])),
  version,
});

/** Refuses what no check could do, before anything is read. @throws Failure */
export function levelOf({ format, level }: Pick<CheckOptions, 'format' | 'level'>): Level {
  if (!Object.hasOwn(FORMATS, format))
    throw new Failure(`There is no format ${format}. There are: ${Object.keys(FORMATS).join(', ')}.`);
  if (!isLevel(level)) throw new Failure('--level must be error, warning, information or hint.');
  return level;
}

/**
 * Tells the problems of files; 1 when there is an error among them, else 2 when a file could not be read, else 0.
 * @throws Failure
 */
export async function check(
  options: CheckOptions,
  terminal: Terminal,
  version: string,
  start?: StartHelpers,
): Promise<number> {
  const level = levelOf(options);
  const { folder } = terminal;
  const targets = await new Targets(options, folder).find();
  const all = await checkAll(targets, options, folder, start);
  const found = all.flatMap(({ problems }) => problems).filter((each) => rankOf(each.level) <= rankOf(level));
  if (options.writeBaseline !== undefined) {
    writeBaseline(options.writeBaseline, found);
    terminal.error(`${found.length} problems stand in ${options.writeBaseline} now.\n`);
    return 0;
  }
  const problems = options.baseline === undefined ? found : beyondBaseline(options.baseline, found);
  terminal.out(FORMATS[options.format](checkedOf(all, problems, version), terminal));
  if (problems.some((each) => each.level === 'error')) return 1;
  return all.some(({ unread }) => unread) ? 2 : 0;
}
