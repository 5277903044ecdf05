import { parse, TomlError } from 'smol-toml';
import { format } from '../core/problem';
import type { Dim } from '../python';
import { type Level, PROBLEM_CODES } from '../python/problemCodes';
import { parseShape, shapeOf } from '../python/written';

/** Under which table of `pyproject.toml` a team says what holds for its project. */
export const TABLE = 'transposed-conv-inspector';

export const LEVELS: readonly Level[] = ['error', 'warning', 'information', 'hint'];
export const isLevel = (value: unknown): value is Level => LEVELS.some((level) => level === value);

/** What `pyproject.toml` says; paths are as they stand there, from its folder. */
export interface ProjectSettings {
  /** The shapes that the team has set, by the path of the file and the key of the input, `UNet.forward:x`. */
  readonly shapes: Readonly<Record<string, Readonly<Record<string, readonly Dim[]>>>>;
  readonly severity: Readonly<Record<string, Level | 'off'>>;
  /** Paths that are left out, with all below them. */
  readonly exclude: readonly string[];
  /** Environments whose packages are read; nothing where one is looked for. */
  readonly packages?: readonly string[];
}

/** Why a file says none of its settings, as a sentence that can be translated; `line` where that is known. */
export interface Refusal {
  readonly template: string;
  readonly args: readonly (string | number)[];
  readonly line?: number;
}

export class SettingsRefused extends Error implements Refusal {
  override readonly name = 'SettingsRefused';

  constructor(
    readonly template: string,
    readonly args: readonly (string | number)[] = [],
    readonly line?: number,
  ) {
    super(format(template, args));
  }
}

const refusal = (template: string, args: readonly (string | number)[], line?: number): SettingsRefused =>
  new SettingsRefused(template, args, line);

const refuse = (template: string, ...args: readonly (string | number)[]): never => {
  throw refusal(template, args);
};

/** Reads the text of a `pyproject.toml`; nothing where it has no such table. @throws SettingsRefused */
export function parseProjectSettings(text: string): ProjectSettings | undefined {
  const table = tableOf(text);
  if (table === undefined) return undefined;
  const known = ['shapes', 'severity', 'exclude', 'packages'];
  for (const name of Object.keys(table))
    if (!known.includes(name)) refuse('[tool.{0}] has no setting {1}. There are: {2}.', TABLE, name, known.join(', '));
  const paths = (name: string): readonly string[] | undefined => {
    const value = table[name];
    if (value === undefined) return undefined;
    return Array.isArray(value) && value.every((each) => typeof each === 'string')
      ? value
      : refuse('{0} must be a list of paths.', name);
  };
  const packages = paths('packages');
  return {
    shapes: shapesIn(entriesOf(table.shapes, 'shapes')),
    severity: severityIn(entriesOf(table.severity, 'severity')),
    exclude: paths('exclude') ?? [],
    ...(packages ? { packages } : {}),
  };
}

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

function tableOf(text: string): Table | undefined {
  let read: unknown;
  try {
    read = parse(text);
  } catch (error) {
    throw refusal('it is not TOML.', [], error instanceof TomlError ? error.line : undefined);
  }
  const tool = isTable(read) ? read.tool : undefined;
  const own = isTable(tool) ? tool[TABLE] : undefined;
  return isTable(own) ? own : undefined;
}

function entriesOf(value: unknown, name: string): readonly (readonly [string, unknown])[] {
  if (value === undefined) return [];
  return isTable(value) ? Object.entries(value) : refuse('{0} must be a table.', name);
}

function severityIn(entries: readonly (readonly [string, unknown])[]): ProjectSettings['severity'] {
  return Object.fromEntries(
    entries.map(([code, level]) => {
      if (!Object.hasOwn(PROBLEM_CODES, code)) return refuse('there is no problem with the code {0}.', code);
      if (level !== 'off' && !isLevel(level))
        return refuse('{0} must be one of {1}.', `severity.${code}`, [...LEVELS, 'off'].join(', '));
      return [code, level] as const;
    }),
  );
}

function shapesIn(entries: readonly (readonly [string, unknown])[]): ProjectSettings['shapes'] {
  return Object.fromEntries(
    entries.map(([file, shapes]) => {
      const own = entriesOf(shapes, `shapes."${file}"`).map(([key, value]) => {
        const dims =
          typeof value === 'string'
            ? parseShape(value)
            : Array.isArray(value)
              ? shapeOf(value.map((each) => (typeof each === 'bigint' ? each.toString() : String(each))))
              : undefined;
        if (!dims)
          return refuse(
            '{0} must be a list of whole numbers and names, ["N", 3, 64, 64].',
            `shapes."${file}"."${key}"`,
          );
        return [key, dims] as const;
      });
      return [file, Object.fromEntries(own)] as const;
    }),
  );
}
