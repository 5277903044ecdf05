import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeNpy } from '../../src/core/formats/npy';
import { writeNpz } from '../../src/core/formats/npz';
import { tensorOf } from '../../src/core/tensor/tensor';
import { dropFile } from './driver/drop';
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

  it('says what is wrong with a truncated one, and keeps what there was', async () => {
    await drop('truncated.npy', writeNpy(tensorOf('float64', [1, 1, 2, 2], [1, 2, 3, 4])).subarray(0, 140));
    const wrong = 'The header promises 32 bytes of numbers (shape (1, 1, 2, 2), <f8), but only 12 follow.';
    await on.inspector.frame.locator('.notice.error').filter({ hasText: wrong }).waitFor();
    await on.workbench.screenshot('drop-truncated');
    assert.deepEqual(await on.inspector.read('input'), [
      [0, 0],
      [0, 2],
    ]);
  });
});
