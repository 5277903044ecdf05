import type { Event } from 'vscode';

/** A Python text that is open in an editor, saved or not. */
export interface OpenText {
  readonly path: string;
  readonly version: number;
  text(): string;
}

/**
 * What the keepers of files and analyses need of the editor, so that they can be tested without one. Paths are URIs as
 * strings.
 */
export interface Workspace {
  /** Documents only: the cells of a notebook are no files that could be imported. */
  openTexts(): readonly OpenText[];
  folders(): readonly string[];
  /** The text of a file as it is saved; nothing when there is none, or when it is too large to be code. */
  read(path: string): Promise<string | undefined>;
  /** The names in a folder; `none` when there is no such folder, nothing when that cannot be told. */
  list(path: string): Promise<ReadonlySet<string> | 'none' | undefined>;
  /** The Python files of the workspace's own. */
  find(): Promise<readonly string[]>;

  /** A Python file was written or made. */
  readonly onDidWrite: Event<string>;
  /** A file or folder was deleted, or stands no longer where it was. */
  readonly onDidRemove: Event<string>;
  readonly onDidChangeFolders: Event<{ readonly removed: readonly string[] }>;
  /** A document or a notebook. */
  readonly onDidClose: Event<string>;
  /** The text of a document has changed. */
  readonly onDidType: Event<string>;
  /** A document or a notebook. */
  readonly onDidSave: Event<string>;
}
