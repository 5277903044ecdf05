import type { ModuleAnalysis } from '../python';
import { Failure } from './failure';
import { dependenciesOf } from './project';
import { type FileProblem, problemsOf, shownPath } from './problems';
import { readSource } from './sourceFile';
import type { Target } from './targets';

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
    const remark =
      error instanceof Failure
        ? error.message
        : `It could not be read, which is a fault of this command: ${error instanceof Error ? error.stack : String(error)}`;
    return { file, problems: [], dependencies: [], remark, unread: true };
  }
}

function remarkOn({ faults, incomplete, broken }: ModuleAnalysis): string | undefined {
  if (faults) return 'Something in it could not be read, which is a fault of this command; what is told holds.';
  if (broken) return 'It does not parse as a whole; what is told of the rest holds.';
  return incomplete ? 'A part of it takes too many steps to be read in full; what is told holds.' : undefined;
}
