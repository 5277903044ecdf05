import { format } from '../core/problem';
import type { Report, Span, Use } from '../python';
import { unapplied } from '../python/whyText';
import { argument, shape } from '../python/written';
import { reportsOn } from '../language/layerAt';
import { Failure } from './failure';
import { problemsOf, shownPath } from './problems';
import type { ProjectOptions } from './project';
import { isNotebook, readSource, type SourceFile } from './sourceFile';
import { type Target, Targets } from './targets';
import type { Terminal } from './terminal';

export interface ExplainOptions extends ProjectOptions {
  /** `FILE:LINE`, and in a notebook `FILE:cell N:LINE`. */
  readonly place: string;
  readonly json: boolean;
}

const PLACE = /^(.+?)(?::cell (\d+))?:(\d+)(?::\d+)?$/;

/** Where a shape comes from. */
const SOURCES: Readonly<Record<Use['source'], string>> = {
  user: 'set by you',
  comment: 'from a comment',
  annotation: 'from an annotation',
  declared: 'as declared',
  example: 'from an example call',
  symbolic: 'not known; sizes are symbols',
};

/** Tells everything that is known of the layers on a line. @throws Failure when there is none, or no such line */
export async function explain({ place, json, ...options }: ExplainOptions, terminal: Terminal): Promise<number> {
  const [, path, cell, line] = PLACE.exec(place) ?? [];
  if (line === undefined) throw new Failure('Say a place as FILE:LINE, in a notebook as FILE:cell N:LINE.');
  const [target] = await new Targets({ ...options, paths: [path] }, terminal.folder).find();
  if (cell === undefined && isNotebook(path))
    throw new Failure(`Say in which cell, as check does: ${path}:cell 2:${line}.`);
  const source = readSource(target.path);
  const span = source.lineAt(Number(line), cell === undefined ? undefined : Number(cell));
  if (!span) throw new Failure(`${path} has no such line.`);
  const found = foundOn(target, source, span);
  if (found.reports.length === 0) throw new Failure(`No layer is made or applied on ${place}.`);
  terminal.out(
    json
      ? `${JSON.stringify(found.reports.map(plain), null, 2)}\n`
      : [...found.reports.map(described), ...found.problems].join('\n\n') + '\n',
  );
  return 0;

  function foundOn({ project }: Target, { text }: SourceFile, on: Span): Found {
    const analysis = project.read(target.path, text);
    const reports = reportsOn(analysis, on);
    const file = shownPath(terminal.folder, target.path);
    const problems = problemsOf(file, source, analysis, project.settings)
      .filter((each) => each.place.start.line === Number(line) && String(each.place.cell ?? '') === (cell ?? ''))
      .map(({ level, message, framework, code }) =>
        [`${level}: ${message} [${code}]`, ...(framework ? [`    ${framework}`] : [])].join('\n'),
      );
    return { reports, problems };
  }
}

interface Found {
  readonly reports: readonly Report[];
  readonly problems: readonly string[];
}

/** A report without where it stands in the text, which nobody outside can use. */
function plain({ callee, framework, parameters, weightShape, parameterCount, uses, refused }: Report): object {
  return {
    callee,
    framework,
    parameters,
    weightShape,
    parameterCount,
    uses: uses.map(told),
    ...(refused ? { refused: told(refused) } : {}),
  };
}

const told = ({ span: _span, operation: _operation, ...use }: Use): object => use;

function described(report: Report): string {
  const { callee, parameters, uses, refused, weightShape, parameterCount } = report;
  const idle = unapplied(report);
  const written = Object.entries(parameters).map(([name, value]) => `${name}=${argument(value)}`);
  return [
    `${callee}(${written.join(', ')})`,
    ...(weightShape ? [`  weight      ${shape(weightShape)}`] : []),
    ...(parameterCount === undefined ? [] : [`  parameters  ${parameterCount}`]),
    ...uses.flatMap(usedAs),
    ...(refused ? [`  ${shape(refused.inputShape)} → refused`] : []),
    ...(idle ? [`  ${format(idle.template, idle.args)}`] : []),
  ].join('\n');
}

function usedAs({ inputShape, outputShape, source, inputKey, axes, multiplyAdds, receptiveField }: Use): string[] {
  const from = inputKey === undefined ? SOURCES[source] : `${SOURCES[source]} (${inputKey})`;
  const formulas = new Set(axes.map(({ formula, substituted, output }) => `${formula} = ${substituted} = ${output}`));
  return [
    `  ${shape(inputShape)} → ${shape(outputShape)}`,
    ...[...formulas].map((formula) => `    ${formula}`),
    `    input shape ${from}`,
    ...(multiplyAdds === undefined ? [] : [`    ${multiplyAdds} multiply-adds`]),
    ...(receptiveField ? [`    receptive field ${receptiveField.join(' × ')} of the network’s input`] : []),
  ];
}
