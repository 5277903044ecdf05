import type { Dim, ModuleAnalysis, Report } from '../python';

/** A text to read. Paths are URIs as strings; they name files, and nothing is opened by them. */
export interface ReadRequest {
  readonly path: string;
  readonly text: string;
  /** What the user set, by `InputPoint.key`. */
  readonly inputShapes: Readonly<Record<string, readonly Dim[]>>;
  /** The workspace's folders: where absolute imports may start, and no higher. */
  readonly folders: readonly string[];
}

export interface ReadResult {
  /**
   * Without its reports: those are fetched by `reports`, since to receive a thousand in one piece takes tens of
   * milliseconds.
   */
  readonly analysis: Omit<ModuleAnalysis, 'reports' | 'memo'>;
  /** Its reports in order. One that is as it was at the last reading of the path has its number still. */
  readonly reports: readonly ReportNumber[];
  /**
   * Places where an import might stand and of which nothing is known yet; when `know` has told, reading again may say
   * more.
   */
  readonly wanted: readonly string[];
}

/** A report's number; with `from`, it is that report of the last reading moved `by` so many code units. */
export interface ReportNumber {
  readonly number: number;
  readonly from?: number;
  readonly by?: number;
  readonly stale?: boolean;
}

/** A file's text, or that there is none at this place. */
export interface KnownFile {
  readonly path: string;
  readonly text: string | undefined;
}

/** What the reading thread can be asked. It keeps what it was told until it ends. */
export interface ReaderApi {
  read(request: ReadRequest): ReadResult;
  /**
   * Reports of the last reading of this path by their numbers; those that it does not have, since the text was read
   * anew, are left out.
   */
  reports(path: string, numbers: readonly number[]): readonly Report[];
  know(files: readonly KnownFile[]): void;
  forget(paths: readonly string[]): void;
  /** Whether a known file names this one in an import. */
  isImported(path: string): boolean;
}
