import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Failure } from '../failure';
import { isBelow, PROJECT_FILE, projectOf } from '../find';
import { NO_SETTINGS, readSettings, type Settings } from '../settings';
import { Emitter } from '../../language/emitter';
import { fileOf } from './workspace';

/** What the `pyproject.toml` of each file's project says, as the command reads it. */
export class Team {
  private readonly known = new Map<string, Settings>();
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  /** `refused` hears what a file says that is none of the settings. */
  constructor(private readonly refused: (message: string) => void) {}

  of(uri: string): Settings {
    const path = fileOf(uri);
    return path === undefined || !existsSync(path) ? NO_SETTINGS : this.in(projectOf(path));
  }

  /** The shapes that the team has set for the inputs of a file. */
  shapesOf(uri: string): Readonly<Record<string, readonly (number | string)[]>> {
    const path = fileOf(uri);
    return (path === undefined ? undefined : this.of(uri).shapes.get(path)) ?? {};
  }

  /** Whether no project leaves a path out. */
  readonly wants = (path: string): boolean =>
    ![...this.known.values()].some(({ exclude }) => exclude.some((each) => isBelow(path, each)));

  /** A file has been written or taken away: if it is one of these, it is read again. */
  touched(uri: string): void {
    const path = fileOf(uri);
    if (path === undefined || basename(path) !== PROJECT_FILE) return;
    this.known.clear();
    this.changed.fire();
  }

  private in(project: string): Settings {
    let settings = this.known.get(project);
    if (settings) return settings;
    try {
      settings = readSettings(project);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.refused(error.message);
      settings = NO_SETTINGS;
    }
    this.known.set(project, settings);
    return settings;
  }
}
