import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Dim } from '../python';
import type { Level } from '../python/problemCodes';
import { LEVELS } from '../reader/projectSettings';
import { parseProjectSettings, SettingsRefused } from '../reader/reading';
import { Failure } from './failure';
import { PROJECT_FILE } from './find';

/** How loud a level is: 0 for the loudest. */
export const rankOf = (level: Level): number => LEVELS.indexOf(level);

/** What `pyproject.toml` says to the command, its paths made whole. */
export interface Settings {
  /** The shapes that the team has set, by the path of the file and the key of the input, `UNet.forward:x`. */
  readonly shapes: ReadonlyMap<string, Readonly<Record<string, readonly Dim[]>>>;
  readonly severity: ReadonlyMap<string, Level | 'off'>;
  /** Paths that are left out, with all below them. */
  readonly exclude: readonly string[];
  /** Environments whose packages are read; nothing where one is looked for. */
  readonly packages?: readonly string[];
}

export const NO_SETTINGS: Settings = { shapes: new Map(), severity: new Map(), exclude: [] };

/** @throws Failure when the file says something that is none of its settings */
export function readSettings(project: string): Settings {
  const path = join(project, PROJECT_FILE);
  if (!existsSync(path)) return NO_SETTINGS;
  const said = settingsIn(path);
  if (!said) return NO_SETTINGS;
  const whole = (paths: readonly string[]): readonly string[] => paths.map((each) => resolve(project, each));
  return {
    shapes: new Map(Object.entries(said.shapes).map(([file, shapes]) => [resolve(project, file), shapes])),
    severity: new Map(Object.entries(said.severity)),
    exclude: whole(said.exclude),
    ...(said.packages ? { packages: whole(said.packages) } : {}),
  };
}

function settingsIn(path: string): ReturnType<typeof parseProjectSettings> {
  try {
    return parseProjectSettings(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof SettingsRefused)) throw new Failure(`${path} cannot be read.`);
    const { line, message } = error;
    throw new Failure(line === undefined ? `${path}: ${message}` : `${path}, line ${line}: ${message}`);
  }
}
