import * as vscode from 'vscode';
import { LiveReader } from '../../live/reader';
import { type KernelPorts, parsePorts, PORTS, Subshell } from '../../live/subshell';
import { connectKernel } from './kernelPorts';
import type { Place } from './place';

/** So often what is followed is read while a cell runs, in ms. */
const BEAT = 1000;

interface Aside {
  readonly place: Place;
  readonly subshell: Subshell;
  readonly timer: ReturnType<typeof setInterval>;
}

/**
 * Kernels that are asked while they run a cell, by a subshell of theirs: what the Jupyter extension is given waits for
 * the cell. Where a kernel listens it is asked through that extension, with its consent; then the user sees what will
 * be connected to, and nothing is before that.
 */
export class Asides implements vscode.Disposable {
  private readonly open = new Map<string, Aside>();
  private readonly beat = new vscode.EventEmitter<vscode.Uri>();
  /** It is time to read again what is followed of a notebook. */
  readonly onBeat = this.beat.event;
  private readonly closing: vscode.Disposable;

  constructor(private readonly ask = askToConnect) {
    this.closing = vscode.workspace.onDidCloseNotebookDocument(({ uri }) => this.close(uri));
  }

  dispose(): void {
    this.closing.dispose();
    this.beat.dispose();
    for (const { subshell, timer } of this.open.values()) {
      clearInterval(timer);
      void subshell.end();
    }
    this.open.clear();
  }

  of(notebook: vscode.Uri): Place | undefined {
    const aside = this.open.get(notebook.toString());
    if (!aside?.subshell.isOpen) return undefined;
    // Nothing of an answer is kept there.
    aside.place.reader.goneOn();
    return aside.place;
  }

  /** Connects to a notebook's kernel, `between` two cells. Answers whether the user let it. */
  async connect(notebook: vscode.Uri, between: Pick<Place, 'program'>): Promise<boolean> {
    if (this.of(notebook)) return true;
    const ports = parsePorts(await between.program.evaluate(PORTS));
    if (!(await this.ask(ports))) return false;
    const subshell = await Subshell.open(connectKernel, ports);
    const where = vscode.l10n.t('{0}, while a cell runs', vscode.workspace.asRelativePath(notebook));
    const place = { program: subshell, reader: new LiveReader(), where: () => Promise.resolve(where) };
    const timer = setInterval(() => {
      if (subshell.isOpen) this.beat.fire(notebook);
      else void this.close(notebook);
    }, BEAT);
    this.open.set(notebook.toString(), { place, subshell, timer });
    return true;
  }

  /** Removes the subshell of a notebook's kernel, and the connection. */
  async close(notebook: vscode.Uri): Promise<void> {
    const aside = this.open.get(notebook.toString());
    this.open.delete(notebook.toString());
    clearInterval(aside?.timer);
    await aside?.subshell.end();
  }
}

async function askToConnect({ ip, shell, control }: KernelPorts): Promise<boolean> {
  const connect = vscode.l10n.t('Connect');
  const detail = vscode.l10n.t(
    'A connection is made to where the kernel listens ({0}, ports {1} and {2}), and a subshell in it, until the notebook is closed. What is followed is then read each second while a cell runs: values of one moment, on which the cell may be at work.',
    ip,
    shell,
    control,
  );
  const question = vscode.l10n.t('Ask this kernel while it runs cells?');
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, connect)) === connect;
}
