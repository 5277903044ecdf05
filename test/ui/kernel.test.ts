// A notebook in whose kernel weights train: they are followed while the cell runs. The kernel is a real one; what the
// Jupyter extension publishes of it, an extension that stands in for it does.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseFromMenu, confirm, liveView, trust } from './driver/asked';
import { Inspector } from './driver/inspector';
import { Workbench } from './driver/workbench';

const CELLS = [
  ['import os, time', 'import numpy as np', 'weight = np.zeros((1, 1, 2, 2))'],
  ["while not os.path.exists('enough'):", '    weight[0, 0, 0, 0] += 1', '    time.sleep(0.01)'],
];

const NOTEBOOK = {
  cells: CELLS.map((lines, at) => ({
    ...{ cell_type: 'code', execution_count: null, id: `cell-${at}`, metadata: {}, outputs: [] },
    source: lines.join('\n'),
  })),
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
};

describe('weights that train in a notebook', () => {
  let workbench: Workbench;

  before(async function () {
    if (!process.env.TCI_LIVE_PYTHON) this.skip();
    workbench = await Workbench.open({
      prepare: (folder) => {
        const first = `import os\nos.chdir(${JSON.stringify(folder)})\n${NOTEBOOK.cells[0].source}`;
        const cells = [{ ...NOTEBOOK.cells[0], source: first }, NOTEBOOK.cells[1]];
        return writeFile(join(folder, 'train.ipynb'), JSON.stringify({ ...NOTEBOOK, cells }));
      },
      width: 1500,
      height: 950,
    });
    await trust(workbench);
    await workbench.openFile('train.ipynb');
  });

  after(async () => {
    await writeFile(join(workbench.folder, 'enough'), '');
    await workbench.close();
  });

  const cell = (at: number) => workbench.page.locator('.code-cell-row').nth(at);

  async function run(at: number): Promise<void> {
    await cell(at).hover();
    await cell(at).locator('.run-button-container .codicon-notebook-execute').click();
  }

  it('are followed while the cell runs, once it is said where the kernel listens', async () => {
    const { page } = workbench;
    await run(0);
    await cell(0).locator('.codicon-notebook-state-success').waitFor();
    const name = cell(0).locator('.view-line span').getByText('weight', { exact: true });
    await name.click();
    await chooseFromMenu(workbench, name, 'Inspect Live Tensor');
    const inspector = await Inspector.in(page);
    await inspector.reads('input', [
      [0, 0],
      [0, 0],
    ]);
    await workbench.runCommand('Run and Debug: Focus on Live Tensors View');
    const line = liveView(workbench).locator('.monaco-list-row').filter({ hasText: 'float64 (1, 1, 2, 2) · cpu' });
    await chooseFromMenu(workbench, line, 'Follow While Cells Run');
    assert.match(
      await confirm(workbench, 'Connect'),
      /Ask this kernel while it runs cells\?[^]*127\.0\.0\.1, ports \d+ and \d+/,
    );
    await page.locator('.tab[data-resource-name="train.ipynb"]').click();
    await run(1);
    await page.locator('.tab[data-resource-name="weight.tconv.json"]').click();
    // Two moments of one cell that has not ended.
    const seen = new Set<number>();
    for (let tries = 0; seen.size < 3 && tries < 400; tries++) {
      seen.add((await inspector.settled('input'))[0][0]);
      await page.waitForTimeout(50);
    }
    assert.ok(seen.size >= 3, [...seen].join());
    const stops = liveView(workbench).locator('.monaco-list-row').filter({ hasText: 'train.ipynb, while a cell runs' });
    await stops.first().waitFor();
    await workbench.screenshot('kernel-follows');
    await chooseFromMenu(workbench, line, 'Follow While Cells Run');
    await page.waitForTimeout(1500);
    const [[last]] = await inspector.settled('input');
    await page.waitForTimeout(2500);
    assert.equal((await inspector.settled('input'))[0][0], last);
  });
});
