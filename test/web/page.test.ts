// The inspector's page over the web extension host: every value here was computed by a web worker.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeNpy } from '../../src/core/formats/npy';
import { tensorOf } from '../../src/core/tensor/tensor';
import { type Content, worked, writeDocument } from '../ui/driver/documents';
import { dropFile } from '../ui/driver/drop';
import { Inspector } from '../ui/driver/inspector';
import { Workbench } from '../ui/driver/workbench';

const ones = (shape: readonly number[]): Content['input'] => {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensorOf('float32', shape, new Float32Array(count).fill(1));
};
/** Too much work for the page to foresee: it shows what it is told. */
const channels: Content = { ...worked, input: ones([1, 64, 8, 8]), weight: ones([64, 16, 3, 3]) };
/** How many taps of 3 meet each of the 10 places over 8 elements. */
const met = [1, 2, 3, 3, 3, 3, 3, 3, 2, 1];
/** Each of the 64 channels gives 1 for each tap that meets an element, in both directions. */
const output = met.map((rows) => met.map((columns) => 64 * rows * columns));
/** A first element of 101 instead of 1 adds 100 where its nine taps go. */
const edited = output.map((line, row) => line.map((value, column) => (row < 3 && column < 3 ? value + 100 : value)));

describe('the page in a VS Code that is a web page', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({
      height: 1400,
      prepare: async (folder) => {
        await writeDocument(folder, 'worked.tconv.json', worked);
        await writeDocument(folder, 'channels.tconv.json', channels);
      },
    });
    await workbench.hideSideBar();
  });
  after(() => workbench.close());
  afterEach(() => workbench.closeEditor());

  it('opens by the command palette and draws an output', async () => {
    await workbench.runCommand('Open Transposed Conv Inspector');
    const inspector = await Inspector.in(workbench.page);
    const drawn = await inspector.settled('output');
    assert.deepEqual(
      drawn.map((row) => row.length),
      Array(8).fill(8),
    );
    assert.ok(drawn.flat().every(Number.isFinite));
  });

  it('shows what an edit computes, and saves it into the document’s file', async () => {
    await workbench.openFile('channels.tconv.json');
    const inspector = await Inspector.in(workbench.page);
    await inspector.reads('output', output);
    await inspector.type('input', 0, 0, '101');
    await inspector.reads('output', edited);
    await workbench.page.keyboard.press('Control+S');
    await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
    const text = await readFile(join(workbench.folder, 'channels.tconv.json'), 'utf8');
    assert.match(text, /\b101\b/);
  });

  it('opens a file that is dropped, with the values that the web worker has read', async () => {
    await workbench.openFile('worked.tconv.json');
    const inspector = await Inspector.in(workbench.page);
    await inspector.settled('output');
    // A kind whose readers the worker is given only now.
    const picture = join(workbench.folder, 'picture.pgm');
    await writeFile(picture, 'P2 2 2 9\n1 2\n3 4\n');
    await dropFile(inspector.frame, '[data-grid="input"] [role="grid"]', picture);
    await inspector.reads('input', [
      [1, 2],
      [3, 4],
    ]);
    const path = join(workbench.folder, 'columns.npy');
    await writeFile(path, writeNpy(tensorOf('float32', [1, 2, 3, 1], [1, 2, 3, 4, 5, 6])));
    await dropFile(inspector.frame, '[data-grid="input"] [role="grid"]', path);
    await workbench.answer('N × H × W × C');
    await inspector.reads('input', [
      [1, 2, 3],
      [4, 5, 6],
    ]);
    await inspector.type('input', 0, 0, '7');
    await inspector.reads('input', [
      [7, 2, 3],
      [4, 5, 6],
    ]);
    // Worked by hand: each number times the kernel 0 1 1, 0 1 0, 1 0 1, added where it stands.
    await inspector.reads('output', [
      [0, 7, 9, 5, 3],
      [0, 11, 11, 14, 6],
      [7, 6, 15, 8, 3],
      [4, 5, 10, 5, 6],
    ]);
  });

  it('keeps what was typed into a panel when the window is reloaded', async () => {
    await workbench.runCommand('Open Transposed Conv Inspector');
    const typed = await Inspector.in(workbench.page);
    const [first, ...others] = await typed.settled('input');
    await typed.type('input', 0, 0, '7');
    const input = [[7, ...first.slice(1)], ...others];
    await typed.reads('input', input);
    const output = await typed.settled('output');
    // Written a moment after the last edit.
    await workbench.page.waitForTimeout(1500);
    await workbench.reload();
    const restored = await Inspector.in(workbench.page, 60_000);
    await restored.reads('input', input);
    await restored.reads('output', output);
  });

  it('goes on when the compute thread is started anew', async () => {
    await workbench.openFile('worked.tconv.json');
    const inspector = await Inspector.in(workbench.page);
    await inspector.settled('output');
    await workbench.runCommand('Restart Compute Thread');
    await inspector.type('input', 0, 0, '5');
    // As PyTorch computes it, with a 5 instead of the 2.
    await inspector.reads('output', [
      [0, 5, 8, 3],
      [0, 6, 7, 3],
      [5, 4, 8, 3],
      [1, 3, 1, 3],
    ]);
  });
});
