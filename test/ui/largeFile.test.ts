// A checkpoint of 3 GB, which the thread opens by its path: only its header and the tensor that is meant are read.
import assert from 'node:assert/strict';
import { copyFile, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { dropFile } from './driver/drop';
import { onDocument } from './driver/onDocument';

/** A hole on the disk, but for the header and the values of one small kernel behind 3 GB of it. */
async function writeSparse(path: string): Promise<void> {
  const elements = 3 * 2 ** 28;
  const header = {
    'decoder.large.weight': { dtype: 'F32', shape: [3, 2 ** 14, 2 ** 14], data_offsets: [0, elements * 4] },
    'decoder.up.weight': { dtype: 'F32', shape: [1, 1, 2, 2], data_offsets: [elements * 4, elements * 4 + 16] },
    'decoder.up.bias': { dtype: 'F32', shape: [1], data_offsets: [elements * 4 + 16, elements * 4 + 20] },
  };
  const text = Buffer.from(JSON.stringify({ __metadata__: { format: 'pt' }, ...header }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = await open(path, 'w');
  await file.write(Buffer.concat([length, text]));
  await file.write(Buffer.from(Float32Array.of(5, 6, 7, 8, 9).buffer), 0, 20, 8 + text.length + elements * 4);
  await file.close();
}

describe('files of other programs, opened in the window', () => {
  const on = onDocument();

  async function openAsKernel(path: string): Promise<void> {
    await on.inspector.frame.getByRole('button', { name: /^Open a file as Kernel/i }).click();
    const dialog = on.workbench.page.locator('.quick-input-widget');
    // The dialog writes its own folder into the field when it is there, over what was typed before.
    await dialog.locator('.monaco-list-row').first().waitFor();
    await dialog.locator('input').fill(path);
    await dialog
      .locator('.monaco-list-row')
      .filter({ hasText: basename(path) })
      .first()
      .waitFor();
    await dialog.locator('input').press('Enter');
  }

  /** Types into the list of a file's tensors, once that has come: the dialog before it is the same widget. */
  async function filter(text: string, listed: string): Promise<void> {
    const picker = on.workbench.page.locator('.quick-input-widget');
    await picker.locator('.monaco-list-row').filter({ hasText: listed }).first().waitFor();
    await picker.locator('input').fill(text);
  }

  it('finds the kernel behind 3 GB of another tensor, and takes its bias along', async () => {
    const path = join(on.workbench.folder, 'large.safetensors');
    await writeSparse(path);
    await openAsKernel(path);
    const picker = on.workbench.page.locator('.quick-input-widget');
    await filter('up.weight', 'decoder.up.weight');
    await picker.locator('.quick-input-title', { hasText: 'decoder.up.weight · 5 … 8' }).waitFor();
    await on.workbench.screenshot('large-file-picker');
    await picker.locator('input').press('Enter');
    // What the file says of its framework is enough: nothing else is asked.
    await on.inspector.reads('weight', [
      [5, 6],
      [7, 8],
    ]);
  });

  it('offers the layer of a model of ONNX as a document of its own', async () => {
    const path = join(on.workbench.folder, 'net.onnx');
    await copyFile(join('test', 'fixtures', 'checkpoints', 'net.onnx'), path);
    await dropFile(on.inspector.frame, '[data-grid="weight"] [role="grid"]', path);
    const picker = on.workbench.page.locator('.quick-input-widget');
    await filter('up.weight', 'down.weight');
    await on.workbench.screenshot('onnx-picker');
    await picker.locator('input').press('Enter');
    await picker.locator('.quick-input-title', { hasText: 'This is the kernel of up' }).waitFor();
    await on.workbench.screenshot('onnx-layer');
    assert.match(await picker.locator('.monaco-list-row').first().innerText(), /ConvTranspose, stride 2×3/);
    await on.workbench.answer('Open the layer as a document');
    await on.workbench.page.locator('.tab.active', { hasText: 'up' }).waitFor();
    await on.workbench.runCommand('View: Revert and Close Editor');
    await on.workbench.page.locator('.tab.active', { hasText: on.file }).waitFor();
  });
});
