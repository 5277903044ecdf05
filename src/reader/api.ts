import type { Dim, ModuleAnalysis, Report } from '../python';
import type { ReportNumber } from './reportCache';

/** A text to read. Paths are URIs as strings; they name files, and nothing is opened by them. */
export interface ReadRequest {
  readonly path: string;
  readonly text: string;
  /** What the user set, by `InputPoint.key`. */
  readonly inputShapes: Readonly<Record<string, readonly Dim[]>>;
  /** The workspace's folders: where absolute imports may start, and no higher. */
  readonly folders: readonly string[];
  /** Read it now, whatever of its imports is not known yet. */
  readonly asKnown?: boolean;
}

export interface ReadResult {
  /** Missing when the text has not been read, since something that it imports may stand at one of the places wanted. */
  readonly told?: {
    /**
     * Without its reports: those are fetched by `reports`, since to receive a thousand in one piece takes tens of
     * milliseconds.
     */
    readonly analysis: Omit<ModuleAnalysis, 'reports' | 'memo'>;
    /** Its reports in order. */
    readonly reports: readonly ReportNumber[];
  };
  /**
   * Places where an import might stand and of which nothing is known yet; when `know` has told, reading again may say
   * more.
   */
  readonly wanted: readonly string[];
}

/** A file's text, or that there is none at this place. */
export interface KnownFile {
  readonly path: string;
  readonly text: string | undefined;
}

/** What the reading thread can be asked. It keeps what it was told until it ends, or is to forget it. */
export interface ReaderApi {
  read(request: ReadRequest): ReadResult;
  /**
   * Reports of the last reading of this path by their numbers; those that it does not have, since the text was read
   * anew, are left out.
   */
  reports(path: string, numbers: readonly number[]): readonly Report[];
  know(files: readonly KnownFile[]): void;
  /** The text is shown to nobody any more: what reading it gave is dropped, as a file it stays known. */
  close(path: string): void;
  /**
   * Forgets what stands at these paths and below them, for what is deleted, moved away or watched by nobody. A place
   * that is forgotten is asked for again, while one that is known to be empty is not.
   */
  forget(paths: readonly string[]): void;
  /** Whether a known file names this one in an import. */
  isImported(path: string): boolean;
}
