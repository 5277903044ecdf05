import * as vscode from 'vscode';
import { solutionCode } from '../../core/solve/code';
import type { Solution, SolveRequest } from '../../core/solve/request';
import { solve } from '../../core/solve/solve';
import type { Analyses } from './analyses';
import { type FoundCall, findCall, sayGone } from './calls';
import { COMMANDS, asCallReference } from './commands';
import type { CodeDraft } from '../../language/draft';
import { inverseOf, questionOf, rewriteCall, solvable } from './findForCall';
import { askQuestion } from './findQuestion';
import { shape } from '../../python/written';
import { translated } from '../translate';

interface Answer extends vscode.QuickPickItem {
  readonly solution: Solution;
}

/** What is done with an answer when it is chosen, and how the list says so. */
interface Taking {
  readonly hint: string;
  take(answer: Solution, code: string): Promise<void>;
}

const CHANNELS = { input: 'in_channels', output: 'out_channels' } as const;

function answers(solutions: readonly Solution[]): Answer[] {
  const open: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('open-preview'),
    tooltip: vscode.l10n.t('Open in Transposed Conv Inspector'),
  };
  return solutions.map((solution) => ({
    solution,
    label: solutionCode(solution, CHANNELS),
    detail: solution.reasons
      .map((reason) => `${reason.good ? '$(check)' : '$(info)'} ${translated(reason)}`)
      .join('  '),
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

type Open = (draft: CodeDraft) => Promise<void>;

/** Lists every convolution between two sizes, best first. Enter takes one; the button opens it, and the list stays. */
async function show(request: SolveRequest, open: Open, { hint, take }: Taking): Promise<void> {
  const found = answers(solve(request));
  if (found.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'No convolution within these limits makes {0} of {1}.',
        sizesText(request, 'output'),
        sizesText(request, 'input'),
      ),
    );
    return;
  }
  const list = vscode.window.createQuickPick<Answer>();
  list.title = vscode.l10n.t(
    '{0} → {1}: {2} ways',
    sizesText(request, 'input'),
    sizesText(request, 'output'),
    found.length,
  );
  list.placeholder = hint;
  list.items = found;
  list.ignoreFocusOut = true;
  list.matchOnDetail = true;
  list.onDidTriggerItemButton(({ item }) => void open(draftOf(request, item.solution, item.label)));
  list.onDidAccept(() => {
    const [chosen] = list.selectedItems;
    list.hide();
    if (chosen) void take(chosen.solution, chosen.label);
  });
  list.onDidHide(() => list.dispose());
  list.show();
}

const sizesText = ({ sizes }: SolveRequest, side: 'input' | 'output'): string => shape(sizes.map((each) => each[side]));

/** The code as a snippet: the cursor stops at each number of channels, which the user fills in. */
function snippetOf(code: string): vscode.SnippetString {
  const snippet = new vscode.SnippetString();
  for (const part of code.split(/(in_channels|out_channels)/)) {
    if (part === CHANNELS.input || part === CHANNELS.output) snippet.appendPlaceholder(part);
    else snippet.appendText(part);
  }
  return snippet;
}

/** Inserts the answer at the cursor; when no Python editor is active, opens it in the inspector instead. */
function inserting(request: SolveRequest, open: Open): Taking {
  return {
    hint: vscode.l10n.t('Enter inserts the code; the button opens the inspector'),
    take: async (solution, code) => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document.languageId === 'python') await editor.insertSnippet(snippetOf(code));
      else await open(draftOf(request, solution, code));
    },
  };
}

/** Inserts the answer on a line of its own below the call. */
const insertingBelow = ({ document, range }: FoundCall): Taking => ({
  hint: vscode.l10n.t('Enter inserts the code below the call; the button opens the inspector'),
  take: async (_solution, code) => {
    const editor = await vscode.window.showTextDocument(document);
    const snippet = snippetOf(code);
    await editor.insertSnippet(
      new vscode.SnippetString(`\n${snippet.value}`),
      document.lineAt(range.end.line).range.end,
    );
  },
});

async function findForCall(call: FoundCall, use: number, open: Open, inverse: boolean): Promise<void> {
  const known = solvable(call.report, use);
  const request = known && (inverse ? inverseOf(known) : await questionOf(known));
  if (!known || !request) return;
  const rewriting: Taking = {
    hint: vscode.l10n.t('Enter changes the call; the button opens the inspector'),
    take: (solution) => rewriteCall(call, known, solution, use),
  };
  await show(request, open, inverse ? insertingBelow(call) : rewriting);
}

/**
 * Command **Find Convolution for Sizes**, and the same for a call that a code action brings along: then its sizes are
 * known, and an answer changes the call itself.
 */
export function registerFindConvolution(analyses: Analyses, open: Open): vscode.Disposable {
  const onCall = (command: string, inverse: boolean): vscode.Disposable =>
    vscode.commands.registerCommand(command, async (argument: unknown) => {
      const reference = asCallReference(argument);
      const call = reference && (await findCall(analyses, reference));
      if (reference && call) await findForCall(call, reference.use, open, inverse);
      else sayGone();
    });
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.find, async () => {
      const request = await askQuestion();
      if (request) await show(request, open, inserting(request, open));
    }),
    onCall(COMMANDS.findForCall, false),
    onCall(COMMANDS.findInverse, true),
  );
}
