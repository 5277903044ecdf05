/** What is known of a file without reading it: when that is the same, so is what it holds. */
export interface FileState {
  readonly modified: number;
  readonly size: number;
  /** Whether the name stands for a file elsewhere. */
  readonly link: boolean;
}

/** A folder of files, by their names: the documents' view of a file system, so that they are tested without one. */
export interface Folder {
  read(name: string): Promise<Uint8Array>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Puts a file into another's place in one step; not there where the file system has no such step. */
  readonly move: ((from: string, to: string) => Promise<void>) | undefined;
  remove(name: string): Promise<void>;
  /** `null` where there is no such file. */
  state(name: string): Promise<FileState | null>;
}

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function isSameBytes(one: Uint8Array, other: Uint8Array | undefined): boolean {
  if (one.length !== other?.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/**
 * Writes several files that belong together, or none of them: each beside the one that it replaces, and only when all
 * of them are there is each moved into its place, the last one last. Where files cannot be moved, each is written in
 * its place. What a file held before is put back if a later one fails. A file that already holds just this is left
 * alone.
 */
export async function writeTogether(folder: Folder, files: readonly NamedBytes[]): Promise<void> {
  const mark = crypto.randomUUID().slice(0, 8);
  const beside = ({ name }: NamedBytes): string => `.${name}.${mark}.tmp`;
  const before = new Map<string, Uint8Array | undefined>();
  for (const { name } of files) {
    before.set(name, (await folder.state(name)) === null ? undefined : await folder.read(name));
  }
  const changed = files.filter(({ name, bytes }) => !isSameBytes(bytes, before.get(name)));
  const placed: NamedBytes[] = [];
  try {
    if (folder.move) for (const file of changed) await folder.write(beside(file), file.bytes);
    for (const file of changed) {
      placed.push(file);
      await place(folder, file, beside(file));
    }
  } catch (error) {
    if (folder.move) await Promise.allSettled(changed.map((file) => folder.remove(beside(file))));
    for (const { name } of placed.reverse()) {
      const bytes = before.get(name);
      await (bytes ? folder.write(name, bytes) : folder.remove(name)).catch(() => undefined);
    }
    throw error;
  }
}

/** A name that stands for a file elsewhere goes on doing so: that file is written, in place. */
async function place(folder: Folder, { name, bytes }: NamedBytes, from: string): Promise<void> {
  const isLink = (await folder.state(name))?.link === true;
  if (folder.move && !isLink) return folder.move(from, name);
  await folder.write(name, bytes);
  if (folder.move) await folder.remove(from);
}
