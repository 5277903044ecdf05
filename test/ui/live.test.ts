// A program that is stopped in the debugger, as a person looks at it: what changed between two stops, and the questions
// that are asked before anything is run or written there.
import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { confirm } from './driver/asked';
import { Inspector } from './driver/inspector';
import { Workbench } from './driver/workbench';

const LAUNCH = {
  version: '0.2.0',
  configurations: [
    {
      ...{ type: 'debugpy', request: 'launch', name: 'watched', console: 'internalConsole', justMyCode: false },
      program: '${workspaceFolder}/watched.py',
      args: ['${workspaceFolder}/result.json'],
    },
  ],
};

async function prepare(folder: string): Promise<void> {
  await cp(join(process.cwd(), 'test/live/programs/watched.py'), join(folder, 'watched.py'));
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode/launch.json'), JSON.stringify(LAUNCH));
}

describe('a tensor of a stopped program', () => {
  let workbench: Workbench;

  before(function () {
    if (!process.env.TCI_LIVE_PYTHON) this.skip();
  });

  beforeEach(async () => {
    workbench = await Workbench.open({ prepare, width: 1500, height: 950 });
    await workbench.openFile('watched.py');
    await workbench.runCommand('Debug: Start Debugging');
    // Nothing of a folder that is not trusted is run, by VS Code or by us.
    await confirm(workbench, 'Trust Folder & Continue');
    await stopped(1);
  });

  afterEach(async () => {
    await workbench?.runCommand('Debug: Stop');
    await workbench?.close();
  });

  /** Waits until the program says that it comes to a stop, and has. */
  async function stopped(count: number): Promise<void> {
    await workbench.page.locator('.repl').getByText(`stop ${count}`, { exact: true }).waitFor({ timeout: 60_000 });
    // While a program runs, there is another button in its place.
    await workbench.page.locator('.debug-toolbar .codicon-debug-continue').waitFor();
  }

  async function inspect(expression: string): Promise<void> {
    const input = workbench.page.locator(
      '.quick-input-widget[aria-label="Inspect in the stopped program"] input, .quick-input-widget input[aria-label^="Inspect in the stopped"]',
    );
    // It is closed by whatever takes the focus, as the editor does in which the program stands.
    for (let tries = 0; tries < 5; tries++) {
      await workbench.runCommand('Inspect Live Tensor');
      if (
        await input.fill(expression, { timeout: 3000 }).then(
          () => true,
          () => false,
        )
      )
        break;
    }
    await workbench.page.keyboard.press('Enter');
  }

  /** Closes the inspector of an expression: of several, a test could not tell which is meant. */
  async function closeInspector(name: string): Promise<void> {
    const tab = workbench.page.locator(`.tab.active[data-resource-name="${name}.tconv.json"]`);
    await tab.waitFor();
    await workbench.runCommand('View: Revert and Close Editor');
    await tab.waitFor({ state: 'detached' });
  }

  /** What the program says of an expression, by the debugger's own console. */
  async function evaluated(expression: string): Promise<string> {
    await workbench.runCommand('Debug Console: Focus on Debug Console View');
    await workbench.page.keyboard.type(expression);
    await workbench.page.keyboard.press('Enter');
    const answers = workbench.page.locator('.repl .evaluation-result');
    await answers.last().waitFor();
    return answers.last().innerText();
  }

  const pane = (inspector: Inspector): ReturnType<Inspector['frame']['locator']> =>
    inspector.frame.locator('.pane[data-pane="against"]');

  it('is followed: what changed is marked in the grid, and shown beside what it was', async () => {
    await inspect('x');
    const inspector = await Inspector.in(workbench.page);
    const first = [
      [0, -19, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10, 11],
      [12, 13, 14, 15],
    ];
    await inspector.reads('input', first);
    assert.equal(await pane(inspector).isVisible(), false);
    const line = workbench.page.locator('.pane .monaco-list-row').filter({ hasText: 'float32 (1, 1, 4, 4) · cpu' });
    await line.hover();
    await line.locator('[aria-label^="Follow at Each Stop"]').click();
    await workbench.runCommand('Debug: Continue');
    await stopped(2);
    // VS Code shows where it has stopped.
    await workbench.page.locator('.tab[data-resource-name="x.tconv.json"]').click();
    await inspector.reads('input', [first[0], [4, 5, -14, 7], first[2], first[3]]);
    const marked = inspector.frame.locator('[data-grid="input"] [role="gridcell"][aria-description]');
    await marked.first().waitFor();
    assert.deepEqual(
      await marked.evaluateAll((cells) => cells.map((cell) => [cell.dataset.row, cell.dataset.column])),
      [['1', '2']],
    );
    await pane(inspector).getByText('1 of 16 differ, by at most 20 at [0, 0, 1, 2]').click();
    await pane(inspector)
      .getByText(/: here −14, Stop 1 · watched\.py:\d+ 6, difference −20/)
      .waitFor();
  });

  it('is written back, after a question that says what, and the layer is run after one that says how', async () => {
    await inspect('x');
    const inspector = await Inspector.in(workbench.page);
    await inspector.type('input', 0, 0, '7');
    await workbench.runCommand('Put Back into the Program');
    assert.match(
      await confirm(workbench, 'Write'),
      /Write 1 changed values into the stopped program\?[^]*x = … \(float32, cpu\)/,
    );

    // It is read again: what is typed before that has come is replaced, as by an edit that can be undone.
    await pane(inspector).getByText('1 of 16 differ, by at most 7 at [0, 0, 0, 0]').waitFor();

    // What is put there after it is taken back, and the first is not.
    await inspector.type('input', 1, 1, '9');
    await workbench.runCommand('Put Back into the Program');
    await confirm(workbench, 'Write');
    assert.match(await evaluated('x.flatten()[:6].tolist()'), /7\.0, -19\.0, 2\.0, 3\.0, 4\.0, 9\.0/);
    await workbench.runCommand('Take Back What Was Put There');
    await inspector.reads('input', [
      [7, -19, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10, 11],
      [12, 13, 14, 15],
    ]);
    await closeInspector('x');

    await inspect('layer');
    await workbench.answer('x');
    await closeInspector('layer');
    await workbench.runCommand('Verify: Run the Layer in the Program');
    assert.match(
      await confirm(workbench, 'Run'),
      /compare its output with ours\?[^]*type\(layer\)\.forward\(layer, x\)/,
    );
    const verified = await Inspector.in(workbench.page);
    await pane(verified)
      .getByText(/^(The same, to the last bit|\d+ of 49 differ, by at most \S+ at .*)$/)
      .waitFor();

    await workbench.runCommand('Verify with the Framework of the Stopped Program');
    assert.match(
      await confirm(workbench, 'Run'),
      /torch\.nn\.functional\.conv_transpose2d\(input, weight, bias, stride=\(2, 2\)/,
    );
    await pane(verified).getByText('PyTorch, cpu').first().waitFor();

    for (const stop of [2, 3]) {
      await workbench.runCommand('Debug: Continue');
      await stopped(stop);
    }
    await workbench.runCommand('Debug: Continue');
    const file = join(workbench.folder, 'result.json');
    for (let tries = 0; tries < 200 && !(await readFile(file, 'utf8').catch(() => '')); tries++) await sleep(50);
    const { x, hooks } = JSON.parse(await readFile(file, 'utf8')) as { x: number[]; hooks: number };
    assert.deepEqual([x.slice(0, 6), hooks], [[7, -19, 2, 3, 4, 5], 0]);
  });
});
