import type { Event } from './events';
import type { FileSystem } from '../reader/sitePackages';

/** A Python text that is open in an editor, saved or not. */
export interface OpenText {
  readonly path: string;
  readonly version: number;
  text(): string;
}

/**
 * What `WorkspaceFiles` and `Analyses` need of the editor, so that they can be tested without one. Paths are URIs as
 * strings.
 */
export interface Workspace extends FileSystem {
  /** Without the cells of notebooks, which are no files and cannot be imported. */
  openTexts(): readonly OpenText[];
  folders(): readonly string[];
  /** The paths of the workspace's Python files, without those of installed packages. */
  find(): Promise<readonly string[]>;

  /** A Python file has been made or written, or one of data. */
  readonly onDidWrite: Event<string>;
  /** A file or folder has been deleted or moved away from this path. */
  readonly onDidRemove: Event<string>;
  readonly onDidChangeFolders: Event<{ readonly removed: readonly string[] }>;
  /** A document or a notebook. */
  readonly onDidClose: Event<string>;
  /** The text of a document has changed. */
  readonly onDidType: Event<string>;
  /** A document or a notebook. */
  readonly onDidSave: Event<string>;
}
