import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Door } from '../../core/door';
import { ProblemError } from '../../core/problem';
import { explainConvolution, type ReadFile, shapesOfFile, solveSizes, whyUnknown } from '../../language/agents/answers';
import { AGENT_TOOLS, asked, type LineAsked } from '../../language/agents/tools';
import { written } from '../../language/agents/written';
import type { Span } from '../../python';
import { Failure } from '../failure';
import { shownPath } from '../problems';
import type { ProjectOptions } from '../project';
import { TABLE } from '../../reader/projectSettings';
import { readSource, type SourceFile } from '../sourceFile';
import { Targets } from '../targets';

/** An answer as it is told, or why there is none. */
export type Answered = { readonly text: string } | { readonly refused: string };

/** A tool of the command's. */
export interface AnsweringTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: object;
  answer(input: unknown): Promise<Answered>;
}

export interface AgentOptions extends ProjectOptions {
  /** Paths are meant from here. */
  readonly folder: string;
}

interface ReadHere extends ReadFile {
  readonly source: SourceFile;
}

/** Each file is read anew, as it stands on disk when it is asked about. */
export function agentTools(options: AgentOptions): readonly AnsweringTool[] {
  const { folder } = options;
  const readAt = async (path: string): Promise<ReadHere> => {
    const full = resolve(folder, path);
    const about = statSync(full, { throwIfNoEntry: false });
    if (!about) throw new Failure(`There is no file ${path} in ${folder}.`);
    if (about.isDirectory()) throw new Failure(`${path} is a folder: ask about one of its files.`);
    const [target] = await new Targets({ ...options, paths: [full] }, folder).find();
    if (!target) throw new Failure(`${path} is left out by pyproject.toml.`);
    const source = readSource(target.path);
    const file = shownPath(folder, target.path);
    return {
      file,
      source,
      analysis: target.project.read(target.path, source.text, {}, true),
      at: (offset) => {
        const { cell, start } = source.placeOf({ start: offset, end: offset });
        return [...(cell === undefined ? [] : [`cell ${cell}`]), start.line, start.column].join(':');
      },
      setting: (key, example) =>
        `Or into pyproject.toml: [tool.${TABLE}.shapes."${shownPath(target.project.folder, target.path)}"] "${key}" = [${example.join(', ')}]`,
    };
  };
  const answers: Readonly<Record<keyof typeof AGENT_TOOLS, (input: Door) => Promise<object>>> = {
    shapes_of_file: async (input) => {
      const { path, within } = asked.shapes(input);
      return shapesOfFile(await readAt(path), { within });
    },
    why_unknown: async (input) => whyUnknown(await readAt(asked.file(input).path)),
    explain_convolution: async (input) => {
      const wanted = asked.line(input);
      const read = await readAt(wanted.path);
      return explainConvolution(read, lineOf(read, wanted));
    },
    solve_sizes: async (input) => solveSizes(asked.solve(input)),
  };
  return Object.entries(AGENT_TOOLS).map(([name, tool]) => ({
    name,
    ...tool,
    answer: (input) => answered(answers[name as keyof typeof AGENT_TOOLS](new Door(input, ''))),
  }));
}

/** What was asked for may not be to be had: then the agent is told why, and may ask otherwise. */
async function answered(answer: Promise<object>): Promise<Answered> {
  try {
    return { text: written(await answer) };
  } catch (error) {
    if (error instanceof Failure || error instanceof ProblemError) return { refused: error.message };
    throw error;
  }
}

function lineOf({ source, file }: ReadHere, { line, cell }: LineAsked): Span {
  const span = source.lineAt(line, cell);
  if (!span) throw new Failure(`${file} has no such line.`);
  return span;
}
