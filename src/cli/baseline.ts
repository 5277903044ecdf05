import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Failure } from './failure';
import type { FileProblem } from './problems';

/** How many problems of one kind stand on lines of one text, by file and fingerprint. */
interface Baseline {
  readonly version: 1;
  readonly files: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What tells a problem again when it has moved: its code and the text of its line. */
export const fingerprintOf = ({ code, place: { text } }: FileProblem): string =>
  `${code}:${createHash('sha256').update(text.trim()).digest('hex').slice(0, 16)}`;

/** Writes what is told now, of which a later check is to be silent. @throws Failure when it cannot be written */
export function writeBaseline(path: string, problems: readonly FileProblem[]): void {
  const files: Record<string, Record<string, number>> = {};
  for (const problem of problems) {
    const own = (files[problem.file] ??= {});
    const print = fingerprintOf(problem);
    own[print] = (own[print] ?? 0) + 1;
  }
  const baseline: Baseline = { version: 1, files };
  try {
    writeFileSync(path, `${JSON.stringify(baseline, null, 2)}\n`);
  } catch (error) {
    throw new Failure(`The baseline cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The problems that are not in a baseline. @throws Failure when that cannot be read */
export function beyondBaseline(path: string, problems: readonly FileProblem[]): readonly FileProblem[] {
  const { files } = readBaseline(path);
  const left = new Map<string, number>(
    Object.entries(files).flatMap(([file, prints]) =>
      Object.entries(prints).map(([print, count]) => [`${file}\n${print}`, count] as const),
    ),
  );
  return problems.filter((problem) => {
    const key = `${problem.file}\n${fingerprintOf(problem)}`;
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

function readBaseline(path: string): Baseline {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Failure(`There is no baseline ${path}; --write-baseline ${path} writes one.`);
  }
  try {
    const value = JSON.parse(text) as Partial<Baseline> | null;
    if (value?.version === 1 && isCounts(value.files)) return { version: 1, files: value.files };
  } catch {
    // Said below: what is no JSON is no baseline either.
  }
  throw new Failure(`${path} is no baseline of this command.`);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isCounts = (value: unknown): value is Baseline['files'] =>
  isRecord(value) &&
  Object.values(value).every(
    (prints) => isRecord(prints) && Object.values(prints).every((count) => Number.isSafeInteger(count)),
  );
