import { check, Door } from '../../core/door';
import { ProblemError } from '../../core/problem';
import type { FileState } from './folder';
import type { Seen } from './documentFile';

/** What a backup is of. VS Code keeps it as a text, and gives that back when it opens the backup. */
export interface Backup {
  /** Where the backup stands. */
  readonly address: string;
  /** What the files of the document were then; nothing for a document that no file held. */
  readonly seen?: Seen;
}

/** A document has a file for itself and one for each of its tensors. */
const MOST_FILES = 4;

export const backupId = ({ address, seen }: Backup): string =>
  JSON.stringify({ address, seen: seen && Object.entries(seen) });

function parseState(door: Door): FileState | null {
  if (door.value === null) return null;
  const count = (name: string): number => door.at(name).integer(0, Number.MAX_SAFE_INTEGER);
  return { modified: count('modified'), size: count('size'), link: door.at('link').boolean() };
}

/** A text that is none of ours is an address: so an earlier version named its backups. */
export function parseBackupId(id: string): Backup {
  if (!id.startsWith('{')) return { address: id };
  const parsed = check(() => {
    const door = new Door(JSON.parse(id), 'backup');
    const seen = door.optional('seen', (entries) =>
      entries.items(MOST_FILES).map((entry) => {
        const [name, state] = entry.items(2);
        return [name.text(4096), parseState(state)] as const;
      }),
    );
    return { address: door.at('address').text(4096), ...(seen && { seen: Object.fromEntries(seen) }) };
  });
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  return parsed.value;
}
