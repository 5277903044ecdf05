import type { Dim, ModuleAnalysis } from '../python';
import { isWorthReading } from '../python/worthReading';
import type { Roots } from '../reader/places';
import { analyzeModule, KnownFiles } from '../reader/reading';
import { environmentIn, packagesOf } from '../reader/sitePackages';
import { Disk, pathOfUri, textAt, uriOfPath } from './disk';
import { filesBelow, isBelow, isPython } from './find';
import { readSettings, type Settings } from './settings';

/** Imports are followed so many levels deep before a file is read, as the editor does. */
const LEVELS = 40;
/** So often a file is read, at most, because the reading asked for more. */
const READINGS = 4;
/** Files of a project that are looked through for examples, at most; the editor's number. */
const MOST = 2000;

export interface ProjectOptions {
  /** Environments whose packages are read, in the place of what the settings say and of what is found. */
  readonly packages?: readonly string[];
  /** Where the command runs: from there, too, a program finds what it imports. */
  readonly workingFolder?: string;
}

/** A project on disk, read in this process: nothing of it is run, and nothing but its files is looked at. */
export class Project {
  private readonly disk = new Disk();
  private readonly files = new KnownFiles();
  /** The last analysis of each path, on which the next one builds; kept by who reads again. */
  private readonly last = new Map<string, ModuleAnalysis>();

  private constructor(
    readonly folder: string,
    readonly settings: Settings,
    private readonly roots: Roots,
    private readonly keeps: boolean,
  ) {}

  /** `keeps`: the files will be read again, so that it pays to keep what was found. */
  static async open(
    folder: string,
    { packages, workingFolder = folder }: ProjectOptions,
    keeps = false,
  ): Promise<Project> {
    const settings = readSettings(folder);
    const disk = new Disk();
    const root = uriOfPath(folder);
    const named = (packages ?? settings.packages)?.map(uriOfPath);
    const beside = await environmentIn(disk, [root]);
    const prefixes = named ?? (beside === undefined ? [] : [beside]);
    const found: string[] = [];
    for (const prefix of prefixes) {
      const own = await packagesOf(disk, prefix, undefined);
      found.push(...(own.length > 0 ? own : [prefix]));
    }
    // Only one that is above: of another one nothing here is a part.
    const folders = isBelow(folder, workingFolder) ? [...new Set([uriOfPath(workingFolder), root])] : [root];
    const project = new Project(folder, settings, { folders, packages: found }, keeps);
    project.survey();
    return project;
  }

  /** Whether a path is none of those that the settings leave out. */
  readonly wants = (path: string): boolean => !this.settings.exclude.some((each) => isBelow(path, each));

  /**
   * Reads a text that stands at a path, with the shapes that the team has set and, before those, these. `lines`: tell
   * of every line and model too.
   */
  read(
    path: string,
    text: string,
    shapes: Readonly<Record<string, readonly Dim[]>> = {},
    lines = false,
  ): ModuleAnalysis {
    const uri = uriOfPath(path);
    if (isWorthReading(text)) this.tellImports(uri, text);
    const inputShapes = { ...this.settings.shapes.get(path), ...shapes };
    for (let reading = 1; ; reading++) {
      const previous = this.last.get(path);
      const project = this.files.view(this.roots);
      const analysis = analyzeModule({ path: uri, text, inputShapes, project, previous, lines });
      if (this.keeps) this.last.set(path, analysis);
      const { wanted, later } = this.files.takeWanted();
      const places = [...wanted, ...later];
      if (places.length === 0 || reading === READINGS || !this.tell(places)) return analysis;
      this.files.lookAgain(uri);
      this.tellImports(uri, text);
    }
  }

  /** These files have changed, come or gone. */
  changed(paths: readonly string[]): void {
    this.disk.forget();
    this.files.forget(paths.map(uriOfPath));
    for (const path of paths) if (isPython(path)) this.tell([uriOfPath(path)]);
  }

  /** Tells of every file of the project, since an example call of what stands in one may be in any other. */
  private survey(): void {
    const paths = filesBelow(this.folder, this.wants).filter(isPython).slice(0, MOST);
    this.files.know(paths.map((path) => ({ path: uriOfPath(path), text: textAt(path) })));
  }

  private tellImports(uri: string, text: string): void {
    for (let level = 0; level < LEVELS; level++) {
      const { wanted, later } = this.files.missingFor(uri, text, this.roots);
      if (wanted.length + later.length === 0) return;
      this.tell([...wanted, ...later]);
    }
  }

  private tell(places: readonly string[]): boolean {
    const files = places.map((path) => ({ path, text: this.disk.text(path) }));
    this.files.know(files);
    return files.some(({ text }) => text !== undefined);
  }
}

/** The files that a reading depends on, as paths of the disk. */
export const dependenciesOf = ({ dependencies }: ModuleAnalysis): readonly string[] =>
  dependencies.map(({ path }) => pathOfUri(path));
