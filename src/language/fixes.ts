import type { ModuleAnalysis, Span, TextEdit } from '../python';
import { equivalentOf } from '../python/mend/equivalent';
import { mend } from '../python/mend/mend';
import { ignoreEdit, withoutIgnore } from '../python/syntax/ignoreEdits';
import { lineAt } from '../python/syntax/ignores';
import { callOf } from '../python/told';
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
