// The tensors of a Python file, line by line: in the view of the explorer, behind their names and above the model.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { goTo } from './driver/python';
import { Workbench } from './driver/workbench';

const HALVES = `import torch
from torch import nn


class Halves(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(1, 4, 2, stride=2)
        self.up = nn.ConvTranspose2d(4, 1, 2, stride=2)

    def forward(self, x):
        batch, _, height, width = x.shape
        code = torch.relu(self.down(x))
        again = self.up(code)
        lost = torch.never_heard_of(again)
        return again


Halves()(torch.zeros(1, 1, 8, 8))
`;

describe('the shapes of a file', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({
      prepare: (folder) => writeFile(join(folder, 'halves.py'), HALVES),
      settings: { 'transposedConv.inlayHints.tensors': 'on', 'transposedConv.codeLens.enabled': true },
    });
    await workbench.openFile('halves.py');
    await workbench.runCommand('Explorer: Focus on Shapes View');
  });
  after(() => workbench.close());

  const pane = () =>
    workbench.page.locator('.pane').filter({ has: workbench.page.getByText('Shapes', { exact: true }) });

  it('stand in a view, function by function, with a mark where nothing is known', async () => {
    const rows = pane().locator('.monaco-list-row');
    await rows.filter({ hasText: 'lost' }).waitFor();
    const texts = (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    assert.deepEqual(texts, ['Halves.forward', 'code(1, 4, 4, 4)', 'again(1, 1, 8, 8)', 'lost?', 'return(1, 1, 8, 8)']);
    await workbench.screenshot('shapes');
  });

  it('stand behind the names, and above the model with the input that it is given', async () => {
    // VS Code drops its question for lenses when the text loses the focus within 250 ms, and asks again once it has it.
    await workbench.runCommand('View: Focus Active Editor Group');
    const editor = workbench.page.locator('.editor-instance').first();
    await editor.locator('.view-line').filter({ hasText: 'code: (1, 4, 4, 4)' }).waitFor();
    await editor.getByText('x (1, 1, 8, 8) → (1, 1, 8, 8) · from an example call').waitFor();
  });

  const row = (text: string) => pane().locator('.monaco-list-row').filter({ hasText: text });
  const status = (text: string) => workbench.page.locator('.statusbar').getByText(text);

  it('follow the cursor to its line, and to the last one above it', async () => {
    await workbench.runCommand('View: Focus Active Editor Group');
    await goTo(workbench, 14, 9);
    await pane().locator('.monaco-list-row.selected').filter({ hasText: 'again' }).waitFor();
    await goTo(workbench, 16, 1);
    await pane().locator('.monaco-list-row.selected').filter({ hasText: 'lost' }).waitFor();
  });

  it('lead to their line by a click', async () => {
    await row('return').click();
    await status('Ln 16, Col 21 (5 selected)').waitFor();
    assert.equal(await workbench.page.getByRole('tab', { name: /^up/ }).count(), 0);
  });

  it('open the inspector on the layer of their line by a double click', async () => {
    await row('again').dblclick();
    await workbench.page.getByRole('tab', { name: 'up (halves.py:9)' }).waitFor();
  });
});

const BLOCKS = `import torch
from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, stride=2, padding=1)

    def forward(self, x):
        code = self.conv(x)
        return code


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block()

    def forward(self, x):
        x = self.block(x)
        return self.block(x)


Net()(torch.zeros(1, 4, 32, 32))
`;

describe('the shapes of a file in which a layer is used twice, and edited', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ prepare: (folder) => writeFile(join(folder, 'blocks.py'), BLOCKS) });
    await workbench.openFile('blocks.py');
    await workbench.runCommand('Explorer: Focus on Shapes View');
  });
  after(() => workbench.close());

  const pane = () =>
    workbench.page.locator('.pane').filter({ has: workbench.page.getByText('Shapes', { exact: true }) });
  const row = (text: string) => pane().locator('.monaco-list-row').filter({ hasText: text });

  // As PyTorch has it: (32 + 2 − 3)//2 + 1 = 16, of that 8; with a stride of four 8, and of that 2.
  it('stand beside each other with the calls that lead to each, and a click leads to the call', async () => {
    await row('code').filter({ hasText: '(1, 4, 16, 16) | (1, 4, 8, 8)' }).waitFor();
    await row('code').locator('.monaco-tl-twistie').click();
    const paths = row('Net() › self.block');
    await paths.nth(1).waitFor();
    const texts = (await paths.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    assert.deepEqual(texts, ['Net() › self.block:21(1, 4, 16, 16)', 'Net() › self.block:22(1, 4, 8, 8)']);
    await workbench.screenshot('shapes-paths');
    await paths.nth(1).click();
    await workbench.page.locator('.statusbar').getByText('Ln 22, Col 29 (13 selected)').waitFor();
  });

  it('are held against those of the saved file while a number is typed, until that is saved', async () => {
    const [head] = BLOCKS.split('2, padding=1)');
    const [line, column] = [head.split('\n').length, head.length - head.lastIndexOf('\n')];
    // Where it is tried again, the number may have been typed.
    await workbench.runCommand('File: Revert File');
    await workbench.runCommand('View: Focus Active Editor Group');
    await goTo(workbench, line, column);
    await workbench.page.locator('.statusbar').getByText(`Ln ${line}, Col ${column}`, { exact: true }).waitFor();
    await workbench.page.keyboard.press('Delete');
    await workbench.page.keyboard.type('4');
    await row('code').filter({ hasText: '(1, 4, 8, 8) | (1, 4, 2, 2), was (1, 4, 16, 16) | (1, 4, 8, 8)' }).waitFor();
    await pane().getByText('Other than when it was saved: 4 of 4 tensors.').waitFor();
    await workbench.screenshot('shapes-edited');
    await workbench.runCommand('File: Save');
    await row('was').waitFor({ state: 'detached' });
    await pane().getByText('Other than when it was saved').waitFor({ state: 'detached' });
  });
});
