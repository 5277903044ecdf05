import * as vscode from 'vscode';
import { solutionCode } from '../../core/solve/code';
import type { Solution, SolveRequest } from '../../core/solve/request';
import { solve } from '../../core/solve/solve';
import { COMMANDS } from './commands';
import type { CodeDraft } from './draft';
import { askQuestion } from './findQuestion';
import { shapeText } from './inputShapes';
import { translated } from '../translate';

interface Answer extends vscode.QuickPickItem {
  readonly solution: Solution;
}

function answers(solutions: readonly Solution[]): Answer[] {
  const open: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('open-preview'), tooltip: vscode.l10n.t('Open in Transposed Conv Inspector') };
  return solutions.map((solution) => ({
    solution,
    label: solutionCode(solution, { input: 'in_channels', output: 'out_channels' }),
    detail: solution.reasons.map((reason) => `${reason.good ? '$(check)' : '$(info)'} ${translated(reason)}`).join('  '),
    buttons: [open],
  }));
}

function draftOf({ sizes }: SolveRequest, solution: Solution, code: string): CodeDraft {
  return {
    title: code,
    op: solution.operation,
    inputShape: [1, 1, ...sizes.map(({ input }) => input)],
    weightShape: [1, 1, ...sizes.map(() => solution.kernel)],
  };
}

/** Every convolution between two sizes, best first: Enter inserts its code, the button opens it and leaves the list. */
async function show(request: SolveRequest, open: (draft: CodeDraft) => Promise<void>): Promise<void> {
  const found = answers(solve(request));
  if (found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No convolution within these limits makes {0} of {1}.', sizesText(request, 'output'), sizesText(request, 'input')));
    return;
  }
  const list = vscode.window.createQuickPick<Answer>();
  list.title = vscode.l10n.t('{0} → {1}: {2} ways', sizesText(request, 'input'), sizesText(request, 'output'), found.length);
  list.placeholder = vscode.l10n.t('Enter inserts the code; the button opens the inspector');
  list.items = found;
  list.ignoreFocusOut = true;
  list.matchOnDetail = true;
  list.onDidTriggerItemButton(({ item }) => void open(draftOf(request, item.solution, item.label)));
  list.onDidAccept(() => {
    const [chosen] = list.selectedItems;
    list.hide();
    if (chosen) void insert(chosen.label, () => open(draftOf(request, chosen.solution, chosen.label)));
  });
  list.onDidHide(() => list.dispose());
  list.show();
}

const sizesText = ({ sizes }: SolveRequest, side: 'input' | 'output'): string => shapeText(sizes.map((each) => each[side]));

/** Into the editor at its cursor; without a Python editor the inspector shows what was chosen. */
async function insert(code: string, otherwise: () => Promise<void>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'python') return otherwise();
  const snippet = new vscode.SnippetString();
  const [before, after] = code.split('in_channels, out_channels');
  if (after === undefined) snippet.appendText(code);
  else snippet.appendText(before).appendPlaceholder('in_channels').appendText(', ').appendPlaceholder('out_channels').appendText(after);
  await editor.insertSnippet(snippet);
}

/** Command **Find Convolution for Sizes**. Another extension, or a link, may bring the question along. */
export function registerFindConvolution({ open }: { open(draft: CodeDraft): Promise<void> }): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.find, async () => {
    const request = await askQuestion();
    if (request) await show(request, open);
  });
}
