import { writeBaseline, beyondBaseline } from './baseline';
import { FORMATS } from './formats/formats';
import type { Checked } from './formats/summary';
import type { ModuleAnalysis } from '../python';
import type { Level } from '../python/problemCodes';
import { dependenciesOf } from './project';
import { type FileProblem, problemsOf, shownPath } from './problems';
import { isLevel } from '../reader/projectSettings';
import { rankOf } from './settings';
import { readSource } from './sourceFile';
import { type Target, type TargetOptions, Targets } from './targets';
import type { Terminal } from './terminal';
import { Failure } from './failure';

export interface CheckOptions extends TargetOptions {
  readonly format: string;
  /** The quietest level that is told. */
  readonly level: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

/** What one file gives. */
export interface FileChecked {
  readonly file: string;
  readonly problems: readonly FileProblem[];
  readonly remark?: string;
  /** It could not be read at all. */
  readonly unread?: true;
  /** Other files on which that depends. */
  readonly dependencies: readonly string[];
}

export function checkFile({ path, project }: Target, folder: string): FileChecked {
  const file = shownPath(folder, path);
  try {
    const source = readSource(path);
    const analysis = project.read(path, source.text);
    const remark = remarkOn(analysis);
    return {
      file,
      problems: problemsOf(file, source, analysis, project.settings),
      dependencies: dependenciesOf(analysis),
      ...(remark === undefined ? {} : { remark }),
    };
  } catch (error) {
    // The files beside it are read all the same.
    if (error instanceof Failure) return { file, problems: [], dependencies: [], remark: error.message, unread: true };
    throw error;
  }
}

function remarkOn({ faults, incomplete, broken }: ModuleAnalysis): string | undefined {
  if (faults) return 'Something in it could not be read, which is a fault of this command; what is told holds.';
  if (broken) return 'It does not parse as a whole; what is told of the rest holds.';
  return incomplete ? 'A part of it takes too many steps to be read in full; what is told holds.' : undefined;
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
export async function check(options: CheckOptions, terminal: Terminal, version: string): Promise<number> {
  const level = levelOf(options);
  const { folder } = terminal;
  const targets = await new Targets(options, folder).find();
  const all = targets.map((target) => checkFile(target, folder));
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
