import * as vscode from 'vscode';
import { kernelProgram, type KernelOutput } from '../../live/kernel';
import { LiveReader } from '../../live/reader';
import { refusal } from '../../live/sentences';
import { demandTrust, type Place } from './place';

/** What is used of the Jupyter extension's published API. The first use of a kernel asks the user for their consent. */
interface Jupyter {
  readonly kernels: {
    getKernel(notebook: vscode.Uri): Thenable<JupyterKernel | undefined>;
  };
}

interface JupyterKernel {
  readonly language: string;
  /** One of `idle`, `busy` and others. */
  readonly status?: string;
  executeCode(code: string, token: vscode.CancellationToken): AsyncIterable<KernelOutput>;
}

const JUPYTER = 'ms-toolsai.jupyter';

/** What is asked of a kernel between its cells, by the Jupyter extension. */
interface Between extends Place {
  readonly isBusy: boolean;
}

/** The kernels of notebooks, where there is a Jupyter extension. */
export class Notebooks {
  private readonly readers = new Map<string, LiveReader>();

  /** `asides`: kernels that are asked while they run a cell. */
  constructor(private readonly asides: { of(notebook: vscode.Uri): Place | undefined } = { of: () => undefined }) {}

  /**
   * A notebook's kernel: its subshell, where it has one that is open and runs a cell. Throws a ProblemError where it
   * has none that runs, or the user does not consent.
   */
  async at(notebook: vscode.Uri): Promise<Place> {
    const between = await this.between(notebook);
    return (between.isBusy ? this.asides.of(notebook) : undefined) ?? between;
  }

  /** The kernel as it answers when no cell runs. */
  async between(notebook: vscode.Uri): Promise<Between> {
    demandTrust();
    const jupyter = await vscode.extensions.getExtension<Partial<Jupyter>>(JUPYTER)?.activate();
    const kernel = await jupyter?.kernels?.getKernel(notebook);
    if (!kernel) throw refusal('no-kernel');
    if (kernel.language !== 'python') throw refusal('not-python', kernel.language);
    const key = notebook.toString();
    const reader = this.readers.get(key) ?? new LiveReader();
    this.readers.set(key, reader);
    // A kernel keeps nothing of an answer.
    reader.goneOn();
    const { token } = new vscode.CancellationTokenSource();
    const program = kernelProgram({ executeCode: (code) => kernel.executeCode(code, token) });
    const where = (): Promise<string> => Promise.resolve(vscode.workspace.asRelativePath(notebook));
    return { reader, program, where, isBusy: kernel.status === 'busy' };
  }
}

/** The notebook in one of whose cells a text stands. */
export const notebookOf = (document: vscode.TextDocument): vscode.NotebookDocument | undefined =>
  vscode.workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document === document));

/** Listens to the cells of a notebook that have run. */
export const onDidRunCell = (heard: (notebook: vscode.Uri) => void): vscode.Disposable =>
  vscode.workspace.onDidChangeNotebookDocument(({ notebook, cellChanges }) => {
    // A summary tells how a cell ended when it has.
    if (cellChanges.some(({ executionSummary }) => executionSummary?.success !== undefined)) heard(notebook.uri);
  });

const isCell = (value: unknown): value is vscode.NotebookCell =>
  typeof value === 'object' && value !== null && 'notebook' in value && 'document' in value;

/** The cell that was clicked; else, as when its output was, the one that is selected. */
export function cellOf(argument: unknown): vscode.NotebookCell | undefined {
  if (isCell(argument)) return argument;
  const shown = vscode.window.activeNotebookEditor;
  const at = shown?.selection.start;
  return shown && at !== undefined && at < shown.notebook.cellCount ? shown.notebook.cellAt(at) : undefined;
}

/**
 * The expression by which the kernel keeps what a cell put out. Throws a ProblemError where it keeps none, or that of
 * another cell: numbers begin anew with a kernel, and a cell keeps the one that it had.
 */
export async function outputOf(
  { document, executionSummary }: vscode.NotebookCell,
  { reader, program }: Pick<Place, 'reader' | 'program'>,
): Promise<string> {
  const number = executionSummary?.executionOrder;
  if (number === undefined) throw refusal('no-output-value');
  const text = JSON.stringify(document.getText().replaceAll('\r\n', '\n').trim());
  const shell = '__import__("IPython").get_ipython()';
  const ran = `[each.strip() for each in ${shell}.history_manager.input_hist_raw[${number}:${number + 1}]] == [${text}]`;
  const read = await reader.read(program, `[${ran}, ${number} in ${shell}.user_ns["Out"]]`);
  if (read.kind !== 'tensor') throw refusal('changed');
  const [isThis, isKept] = read.values.data;
  if (!isThis) throw refusal('stale-output');
  if (!isKept) throw refusal('no-output-value');
  return `Out[${number}]`;
}
