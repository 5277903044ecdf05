import { keepParsed } from '../reader/reading';
import { checkFile, type FileChecked } from './checkFile';
import type { ProjectOptions } from './project';
import { type Target, Targets } from './targets';

/** Files taken at a time: those of one folder import much the same, which is read once by whoever takes them. */
const BATCH = 4;
/**
 * So many code units of parsed imports are kept: the files of one folder are read one after the other, and import much
 * the same. With six times as many a thread had a third more alive, and was no quicker.
 */
const PARSED = 1_000_000;
/** Fewer files are read sooner than another thread has started and knows what they import. */
export const FEW = 24;

/** What a helper is told, in a message: which files there are, and the counter of what has been taken of them. */
export interface Share {
  readonly files: readonly (readonly [path: string, project: string])[];
  readonly options: ProjectOptions;
  readonly folder: string;
  /** One number, in shared memory. */
  readonly taken: Int32Array;
}

/** What was found, by the number of the file. */
export type Part = readonly (readonly [number: number, checked: FileChecked])[];

/** Starts helpers, each in a thread of its own, and gives what each of them finds. */
export type StartHelpers = (share: Share) => readonly Promise<Part>[];

/** Checks batches of files until none is left; others take from the same counter meanwhile. */
function checkSome(targets: readonly Target[], folder: string, taken: Int32Array): Part {
  keepParsed(PARSED);
  const found: [number, FileChecked][] = [];
  for (;;) {
    const from = Atomics.add(taken, 0, BATCH);
    if (from >= targets.length) return found;
    targets.slice(from, from + BATCH).forEach((target, index) => found.push([from + index, checkFile(target, folder)]));
  }
}

/** What a helper does: it opens the projects for itself, since what has been read cannot be shared between threads. */
export async function help({ files, options, folder, taken }: Share): Promise<Part> {
  const projects = new Targets({ ...options, paths: [] }, folder);
  const targets: Target[] = [];
  for (const [path, root] of files) targets.push({ path, project: await projects.projectAt(root) });
  return checkSome(targets, folder, taken);
}

/** Checks files, with helpers where there are any and it pays; in the order in which the files were named. */
export async function checkAll(
  targets: readonly Target[],
  options: ProjectOptions,
  folder: string,
  start: StartHelpers | undefined,
): Promise<readonly FileChecked[]> {
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const files = targets.map(({ path, project }) => [path, project.folder] as const);
  const { packages } = options;
  const share: Share = { files, options: packages ? { packages } : {}, folder, taken };
  const helpers = start && targets.length >= FEW ? start(share) : [];
  const all = new Map(checkSome(targets, folder, taken));
  // A helper that has ended, for want of memory perhaps, takes what it had found along: that is read again here.
  for (const part of await Promise.allSettled(helpers))
    if (part.status === 'fulfilled') for (const [number, checked] of part.value) all.set(number, checked);
  return targets.map((target, number) => all.get(number) ?? checkFile(target, folder));
}
