import * as vscode from 'vscode';
import { latexFormula } from '../../core/explain/copyAs';
import { equivalentOf } from '../../python/mend/equivalent';
import type { Report, Use } from '../../python';
import { argument, shape } from '../../python/written';

interface Copy extends vscode.QuickPickItem {
  readonly text: string;
}

/** The call with every argument that is known, as its own framework writes it. */
function callText({ callee, parameters }: Report): string {
  return `${callee}(${Object.entries(parameters)
    .map(([name, value]) => `${name}=${argument(value)}`)
    .join(', ')})`;
}

const latex = ({ substituted, formula, output }: Use['axes'][number]): string =>
  latexFormula(formula, substituted, output);

/** The forms in which a call can be copied. */
function copies(report: Report, use: Use | undefined, written: string): Copy[] {
  const twin = equivalentOf(report, use);
  const item = (label: string, text: string): Copy => ({ label, text, detail: text });
  return [
    item(
      vscode.l10n.t('Call with the numbers in it'),
      callText(use ? { ...report, parameters: { ...report.parameters, ...use.parameters } } : report),
    ),
    item(vscode.l10n.t('Call as written'), written),
    ...(twin
      ? [item(vscode.l10n.t('PyTorch equivalent'), [twin.code, ...(twin.slice ? [`# ${twin.slice}`] : [])].join('\n'))]
      : []),
    ...(use
      ? [
          item(vscode.l10n.t('Output shape'), shape(use.outputShape)),
          item(
            vscode.l10n.t('Input and output shape, as a comment'),
            `# ${shape(use.inputShape)} -> ${shape(use.outputShape)}`,
          ),
          ...(use.axes[0]
            ? [
                item(
                  vscode.l10n.t('Size formula as LaTeX'),
                  use.axes
                    .map(latex)
                    .filter((each, index, all) => all.indexOf(each) === index)
                    .join('\n'),
                ),
              ]
            : []),
        ]
      : []),
  ];
}

/** Lets the user choose what of a call goes to the clipboard. */
export async function copyCall(report: Report, use: Use | undefined, written: string): Promise<void> {
  const chosen = await vscode.window.showQuickPick(copies(report, use, written), {
    title: vscode.l10n.t('Copy as …'),
    matchOnDetail: true,
  });
  if (chosen) await vscode.env.clipboard.writeText(chosen.text);
}
