import type { Dim, LineShape, ModuleAnalysis, Report, Why } from './report';
import { shape } from './written';

/** How what is known of a file is put into words, which is another matter for each who tells it. */
export interface Telling {
  /** A template filled, in the language of whoever reads it. */
  readonly say: (template: string, ...args: (string | number)[]) => string;
  /** A place in the text, `17:9`. */
  readonly at: (offset: number) => string;
  /** How the shape of an input is set, by its key, for instance to this one. */
  readonly setting: (inputKey: string, example: readonly number[]) => string;
  /** So many lines are told of each cause, and so many shapes of each; all, where it is left out. */
  readonly most?: { readonly lines: number; readonly shapes: number };
}

/** What is known of the tensors and layers of a file, what is not, why, and what would supply it; a line each. */
export function whyText(analysis: ModuleAnalysis, telling: Telling): readonly string[] {
  const { lines = [], reports } = analysis;
  const { say, at } = telling;
  const known = lines.filter(({ why, shapes }) => why.length === 0 && shapes.length > 0);
  const named = lines.filter(({ why, shapes }) => why.length > 0 && shapes.length > 0);
  const silent = lines.filter(({ why, shapes }) => why.length === 0 && shapes.length === 0);
  return [
    say('{0} of {1} tensors are known, {2} but for sizes that have names.', known.length, lines.length, named.length),
    ...[...lacking(lines).values()].flatMap((group) => missing(group, analysis, telling)),
    ...silent.flatMap((line) => [
      `  ${at(line.span.start)} ${say('{0}: what gives it could not be followed.', line.name)}`,
      `    ${written(line, telling)}`,
    ]),
    ...reports.flatMap((report) => {
      const said = unapplied(report);
      return said ? [`  ${at(report.span.start)} ${say(said.template, ...said.args)}`] : [];
    }),
  ];
}

/** What is said of a layer that has no shapes. Of one that is refused its problem says enough. */
export function unapplied({
  callee,
  uses,
  refused,
  problems,
  mentions,
}: Report): Pick<Why, 'template' | 'args'> | undefined {
  if (uses.length > 0 || refused || problems.some(({ severity }) => severity === 'error')) return undefined;
  return mentions.some(({ role }) => role === 'use')
    ? { template: '{0}: what it is applied to could not be followed.', args: [callee] }
    : { template: '{0}: nothing that is read applies it.', args: [callee] };
}

/** What is known, a line each: `17:9 y: (N, 8, H, W)`. */
export const knownText = ({ lines = [] }: ModuleAnalysis, { at }: Pick<Telling, 'at'>): readonly string[] =>
  lines.map((line) => `  ${at(line.span.start)} ${line.name}: ${shapesOf(line)}`);

type Lacking = readonly (readonly [Why, LineShape])[];

/** Lines by the words of what they lack, in the order of the text. */
function lacking(lines: readonly LineShape[]): ReadonlyMap<string, Lacking> {
  const found = new Map<string, (readonly [Why, LineShape])[]>();
  for (const line of lines)
    for (const each of line.why) {
      const own = found.get(each.message) ?? [];
      own.push([each, line]);
      found.set(each.message, own);
    }
  return found;
}

function missing(group: Lacking, analysis: ModuleAnalysis, telling: Telling): readonly string[] {
  const { say, at, most } = telling;
  const shown = group.slice(0, most?.lines);
  const [[{ span, elsewhere, template, args }]] = group;
  const place = span ? `${at(span.start)} ` : elsewhere ? `${nameOf(elsewhere.path)}:${elsewhere.line} ` : '';
  return [
    `  ${place}${say(template, ...args)}`,
    ...shown.map(([, line]) => `      ${at(line.span.start)} ${line.name}: ${shapesOf(line, most?.shapes)}`),
    ...(shown.length < group.length ? [`      ${say('and {0} more', group.length - shown.length)}`] : []),
    `    ${supply(group, analysis, telling)}`,
  ];
}

/** What a file of this address is called. */
const nameOf = (path: string): string => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));

/** The shapes of a line, at most so many of them. */
export function shapesOf({ shapes }: LineShape, most = shapes.length): string {
  if (shapes.length === 0) return '?';
  const more = shapes.length > most ? [`… +${shapes.length - most}`] : [];
  return [...shapes.slice(0, most).map(shape), ...more].join(' | ');
}

/** What would supply it, as the user would write it. */
function supply(group: Lacking, analysis: ModuleAnalysis, telling: Telling): string {
  const { say, setting } = telling;
  const [[{ inputKey }]] = group;
  if (inputKey !== undefined) {
    const parameter = inputKey.slice(inputKey.lastIndexOf(':') + 1);
    const example = exampleOf(shapeOfInput(analysis, inputKey));
    const begun = say('Begin the function with a comment, # {0}: {1}.', parameter, shape(example));
    return `${begun} ${setting(inputKey, example)}`;
  }
  return written(group.find(([, { name }]) => name !== 'return')?.[1] ?? group[0][1], telling);
}

/** How the shape of a line is written down, so that it counts where nothing else says it. */
const written = ({ name, shapes }: LineShape, { say }: Telling): string =>
  name === 'return'
    ? say('Give what is returned a name, and write its shape behind that line.')
    : say('Write the shape behind the line, # {0}: {1}.', name, shape(exampleOf(shapes[0])));

/** What somebody might write: the sizes that are known, and numbers for the others. */
const exampleOf = (dims: readonly Dim[] = ['N', 3, 'H', 'W']): readonly number[] =>
  dims.map((dim, axis) => (typeof dim === 'number' ? dim : axis === 0 ? 1 : 64));

/** The shape with which a file is read for an input of it, as far as that is known. */
export const shapeOfInput = (
  { inputs, networks = [] }: Pick<ModuleAnalysis, 'inputs' | 'networks'>,
  key: string,
): readonly Dim[] | undefined =>
  inputs.find((each) => each.key === key)?.shape ??
  networks
    .flatMap(({ name, entry, inputs: taken }) =>
      taken.map((each) => ({ key: `${name}.${entry}:${each.name}`, dims: each.shape })),
    )
    .find((each) => each.key === key)?.dims;
