import * as vscode from 'vscode';
import { PROBLEM_CODES } from '../../python/problemCodes';
import type { TextEdit } from '../../python';
import { type Change, silencing } from '../../language/fixes';
import type { Snapshot } from './analyses';
import { COMMANDS } from './commands';
import { located, writtenText } from './documents';
import { problemReport } from '../../language/problemReport';
import { SEVERITY, type Shown } from './shown';
import { EDITOR_WORDS } from './words';

const TARGETS = {
  workspace: vscode.ConfigurationTarget.Workspace,
  user: vscode.ConfigurationTarget.Global,
} as const;
type Target = keyof typeof TARGETS;

/** Edits in the documents where they stand; nothing when one of these has been closed. */
export function workspaceEdit(edits: readonly TextEdit[], { source }: Snapshot): vscode.WorkspaceEdit | undefined {
  const edit = new vscode.WorkspaceEdit();
  for (const { span, text } of edits) {
    const place = located(source, span);
    if (!place) return undefined;
    edit.replace(place.document.uri, place.range, text);
  }
  return edit;
}

/** What to do about a problem that is none: a comment, the settings, and a report that somebody can act upon. */
export function waysOut(each: Shown, snapshot: Snapshot, product: string): vscode.CodeAction[] {
  const { told, idle } = each;
  const { code } = told.problem;
  const silence = silencing(each, snapshot, EDITOR_WORDS);
  const action = silence && editing(silence, snapshot);
  return [
    ...(action ? [action] : []),
    ...(vscode.workspace.workspaceFolders?.length
      ? [commanding(vscode.l10n.t('Turn {0} off in this workspace', code), COMMANDS.turnOff, code, 'workspace')]
      : []),
    commanding(vscode.l10n.t('Turn {0} off everywhere', code), COMMANDS.turnOff, code, 'user'),
    ...(idle
      ? []
      : [
          commanding(
            vscode.l10n.t('Copy a report of this problem ({0})', code),
            COMMANDS.copyReport,
            problemReport(writtenText(snapshot.source), snapshot.analysis, told, product),
          ),
        ]),
  ];
}

function editing({ title, edits }: Change, snapshot: Snapshot): vscode.CodeAction | undefined {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEdit(edits, snapshot);
  return action.edit && action;
}

function commanding(title: string, command: string, ...args: readonly string[]): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command, arguments: [...args] };
  return action;
}

async function turnOff(code: string, target: Target): Promise<void> {
  const settings = vscode.workspace.getConfiguration('transposedConv');
  const said = settings.inspect<Readonly<Record<string, unknown>>>(SEVERITY);
  const own = target === 'workspace' ? said?.workspaceValue : said?.globalValue;
  await settings.update(SEVERITY, { ...own, [code]: 'off' }, TARGETS[target]);
  const show = vscode.l10n.t('Show Setting');
  const told =
    target === 'workspace'
      ? vscode.l10n.t('{0} is off in this workspace.', code)
      : vscode.l10n.t('{0} is off everywhere.', code);
  // Waited for by nobody: it may stand there for long.
  void vscode.window.showInformationMessage(told, show).then((chosen) => {
    if (chosen) void vscode.commands.executeCommand('workbench.action.openSettings', `transposedConv.${SEVERITY}`);
  });
}

/** Commands that the quick fixes bring along what they need for; whoever else calls them is checked. */
export function registerWaysOut(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.turnOff, async (code: unknown, target: unknown) => {
      if (typeof code !== 'string' || !Object.hasOwn(PROBLEM_CODES, code)) return;
      if (target === 'workspace' || target === 'user') await turnOff(code, target);
    }),
    vscode.commands.registerCommand(COMMANDS.copyReport, async (report: unknown) => {
      if (typeof report !== 'string') return;
      await vscode.env.clipboard.writeText(report);
      vscode.window.setStatusBarMessage(vscode.l10n.t('The report is in the clipboard.'), 4000);
    }),
  );
}
