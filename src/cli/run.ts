import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { check, type CheckOptions } from './check';
import type { StartHelpers } from './crew';
import { explain } from './explain';
import { Failure } from './failure';
import { FORMATS } from './formats/formats';
import { agentTools } from './mcp/tools';
import type { Terminal } from './terminal';
import { sizes } from './sizes';
import { watch } from './watch';
import { why } from './why';

const USAGE = `Reads the shapes of convolutional networks out of Python code. Nothing of it is executed.

usage: transposed-conv-inspector check PATH…      tells the problems of files, folders and notebooks
       transposed-conv-inspector explain PLACE    tells all that is known of the layers at FILE:LINE
       transposed-conv-inspector sizes PATH…      tells which sizes models give back as they were
       transposed-conv-inspector server --stdio   serves the reading to an editor (Language Server Protocol)
       transposed-conv-inspector mcp              serves it to an agent (Model Context Protocol, standard streams)

check
  --format FORMAT          ${Object.keys(FORMATS).join(', ')} (default: text)
  --level LEVEL            the quietest that is told: error, warning, information (default) or hint
  --baseline FILE          is silent of the problems in FILE
  --write-baseline FILE    writes the present problems into FILE
  --watch                  checks again what changes, until Ctrl+C
  --why                    tells instead what is known of every tensor, what is not, and what would supply it

explain, sizes
  --json                   for other programs

all
  --packages FOLDER        an environment whose packages are read (default: one beside the project, .venv, venv …)

The shapes of inputs, how loud each problem is and what is left out stand in pyproject.toml, under
[tool.transposed-conv-inspector]. Exit status: 0 without errors, 1 with errors, 2 when something could not be done.
`;

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  level: { type: 'string', default: 'information' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'string' },
  watch: { type: 'boolean', default: false },
  why: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  packages: { type: 'string', multiple: true },
  stdio: { type: 'boolean', default: false },
  // What clients of the Language Server Protocol say of themselves; the library reads it.
  clientProcessId: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** What each command takes beside what all take. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  check: ['format', 'level', 'baseline', 'write-baseline', 'watch', 'why'],
  explain: ['json'],
  sizes: ['json'],
  server: ['stdio', 'clientProcessId'],
  mcp: [],
};
const TAKEN_BY_ALL: readonly string[] = ['packages', 'help', 'version'];

/** What a command line says, checked by Node. @throws Failure */
function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, tokens: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, unknown] = /^Unknown option '([^']+)'/.exec(message) ?? [];
    throw new Failure(unknown === undefined ? message : `There is no option ${unknown}; --help says which there are.`);
  }
}

/** Refuses options that would be passed over in silence. @throws Failure */
function refuseOthers(command: string, given: ReadonlySet<string>): void {
  const strange = [...given].find((name) => ![...TAKEN[command], ...TAKEN_BY_ALL].includes(name));
  if (strange !== undefined)
    throw new Failure(
      command === 'check' && strange === 'json'
        ? 'check takes no --json; it has --format json.'
        : `${command} takes no --${strange}; --help says what it takes.`,
    );
  const beside = given.has('why') && TAKEN.check.find((name) => name !== 'why' && given.has(name));
  if (beside) throw new Failure(`--why tells something else, in a text of its own, and takes no --${beside}.`);
}

/**
 * Runs a command line; its exit status: 0, 1 when errors were found, 2 when something could not be done, which has been
 * said. `ended` ends a command that would not by itself; `start` starts threads that help where there is much to do.
 */
export async function run(
  args: readonly string[],
  terminal: Terminal,
  version: string,
  ended: AbortSignal,
  start?: StartHelpers,
): Promise<number> {
  try {
    return await command(args, terminal, version, ended, start);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    terminal.error(`${error.message}\n`);
    return 2;
  }
}

async function command(
  args: readonly string[],
  terminal: Terminal,
  version: string,
  ended: AbortSignal,
  start: StartHelpers | undefined,
): Promise<number> {
  const { values, positionals, tokens } = parsed(args);
  const [name, ...rest] = positionals;
  if (values.version) {
    terminal.out(`${version}\n`);
    return 0;
  }
  if (values.help || name === undefined) {
    (values.help ? terminal.out : terminal.error)(USAGE);
    return values.help ? 0 : 2;
  }
  if (!Object.hasOwn(TAKEN, name)) throw new Failure(`There is no command ${name}; --help says which there are.`);
  refuseOthers(name, new Set(tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []))));
  const at = (path: string): string => resolve(terminal.folder, path);
  for (const each of values.packages ?? [])
    if (!existsSync(at(each))) throw new Failure(`There is no folder ${each} whose packages could be read.`);
  const packages = values.packages ? { packages: values.packages.map(at) } : {};
  if (name === 'check') {
    if (rest.length === 0) throw new Failure('Say which files or folders to check.');
    if (values.why) return why({ paths: rest, ...packages }, terminal);
    const { baseline, 'write-baseline': written } = values;
    const options: CheckOptions = {
      paths: rest,
      format: values.format,
      level: values.level,
      ...packages,
      ...(baseline === undefined ? {} : { baseline: at(baseline) }),
      ...(written === undefined ? {} : { writeBaseline: at(written) }),
    };
    if (!values.watch) return check(options, terminal, version, start);
    await watch(options, terminal, version, ended);
    return 0;
  }
  if (name === 'explain') {
    if (rest.length !== 1) throw new Failure('Say one place, as FILE:LINE.');
    return explain({ place: rest[0], json: values.json, ...packages }, terminal);
  }
  if (name === 'sizes') {
    if (rest.length === 0) throw new Failure('Say of which files or folders.');
    return sizes({ paths: rest, json: values.json, ...packages }, terminal);
  }
  if (name === 'server') {
    const { serve } = await import('./server/serve');
    serve({ version, ...packages });
    return new Promise(() => undefined);
  }
  const { serve } = await import('./mcp/serve');
  await serve(agentTools({ folder: terminal.folder, ...packages }), version);
  return 0;
}
