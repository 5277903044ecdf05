import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import type { Dim } from '../python';
import { type Level, PROBLEM_CODES } from '../python/problemCodes';
import { parseShape, shapeOf } from '../python/written';
import { Failure } from './failure';
import { PROJECT_FILE } from './find';

/** Under which table of `pyproject.toml` a team says what holds for its project. */
export const TABLE = 'transposed-conv-inspector';

const LEVELS: readonly Level[] = ['error', 'warning', 'information', 'hint'];
export const isLevel = (value: unknown): value is Level => LEVELS.some((level) => level === value);
/** How loud a level is: 0 for the loudest. */
export const rankOf = (level: Level): number => LEVELS.indexOf(level);

/** What `pyproject.toml` says to the command. */
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
  const refuse = (what: string): never => {
    throw new Failure(`${path}: ${what}`);
  };
  const table = tableOf(path);
  if (table === undefined) return NO_SETTINGS;
  const known = ['shapes', 'severity', 'exclude', 'packages'];
  for (const name of Object.keys(table))
    if (!known.includes(name)) refuse(`[tool.${TABLE}] has no setting ${name}. There are: ${known.join(', ')}.`);
  const paths = (name: string): readonly string[] | undefined => {
    const value = table[name];
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
      return refuse(`${name} must be a list of paths.`);
    return value.map((each) => resolve(project, each));
  };
  const packages = paths('packages');
  return {
    shapes: shapesIn(entriesOf(table.shapes, 'shapes', refuse), project, refuse),
    severity: severityIn(entriesOf(table.severity, 'severity', refuse), refuse),
    exclude: paths('exclude') ?? [],
    ...(packages ? { packages } : {}),
  };
}

type Refuse = (what: string) => never;
type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

function tableOf(path: string): Table | undefined {
  let text: unknown;
  try {
    text = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof TomlError) throw new Failure(`${path}, line ${error.line}: it is not TOML.`);
    throw new Failure(`${path} cannot be read.`);
  }
  const tool = isTable(text) ? text.tool : undefined;
  const own = isTable(tool) ? tool[TABLE] : undefined;
  return isTable(own) ? own : undefined;
}

function entriesOf(value: unknown, name: string, refuse: Refuse): readonly (readonly [string, unknown])[] {
  if (value === undefined) return [];
  return isTable(value) ? Object.entries(value) : refuse(`${name} must be a table.`);
}

function severityIn(entries: readonly (readonly [string, unknown])[], refuse: Refuse): Settings['severity'] {
  return new Map(
    entries.map(([code, level]) => {
      if (!Object.hasOwn(PROBLEM_CODES, code)) return refuse(`there is no problem with the code ${code}.`);
      if (level !== 'off' && !isLevel(level))
        return refuse(`severity.${code} must be one of ${[...LEVELS, 'off'].join(', ')}.`);
      return [code, level] as const;
    }),
  );
}

function shapesIn(
  entries: readonly (readonly [string, unknown])[],
  project: string,
  refuse: Refuse,
): Settings['shapes'] {
  return new Map(
    entries.map(([file, shapes]) => {
      const own = entriesOf(shapes, `shapes."${file}"`, refuse).map(([key, value]) => {
        const dims =
          typeof value === 'string'
            ? parseShape(value)
            : Array.isArray(value)
              ? shapeOf(value.map((each) => (typeof each === 'bigint' ? each.toString() : String(each))))
              : undefined;
        if (!dims)
          return refuse(`shapes."${file}"."${key}" must be a list of whole numbers and names, ["N", 3, 64, 64].`);
        return [key, dims] as const;
      });
      return [resolve(project, file), Object.fromEntries(own)] as const;
    }),
  );
}
