import {
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Hover,
  type InlayHint,
  InlayHintKind,
  MarkupKind,
  type Position,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { Snapshot } from '../../language/analyses';
import { type Change, equivalents, meets, mendings, recordings, silencing } from '../../language/fixes';
import { callHints, lineHints } from '../../language/hints';
import { hoverText } from '../../language/hoverText';
import { layerAt } from '../../language/layerAt';
import { callLenses, modelLenses } from '../../language/lenses';
import { DIAGNOSTIC_SOURCE, levelOf, problemMessage, type ShownProblem, shownProblems } from '../../language/problems';
import type { Words } from '../../language/words';
import type { Level } from '../../python/problemCodes';
import { located, offsetIn, rangeIn, spanIn } from './places';
import type { ServedDocument } from './served';
import type { ServerSettings } from './settings';

type Read = Snapshot<ServedDocument>;

/** The icons of VS Code's font in our texts, for editors that have no such font. */
const ICONS: Readonly<Record<string, string>> = { '$(warning)': '⚠', '$(info)': 'ℹ' };
const withoutIcons = (text: string): string => text.replace(/\$\(\w+\)/g, (icon) => ICONS[icon] ?? '');

export function hover(read: Read, document: ServedDocument, position: Position, words: Words): Hover | null {
  const offset = offsetIn(read.source, document, position);
  const found = offset === undefined ? undefined : layerAt(read.analysis, offset);
  if (!found) return null;
  const value = withoutIcons(hoverText(found.report, found.use, words));
  const range = rangeIn(read.source, document, found.span);
  return { contents: { kind: MarkupKind.Markdown, value }, ...(range ? { range } : {}) };
}

/** Shapes behind lines and calls, of those that end in a part of the text. */
export function inlayHints(
  { analysis, source }: Read,
  document: ServedDocument,
  visible: Range,
  settings: ServerSettings,
  words: Words,
): InlayHint[] {
  const seen = spanIn(source, document, visible);
  if (!seen) return [];
  const calls = settings.inlayHints ? callHints(analysis, words) : [];
  return [...lineHints(analysis, settings.tensors, words), ...calls]
    .filter(({ span }) => span.end >= seen.start && span.end <= seen.end)
    .flatMap(({ span, label, tooltip, type, apart }): InlayHint[] => {
      const range = rangeIn(source, document, span);
      const kind: Pick<InlayHint, 'kind'> = type ? { kind: InlayHintKind.Type } : {};
      return range ? [{ position: range.end, label, tooltip, paddingLeft: apart, ...kind }] : [];
    });
}

/** Lines above models and calls. There is no inspector here, so that none of them does anything. */
export function lenses({ analysis, source }: Read, document: ServedDocument, words: Words): CodeLens[] {
  return [...modelLenses(analysis, words), ...callLenses(analysis, words)].flatMap(({ span, title }) => {
    const range = rangeIn(source, document, span);
    return range ? [{ range, command: { title, command: '' } }] : [];
  });
}

/** The problems that neither a comment nor the settings silence; what an editor sets counts before what a team has. */
function problems({ analysis }: Read, { severity }: ServerSettings, team: Severity): readonly ShownProblem[] {
  return shownProblems(analysis, (problem) => levelOf(problem, severity[problem.code] ?? team.get(problem.code)));
}

/** What a team says of codes in `pyproject.toml`. */
export type Severity = ReadonlyMap<string, Level | 'off'>;

const SEVERITIES: Readonly<Record<Level, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The problems that stand in a document: of a notebook, in one of its cells. */
export function diagnostics(
  read: Read,
  document: ServedDocument,
  settings: ServerSettings,
  team: Severity,
  words: Words,
): Diagnostic[] {
  return problems(read, settings, team).flatMap((each) => {
    const range = rangeIn(read.source, document, each.told.problem.span);
    return range ? [diagnosticOf(each, range, words)] : [];
  });
}

function diagnosticOf({ told, level, idle }: ShownProblem, range: Range, words: Words): Diagnostic {
  return {
    range,
    severity: SEVERITIES[level],
    code: told.problem.code,
    source: DIAGNOSTIC_SOURCE,
    message: problemMessage(told.problem, words),
    ...(idle && level === 'hint' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

/**
 * The changes that mend or silence the problems at a place, and those that rewrite a layer there. `named` are problems
 * that the client asks about beside those: some editors mean every one of the cursor's line.
 */
export function codeActions(
  read: Read,
  document: ServedDocument,
  range: Range,
  named: readonly Diagnostic[],
  settings: ServerSettings,
  team: Severity,
  words: Words,
): CodeAction[] {
  const { source } = read;
  const at = spanIn(source, document, range);
  if (!at) return [];
  const isNamed = ({ told: { problem } }: ShownProblem): boolean =>
    named.some(
      ({ source: teller, code, range: place }) =>
        teller === DIAGNOSTIC_SOURCE &&
        code === problem.code &&
        offsetIn(source, document, place.start) === problem.span.start,
    );
  const fixes = problems(read, settings, team)
    .filter((each) => meets(each.told.problem.span, at) || isNamed(each))
    .flatMap((each) => {
      const silence = silencing(each, read, words);
      const place = rangeIn(source, document, each.told.problem.span);
      const about = place ? [diagnosticOf(each, place, words)] : [];
      return [...mendings(each, read, words), ...(silence ? [silence] : [])].map((change) => ({
        ...actionOf(change, CodeActionKind.QuickFix, read),
        diagnostics: about,
      }));
    });
  return [
    ...fixes,
    ...[...equivalents(at, read, words), ...recordings(at, read, words)].map((change) =>
      actionOf(change, CodeActionKind.RefactorRewrite, read),
    ),
  ];
}

/** A change as the protocol has it; what mends a cell of a notebook may stand in another one. */
function actionOf({ title, edits, preferred }: Change, kind: CodeActionKind, { source }: Read): CodeAction {
  const changes: Record<string, TextEdit[]> = {};
  for (const { span, text } of edits) {
    const place = located(source, span);
    if (place) (changes[place.document.theirs] ??= []).push({ range: place.range, newText: text });
  }
  return { title, kind, edit: { changes }, ...(preferred ? { isPreferred: true } : {}) };
}
