import * as vscode from 'vscode';

/** Steps of VS Code's zoom, each a factor of 1.2: what is read at a desk is read from the last row. */
const STEPS = 2;

const run = (command: string): Thenable<unknown> =>
  // The zoom is the browser’s own where VS Code is a web page, and no command.
  vscode.commands.executeCommand(command).then(undefined, () => undefined);

/** The window around a presentation: nothing but the editor, and larger. Left as it was before. */
export class Projector {
  private on = false;

  async show(on: boolean): Promise<void> {
    if (on === this.on) return;
    this.on = on;
    await run(on ? 'workbench.action.toggleZenMode' : 'workbench.action.exitZenMode');
    // Zen mode puts the editor into the middle third, unless it is set otherwise; it takes that back by itself.
    const isCentred = vscode.workspace.getConfiguration('zenMode').get<boolean>('centerLayout') !== false;
    if (on && isCentred) await run('workbench.action.toggleCenteredLayout');
    for (let step = 0; step < STEPS; step++) await run(`workbench.action.zoom${on ? 'In' : 'Out'}`);
  }
}
