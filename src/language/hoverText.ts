import type { AxisUse, Report, ShapeSource, Use } from '../python';
import { count } from './count';
import { argument, shape } from '../python/written';
import type { Words } from './words';

/** So many uses are told in full, and of the rest only how many: a hover is read at a glance. */
const SHOWN = 4;

const AXES: Readonly<Record<number, readonly string[]>> = { 1: ['L'], 2: ['H', 'W'], 3: ['D', 'H', 'W'] };

function sourceText(source: ShapeSource, { say }: Words): string | undefined {
  switch (source) {
    case 'user':
      return say('Input shape: set by you.');
    case 'comment':
      return say('Input shape: from a comment.');
    case 'annotation':
      return say('Input shape: from an annotation.');
    case 'declared':
      return say('Input shape: as declared.');
    case 'example':
      return say('Input shape: from an example call.');
    case 'symbolic':
      return say('Input shape: not known; sizes are symbols.');
    default: {
      const never: never = source;
      return never;
    }
  }
}

/** Axes with the same calculation are told once: `H, W`. */
function grouped(axes: readonly AxisUse[]): readonly [names: string, axis: AxisUse][] {
  const groups = new Map<string, [string[], AxisUse]>();
  axes.forEach((axis, index) => {
    const name = AXES[axes.length]?.[index] ?? String(index);
    const key = `${axis.substituted}=${axis.output}`;
    const group = groups.get(key);
    if (group) group[0].push(name);
    else groups.set(key, [[name], axis]);
  });
  return [...groups.values()].map(([names, axis]) => [names.join(', '), axis]);
}

function overlapText({ family }: Report, axes: readonly AxisUse[], { say }: Words): string[] {
  if (family !== 'convTranspose') return [];
  const told = axes.flatMap(({ overlap }) => (overlap ? [overlap] : []));
  if (told.length === 0 || told.every(({ counts }) => counts.length < 2 && counts[0] !== 0)) return [];
  const counts = told.map((overlap) => `[${overlap.counts.join(' ')}]`);
  const same = counts.every((each) => each === counts[0]) ? counts[0] : counts.join(' × ');
  if (told.some(({ holes }) => holes))
    return [
      say('$(warning) Holes: taps per output residue {0}; where there is none the output is only the bias.', same),
    ];
  return [
    told.every(({ even }) => even)
      ? say('Overlap: even, taps per output residue {0}.', same)
      : say('$(info) Overlap: uneven, taps per output residue {0}; a checkerboard is likely.', same),
  ];
}

function facts(report: Report, use: Use | undefined, words: Words): string[] {
  const { say } = words;
  const weight = use?.weightShape ?? report.weightShape;
  const parameters = use?.parameterCount ?? report.parameterCount;
  const line = [
    ...(weight ? [say('Weight {0}', `\`${shape(weight)}\``)] : []),
    ...(parameters !== undefined ? [say('{0} parameters', count(parameters, words))] : []),
    ...(use?.multiplyAdds !== undefined ? [say('{0} multiply-adds', count(use.multiplyAdds, words))] : []),
  ];
  const fields = use?.axes.every(({ extent }) => extent !== undefined)
    ? use.axes.map(({ extent }) => extent).join(' × ')
    : '';
  const field = [
    ...(fields
      ? [report.family === 'convTranspose' ? say('Projective field {0}', fields) : say('Kernel extent {0}', fields)]
      : []),
    ...(use?.receptiveField ? [say('Receptive field {0} of the network’s input', use.receptiveField.join(' × '))] : []),
  ];
  return [line, field].filter((each) => each.length > 0).map((each) => each.join(' · '));
}

function useText(report: Report, use: Use, words: Words): string[] {
  const heading = `\`${shape(use.inputShape)}\` → **\`${shape(use.outputShape)}\`**`;
  const sizes = grouped(use.axes).flatMap(([names, axis]) => [
    `${names}: \`${axis.formula}\``,
    `\u2003= \`${axis.substituted}\` = **${axis.output}**`,
  ]);
  return [heading, ...sizes, ...overlapText(report, use.axes, words)];
}

/** The parameters of a call whose sizes could not be told. */
function parameterText({ parameters }: Report): string[] {
  const known = Object.entries(parameters).map(([name, value]) => `${name}=${argument(value)}`);
  return known.length > 0 ? [`\`${known.join(', ')}\``] : [];
}

function weightsText({ weights: [first] = [] }: Report, { say }: Words): string[] {
  return first
    ? [
        say(
          'Weights: {0}',
          [first.name, first.path]
            .filter(Boolean)
            .map((each) => `\`${each}\``)
            .join(' · '),
        ),
      ]
    : [];
}

/** The hover's Markdown, without its links. `chosen` is the use that the pointer is on, if it is on one. */
export function hoverText(report: Report, chosen: Use | undefined, words: Words): string {
  const { say } = words;
  const name = report.callee.split('.').pop() ?? report.callee;
  const uses = chosen ? [chosen] : report.uses.slice(0, SHOWN);
  const blocks = [`**${name}** — \`${report.callee}\``];
  for (const use of uses) blocks.push(useText(report, use, words).join('  \n'));
  if (report.uses.length === 0) blocks.push(...parameterText(report));
  const more = report.uses.length - uses.length;
  if (more > 0) blocks.push(chosen ? say('One of {0} uses.', report.uses.length) : say('and {0} further uses', more));
  const told = facts(report, uses.length === 1 ? uses[0] : undefined, words);
  const source = uses[0] && sourceText(uses[0].source, words);
  if (told.length > 0) blocks.push(told.join('  \n'));
  const notes = [
    ...(source ? [source] : []),
    ...weightsText(report, words),
    ...(report.stale ? [say('From before the last change: the text does not parse now.')] : []),
  ];
  if (notes.length > 0) blocks.push(notes.map((each) => `*${each}*`).join('  \n'));
  return blocks.join('\n\n');
}
