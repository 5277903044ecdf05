import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { inspectorFrame } from './driver/inspector';
import { Workbench, closeBrowser } from './driver/workbench';

describe('opening the inspector', () => {
  after(closeBrowser);

  it('opens by the command palette and shows an output', async () => {
    const workbench = await Workbench.open();
    try {
      await workbench.runCommand('Open Transposed Conv Inspector');
      const frame = await inspectorFrame(workbench.page);
      await frame.locator('#app:not(:empty)').waitFor();
      const text = await frame.locator('#app').textContent();
      assert.ok(text?.includes('0 2 5 3 0 3 7 3 2 4 5 3 1 3 1 3'));
    } finally {
      await workbench.screenshot('open');
      await workbench.close();
    }
  });
});
