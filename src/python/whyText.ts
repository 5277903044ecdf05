import type { LineShape, ModuleAnalysis, Report, Why } from './report';
import { shape } from './written';

/** How what is known of a file is put into words, which is another matter for each who tells it. */
export interface Telling {
  /** A template filled, in the language of whoever reads it. */
  readonly say: (template: string, ...args: (string | number)[]) => string;
  /** A place in the text, `17:9`. */
  readonly at: (offset: number) => string;
  /** How the shape of an input is set, by its key. */
  readonly setting: (inputKey: string) => string;
}

/** What is known of the tensors and layers of a file, what is not, why, and what would supply it; a line each. */
export function whyText({ lines = [], reports }: ModuleAnalysis, telling: Telling): readonly string[] {
  const { say, at } = telling;
  const known = lines.filter(({ why, shapes }) => why.length === 0 && shapes.length > 0);
  const named = lines.filter(({ why, shapes }) => why.length > 0 && shapes.length > 0);
  const silent = lines.filter(({ why, shapes }) => why.length === 0 && shapes.length === 0);
  return [
    say('{0} of {1} tensors are known, {2} but for sizes that have names.', known.length, lines.length, named.length),
    ...[...lacking(lines).values()].flatMap((group) => missing(group, telling)),
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

function missing(group: Lacking, telling: Telling): readonly string[] {
  const { say, at } = telling;
  const [[{ span, elsewhere, template, args }]] = group;
  const place = span ? `${at(span.start)} ` : elsewhere ? `${nameOf(elsewhere.path)}:${elsewhere.line} ` : '';
  return [
    `  ${place}${say(template, ...args)}`,
    ...group.map(([, line]) => `      ${at(line.span.start)} ${line.name}: ${shapesOf(line)}`),
    `    ${supply(group, telling)}`,
  ];
}

/** What a file of this address is called. */
const nameOf = (path: string): string => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));

export const shapesOf = ({ shapes }: LineShape): string => (shapes.length === 0 ? '?' : shapes.map(shape).join(' | '));

/** What would supply it, as the user would write it. */
function supply(group: Lacking, telling: Telling): string {
  const { say, setting } = telling;
  const [[{ inputKey }]] = group;
  if (inputKey !== undefined) {
    const parameter = inputKey.slice(inputKey.lastIndexOf(':') + 1);
    return `${say('Begin the function with a comment, # {0}: (1, 3, 64, 64).', parameter)} ${setting(inputKey)}`;
  }
  return written(group.find(([, { name }]) => name !== 'return')?.[1] ?? group[0][1], telling);
}

/** How the shape of a line is written down, so that it counts where nothing else says it. */
const written = ({ name }: LineShape, { say }: Telling): string =>
  name === 'return'
    ? say('Give what is returned a name, and write its shape behind that line.')
    : say('Write the shape behind the line, # {0}: (1, 3, 64, 64).', name);
