import * as vscode from 'vscode';
import { kernelProgram, type KernelOutput } from '../../live/kernel';
import { LiveReader } from '../../live/reader';
import { refusal } from '../../live/sentences';
import type { Place } from './place';

/** What is used of the Jupyter extension's published API. The first use of a kernel asks the user for their consent. */
interface Jupyter {
  readonly kernels: {
    getKernel(notebook: vscode.Uri): Thenable<JupyterKernel | undefined>;
  };
}

interface JupyterKernel {
  readonly language: string;
  executeCode(code: string, token: vscode.CancellationToken): AsyncIterable<KernelOutput>;
}

const JUPYTER = 'ms-toolsai.jupyter';

/** The kernels of notebooks, where there is a Jupyter extension. */
export class Notebooks {
  private readonly readers = new Map<string, LiveReader>();

  /** A notebook's kernel. Throws a ProblemError where it has none that runs, or the user does not consent. */
  async at(notebook: vscode.Uri): Promise<Place> {
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
    return { reader, program, where: () => Promise.resolve(vscode.workspace.asRelativePath(notebook)) };
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
