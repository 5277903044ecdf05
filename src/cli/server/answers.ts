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
import type { ServedDocument } from './served';
import type { ServerSettings } from './settings';

type Read = Snapshot<ServedDocument>;

/** The icons of VS Code's font in our texts, for editors that have no such font. */
const ICONS: Readonly<Record<string, string>> = { '$(warning)': '⚠', '$(info)': 'ℹ' };
const withoutIcons = (text: string): string => text.replace(/\$\(\w+\)/g, (icon) => ICONS[icon] ?? '');

export function hover({ analysis }: Read, document: ServedDocument, position: Position, words: Words): Hover | null {
  const found = layerAt(analysis, document.offsetAt(position));
  if (!found) return null;
  const value = withoutIcons(hoverText(found.report, found.use, words));
  return { contents: { kind: MarkupKind.Markdown, value }, range: document.rangeOf(found.span) };
}

/** Shapes behind lines and calls, of those that end in a part of the text. */
export function inlayHints(
  { analysis }: Read,
  document: ServedDocument,
  visible: Range,
  settings: ServerSettings,
  words: Words,
): InlayHint[] {
  const { start, end } = document.spanOf(visible);
  const calls = settings.inlayHints ? callHints(analysis, words) : [];
  return [...lineHints(analysis, settings.tensors, words), ...calls]
    .filter(({ span }) => span.end >= start && span.end <= end)
    .map(({ span, label, tooltip, type, apart }) => ({
      position: document.rangeOf(span).end,
      label,
      tooltip,
      paddingLeft: apart,
      ...(type ? { kind: InlayHintKind.Type } : {}),
    }));
}

/** Lines above models and calls. There is no inspector here, so that none of them does anything. */
export function lenses({ analysis }: Read, document: ServedDocument, words: Words): CodeLens[] {
  return [...modelLenses(analysis, words), ...callLenses(analysis, words)].map(({ span, title }) => ({
    range: document.rangeOf(span),
    command: { title, command: '' },
  }));
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

export function diagnostics(
  read: Read,
  document: ServedDocument,
  settings: ServerSettings,
  team: Severity,
  words: Words,
): Diagnostic[] {
  return problems(read, settings, team).map((each) => diagnosticOf(each, document, words));
}

function diagnosticOf({ told, level, idle }: ShownProblem, document: ServedDocument, words: Words): Diagnostic {
  return {
    range: document.rangeOf(told.problem.span),
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
  const at = document.spanOf(range);
  const isNamed = ({ told: { problem } }: ShownProblem): boolean =>
    named.some(
      ({ source, code, range: place }) =>
        source === DIAGNOSTIC_SOURCE && code === problem.code && document.offsetAt(place.start) === problem.span.start,
    );
  const actionOf = ({ title, edits, preferred }: Change, kind: CodeActionKind): CodeAction => ({
    title,
    kind,
    edit: {
      changes: { [document.theirs]: edits.map(({ span, text }) => ({ range: document.rangeOf(span), newText: text })) },
    },
    ...(preferred ? { isPreferred: true } : {}),
  });
  const fixes = problems(read, settings, team)
    .filter((each) => meets(each.told.problem.span, at) || isNamed(each))
    .flatMap((each) => {
      const silence = silencing(each, read, words);
      const about = [diagnosticOf(each, document, words)];
      return [...mendings(each, read, words), ...(silence ? [silence] : [])].map((change) => ({
        ...actionOf(change, CodeActionKind.QuickFix),
        diagnostics: about,
      }));
    });
  return [
    ...fixes,
    ...[...equivalents(at, read, words), ...recordings(at, read, words)].map((change) =>
      actionOf(change, CodeActionKind.RefactorRewrite),
    ),
  ];
}
