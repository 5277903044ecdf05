import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeNpy } from '../../src/core/formats/npy';
import { writeNpz } from '../../src/core/formats/npz';
import { tensorOf } from '../../src/core/tensor/tensor';
import { dropFile } from './driver/drop';
import { safetensorsOf } from './driver/python';
import { onDocument } from './driver/onDocument';

describe('dropping a file on a grid', () => {
  const on = onDocument();

  async function drop(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(on.workbench.folder, name);
    await writeFile(path, bytes);
    await dropFile(on.inspector.frame, '[data-grid="input"] [role="grid"]', path);
  }

  it('opens an .npy as the input', async () => {
    await drop('impulse.npy', writeNpy(tensorOf('float64', [1, 1, 2, 2], [0, 0, 0, 2])));
    // The shape alone does not tell: (1, 1, 2, 2) may be channels last.
    await on.workbench.answer('N × C × H × W');
    await on.inspector.reads('input', [
      [0, 0],
      [0, 2],
    ]);
    await on.inspector.reads('output', [
      [0, 0, 0, 0],
      [0, 0, 2, 2],
      [0, 0, 2, 0],
      [0, 2, 0, 2],
    ]);
  });

  it('shows a colour picture in colour, and its channels by the key for the next one', async () => {
    const { frame, page } = on.inspector;
    const before = await on.inspector.settled('input');
    await dropFile(frame, '[data-grid="input"] [role="grid"]', join(on.workbench.folder, 'photograph.png'));
    const colour = frame.locator('.tensor:has([data-grid="input"]) .rgb vscode-dropdown');
    const shown = async (value: string): Promise<void> => {
      for (let tries = 0; (await colour.evaluate((each) => (each as HTMLSelectElement).value)) !== value; tries++) {
        assert.ok(tries < 100, value);
        await page.waitForTimeout(50);
      }
    };
    await shown('byte');
    await on.inspector.grid('input').focus();
    await page.keyboard.press('Alt+]');
    await shown('none');
    await page.keyboard.press('Control+Z');
    await on.inspector.reads('input', before);
  });

  it('opens the tensor of an archive that is picked, with its axes put in order', async () => {
    const second = tensorOf('float64', [1, 2, 3, 1], [1, 2, 3, 4, 5, 6]);
    await drop('two.npz', writeNpz({ first: tensorOf('float64', [2], [8, 9]), second }));
    await on.workbench.answer('second');
    await on.workbench.answer('N × H × W × C');
    await on.inspector.reads('input', [
      [1, 2, 3],
      [4, 5, 6],
    ]);
    await on.inspector.grid('output').focus();
    await on.workbench.page.waitForTimeout(200);
    await on.workbench.page.keyboard.press('Control+Z');
    await on.inspector.reads('input', [
      [0, 0],
      [0, 2],
    ]);
  });

  it('finds one kernel of 3,000 tensors by filter and preview, and takes its bias along', async () => {
    const tensors: Record<string, Parameters<typeof safetensorsOf>[0][string]> = {};
    for (let layer = 0; layer < 1500; layer++) {
      tensors[`decoder.blocks.${layer}.up.weight`] = { shape: [1, 1, 2, 2], values: [1, 2, 3, layer] };
      tensors[`decoder.blocks.${layer}.up.bias`] = { shape: [1], values: [10] };
    }
    await writeFile(join(on.workbench.folder, 'model.safetensors'), safetensorsOf(tensors));
    await dropFile(
      on.inspector.frame,
      '[data-grid="weight"] [role="grid"]',
      join(on.workbench.folder, 'model.safetensors'),
    );
    const picker = on.workbench.page.locator('.quick-input-widget');
    await picker.locator('input').fill('blocks.321.up');
    await picker.locator('.quick-input-title', { hasText: 'decoder.blocks.321.up.weight · 1 … 321' }).waitFor();
    await on.workbench.screenshot('picker');
    await picker.locator('input').press('Enter');
    // Which axis is which: the shape does not tell.
    await on.workbench.answer('PyTorch ConvTranspose');
    await on.inspector.reads('weight', [
      [1, 2],
      [3, 321],
    ]);
    // The bias is added to the output: an impulse of 2 gives twice the kernel and 10.
    await on.inspector.reads('output', [
      [10, 10, 10],
      [10, 12, 14],
      [10, 16, 652],
    ]);
  });

  it('takes from a file of 40 MB only what is wanted, and asks when another program writes the one it came from', async () => {
    const path = join(on.workbench.folder, 'large.npy');
    await writeFile(path, writeNpy(tensorOf('float64', [1, 1, 2, 2], [5, 0, 0, 0])));
    await dropFile(on.inspector.frame, '[data-grid="input"] [role="grid"]', path, 40 * 2 ** 20);
    await on.workbench.answer('N × C × H × W');
    await on.inspector.reads('input', [
      [5, 0],
      [0, 0],
    ]);
    await on.inspector.frame.getByRole('button', { name: /^Open a file as Input/i }).click();
    const dialog = on.workbench.page.locator('.quick-input-widget input');
    await dialog.fill(path);
    await dialog.press('Enter');
    await on.workbench.answer('N × C × H × W');
    await writeFile(path, writeNpy(tensorOf('float64', [1, 1, 2, 2], [6, 0, 0, 0])));
    const toast = on.workbench.page.locator('.notification-toast').filter({ hasText: 'large.npy, from which' });
    await toast.getByRole('button', { name: 'Load Again' }).click();
    await on.inspector.reads('input', [
      [6, 0],
      [0, 0],
    ]);
  });

  it('makes the document of the rank of a tensor that has too many axes for it, and undoes that in one step', async () => {
    const volume = tensorOf('float64', [2, 1, 2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    await drop('volume.npy', writeNpy(volume));
    await on.workbench.answer('makes the document 3-D');
    await on.inspector.frame.locator('[data-grid="input/2"] [role="grid"]').waitFor();
    await on.inspector.reads('input', [
      [1, 2],
      [3, 4],
    ]);
    await on.inspector.grid('output').focus();
    await on.workbench.page.waitForTimeout(200);
    await on.workbench.page.keyboard.press('Control+Z');
    await on.inspector.frame.locator('[data-grid="input/2"]').waitFor({ state: 'hidden' });
    await on.inspector.reads('input', [
      [6, 0],
      [0, 0],
    ]);
  });

  it('says what is wrong with a truncated one, and keeps what there was', async () => {
    await drop('truncated.npy', writeNpy(tensorOf('float64', [1, 1, 2, 2], [1, 2, 3, 4])).subarray(0, 140));
    const wrong = 'The header promises 32 bytes of numbers (shape (1, 1, 2, 2), float64), but only 12 follow.';
    await on.inspector.frame.locator('.notice.error').filter({ hasText: wrong }).waitFor();
    await on.workbench.screenshot('drop-truncated');
    assert.deepEqual(await on.inspector.read('input'), [
      [6, 0],
      [0, 0],
    ]);
  });
});
