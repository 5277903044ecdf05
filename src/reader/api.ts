import type { Dim, ModuleAnalysis, Report } from '../python';
import type { ProjectSettings, Refusal } from './projectSettings';
import type { ToldReports } from './reportCache';

/** A text to read. Paths are URIs as strings; they name files, and nothing is opened by them. */
export interface ReadRequest {
  readonly path: string;
  readonly text: string;
  /** What the user set, by `InputPoint.key`. */
  readonly inputShapes: Readonly<Record<string, readonly Dim[]>>;
  /** The workspace's folders: where absolute imports may start, and no higher. */
  readonly folders: readonly string[];
  /** Folders that hold installed packages, in the order in which Python looks. */
  readonly packages?: readonly string[];
  /** Tell of every line too, see `AnalysisRequest.lines`. */
  readonly lines?: boolean;
  /** Analyse the text even when not everything is known of its imports. */
  readonly asKnown?: boolean;
}

export interface ReadResult {
  /** Missing when the text has not been analysed yet: what it imports may stand at one of the wanted places. */
  readonly told?: {
    /** Without its reports, which are fetched in pieces: to receive a thousand at once takes tens of milliseconds. */
    readonly analysis: Omit<ModuleAnalysis, 'reports' | 'memo'>;
    readonly reports: ToldReports;
  };
  /** Places where an import might stand and of which nothing is known yet. Once `know` has told of them, read again. */
  readonly wanted: readonly string[];
  /** The same of installed packages, without which the text has been analysed: see `missing`. */
  readonly later: readonly string[];
}

/** A file's text, or that there is none at this place. */
export interface KnownFile {
  readonly path: string;
  readonly text: string | undefined;
}

/** What the text of a `pyproject.toml` says: nothing where it does not speak of us, a refusal where it is wrong. */
export interface SettingsRead {
  readonly settings?: ProjectSettings;
  readonly refusal?: Refusal;
}

/** What the reading thread can be asked. */
export interface ReaderApi {
  read(request: ReadRequest): ReadResult;
  /** Places where something installed may stand that the text needs; when those have been told there may be more. */
  missing(request: Omit<ReadRequest, 'inputShapes' | 'lines' | 'asKnown'>): readonly string[];
  /**
   * Reports of the last reading of this path, by their numbers, as they were made. A number that is none of them any
   * more is left out.
   */
  reports(path: string, numbers: readonly number[]): readonly Report[];
  /** Tells what stands at these places; that is kept until the next time, or until it is forgotten. */
  know(files: readonly KnownFile[]): void;
  /** Drops what reading this text gave, since no editor shows it any more. As a file that others import it stays. */
  close(path: string): void;
  /**
   * Forgets all that is known of these paths and of those below them. A place of which nothing is known is asked for
   * when an import needs it; one that is known to be empty is not.
   */
  forget(paths: readonly string[]): void;
  settings(text: string): SettingsRead;
  /** Whether a known file names this one in an import. */
  isImported(path: string): boolean;
}
