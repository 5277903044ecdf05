import type { ModuleAnalysis, Span, TextEdit } from '../python';
import { equivalentOf } from '../python/mend/equivalent';
import { mend } from '../python/mend/mend';
import { ignoreEdit, withoutIgnore } from '../python/syntax/ignoreEdits';
import { lineAt } from '../python/syntax/ignores';
import { readBareNote } from '../python/syntax/notes';
import { callOf } from '../python/told';
import { shape } from '../python/written';
import type { ShownProblem } from './problems';
import type { Words } from './words';

/** A change of the code that an editor offers at a place. */
export interface Change {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly preferred?: boolean;
}

/** What is read, and what came of it. */
export interface Read {
  readonly source: { readonly text: string };
  readonly analysis: ModuleAnalysis;
}

/** Whether two places have something in common, if only where one ends and the other begins. */
export const meets = (one: Span, other: Span): boolean => one.start <= other.end && other.start <= one.end;

/** The changes that mend what a problem names. */
export function mendings({ told }: ShownProblem, { source, analysis }: Read, { say }: Words): readonly Change[] {
  return mend(source.text, analysis, told.problem, told.report).map(({ template, args, edits, preferred }) => ({
    title: say(template, ...args),
    edits,
    preferred,
  }));
}

/** A comment that silences a problem; of a comment that silences nothing, its removal. */
export function silencing(
  { told, idle }: ShownProblem,
  { source, analysis }: Read,
  { say }: Words,
): Change | undefined {
  const { code, span } = told.problem;
  if (idle) {
    const ignore = analysis.ignores?.find((each) => each.span.start <= span.start && span.end <= each.span.end);
    return ignore && { title: say('Remove what silences nothing'), edits: [withoutIgnore(source.text, ignore, span)] };
  }
  const edit = ignoreEdit(source.text, { problem: span, call: callOf(told) }, code, analysis.ignores ?? []);
  return edit && { title: say('Ignore {0} here', code), edits: [edit] };
}

/**
 * Writes a Keras layer as the PyTorch layer that gives the same values. Where there is none: as the nearest one, with
 * the slice of its output that makes them the same.
 */
export function equivalents(at: Span, { source, analysis }: Read, { say }: Words): readonly Change[] {
  return analysis.reports.flatMap((report): Change[] => {
    const equivalent = !report.stale && meets(report.span, at) ? equivalentOf(report, report.uses[0]) : undefined;
    if (!equivalent) return [];
    const { code, slice } = equivalent;
    const { end } = lineAt(source.text, report.span.end);
    return [
      {
        title: slice
          ? say('Replace by PyTorch’s {0}, its output y sliced as {1}', code, slice)
          : say('Replace by PyTorch’s {0}', code),
        edits: [
          { span: report.span, text: code },
          // The slice belongs where the layer is applied, which is elsewhere: here it is put into a comment.
          ...(slice ? [{ span: { start: end, end }, text: `  # ${slice}` }] : []),
        ],
      },
    ];
  });
}

/** A tensor that stands under a name, `y` or `self.state`, and not in a list or a slice. */
const NAMED = /^[A-Za-z_][\w.]*$/;

/**
 * Writes down the shape that a line leaves, where it is one and all of it is numbers: as an assertion below the line,
 * or as a comment behind it. A name such as H in a comment would be taken for another size than the one that has it.
 * Only where every line is told.
 */
export function recordings(at: Span, { source: { text }, analysis }: Read, { say }: Words): readonly Change[] {
  return (analysis.lines ?? []).flatMap(({ name, span, behind, shapes: [dims, ...others] }): Change[] => {
    const [first, last] = [lineAt(text, span.start), lineAt(text, behind)];
    const indent = text.slice(first.start, span.start);
    const rest = text.slice(behind, last.end);
    const isPlain = indent.trim() === '' && /^\s*(?:#.*)?$/.test(rest) && NAMED.test(name) && name !== 'return';
    // A comment that is nothing but a shape gives way to the right one.
    const isFree = rest.trim() === '' || readBareNote(rest.trim()) !== undefined;
    const isOne = dims !== undefined && others.length === 0 && dims.every((dim) => typeof dim === 'number');
    if (!isPlain || !isOne || !meets({ start: first.start, end: last.end }, at)) return [];
    const end = { start: last.end, end: last.end };
    // Paddle's shape is a list, which equals no tuple.
    const its = /\bpaddle\b/.test(text) ? `tuple(${name}.shape)` : `${name}.shape`;
    const asserted = `assert ${its} == ${shape(dims)}`;
    const commented = `# ${name}: ${shape(dims)}`;
    const isAsserted = text.slice(last.end).trimStart().startsWith(`assert ${its}`);
    return [
      ...(isAsserted
        ? []
        : [{ title: say('Assert it: {0}', asserted), edits: [{ span: end, text: `\n${indent}${asserted}` }] }]),
      ...(isFree
        ? [
            {
              title: say('Write it down: {0}', commented),
              edits: [{ span: { start: behind, end: last.end }, text: `  ${commented}` }],
            },
          ]
        : []),
    ];
  });
}
