import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileSystem } from '../reader/sitePackages';

/** Larger files are data or generated; bytes. The editor's limit too. */
export const LONGEST = 1_000_000;

/** A path as the reading has it: a URI without a slash at its end. */
export const uriOfPath = (path: string): string => pathToFileURL(path).href.replace(/\/$/, '');

/** A client may encode a file's address in another way than we do, and means the same file. */
export const ownUri = (uri: string): string => (uri.startsWith('file:') ? uriOfPath(fileURLToPath(uri)) : uri);

export const pathOfUri = (uri: string): string => fileURLToPath(uri);

/** The text of a file; nothing where there is none, or one that is too large to be code. */
export function textAt(path: string): string | undefined {
  try {
    return statSync(path).size > LONGEST ? undefined : readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    // Most places where an import might stand hold no file: that is an answer, not a failure.
    return undefined;
  }
}

/**
 * The file system as the reading asks for it. Folders are listed once: nearly all places where an import may stand are
 * empty, and a list of their folder tells of all of them.
 */
export class Disk implements FileSystem {
  private readonly folders = new Map<string, ReadonlySet<string> | 'none'>();

  async read(uri: string): Promise<string | undefined> {
    return this.text(uri);
  }

  async list(uri: string): Promise<ReadonlySet<string> | 'none'> {
    return this.names(uri);
  }

  text(uri: string): string | undefined {
    const at = uri.lastIndexOf('/');
    const beside = this.names(uri.slice(0, at));
    if (beside === 'none' || !beside.has(decoded(uri.slice(at + 1)))) return undefined;
    return textAt(pathOfUri(uri));
  }

  /** What has been listed may be so no more. */
  forget(): void {
    this.folders.clear();
  }

  private names(folder: string): ReadonlySet<string> | 'none' {
    let names = this.folders.get(folder);
    if (names === undefined) this.folders.set(folder, (names = listed(folder)));
    return names;
  }
}

function listed(folder: string): ReadonlySet<string> | 'none' {
  try {
    return new Set(readdirSync(pathOfUri(`${folder}/`)));
  } catch {
    return 'none';
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
