import type { LineShape, ModuleAnalysis, Report, Span } from '../python';
import { shapesOf } from '../python/whyText';
import { shape } from '../python/written';
import { canOpen } from './draft';
import type { Words } from './words';

/** Which lines have a hint. */
export type LineHints = 'off' | 'changes' | 'on';

/** What the settings say, from wherever they come. */
export const asLineHints = (said: unknown): LineHints => (said === 'on' || said === 'changes' ? said : 'off');

/** A use of a layer that the inspector can show. */
export interface Opening {
  readonly report: Report;
  readonly use: number;
}

/** A text that stands behind a place, where the editor shows such. */
export interface Hint {
  /** It stands behind this. */
  readonly span: Span;
  readonly label: string;
  readonly tooltip: string;
  /** Whether it says what a name is, as a type does. */
  readonly type: boolean;
  /** Whether a space stands before it. */
  readonly apart: boolean;
  readonly opens?: Opening;
}

/** Of a longer shape the rest is in the tooltip. */
const LONGEST = 40;

/** The shape that each line leaves, behind its name; with `changes`, only where it is another than before. */
export function lineHints(analysis: ModuleAnalysis, which: LineHints, words: Words): readonly Hint[] {
  if (which === 'off') return [];
  const before = new Map<string, string>();
  return (analysis.lines ?? []).flatMap((line) => {
    const text = shapesOf(line);
    const same = before.get(line.within) === text;
    before.set(line.within, text);
    return line.shapes.length === 0 || (which === 'changes' && same) ? [] : [hintOf(analysis, line, words)];
  });
}

function hintOf(analysis: ModuleAnalysis, line: LineShape, { say }: Words): Hint {
  const { name, shapes, why, span } = line;
  const whole = shape(shapes[0]);
  const more = shapes.length > 1 ? ` · ${say('{0} shapes', shapes.length)}` : '';
  const written = whole.length > LONGEST ? `${whole.slice(0, LONGEST - 1)}…` : whole;
  const opens = openingOf(analysis, line);
  return {
    span,
    label: `${name === 'return' ? '→' : ':'} ${written}${more}`,
    tooltip: [...shapes.map(shape), ...why.map(({ template, args }) => say(template, ...args))].join('\n'),
    type: true,
    apart: name === 'return',
    ...(opens ? { opens } : {}),
  };
}

/** The layer that a line applies, where it applies one whose numbers are known. */
export function openingOf(
  { reports }: Pick<ModuleAnalysis, 'reports'>,
  { span, behind }: LineShape,
): Opening | undefined {
  for (const report of reports) {
    const use = report.uses.findIndex((each) => each.span && each.span.start >= span.start && each.span.end <= behind);
    if (use >= 0 && canOpen(report, report.uses[use])) return { report, use };
  }
  return undefined;
}

/** The output shape behind each call that makes or applies a layer. */
export function callHints({ reports }: Pick<ModuleAnalysis, 'reports'>, { say }: Words): readonly Hint[] {
  return reports.flatMap(({ uses, span }): Hint[] => {
    const [use] = uses;
    if (!use) return [];
    const more = uses.length > 1 ? ` · ${say('{0} uses', uses.length)}` : '';
    return [
      {
        span,
        label: `→ ${shape(use.outputShape)}${more}`,
        tooltip: uses.map((each) => `${shape(each.inputShape)} → ${shape(each.outputShape)}`).join('\n'),
        type: false,
        apart: true,
      },
    ];
  });
}
