import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { inspectorFrame } from './driver/inspector';
import { Workbench, closeBrowser } from './driver/workbench';

describe('opening the inspector', () => {
  after(closeBrowser);

  it('opens by the command palette and shows its page', async () => {
    const workbench = await Workbench.open();
    try {
      await workbench.runCommand('Open Transposed Conv Inspector');
      const frame = await inspectorFrame(workbench.page);
      await frame.locator('#app:not(:empty)').waitFor();
      assert.equal(await frame.locator('h1').textContent(), 'Transposed Conv Inspector');
    } finally {
      await workbench.screenshot('open');
      await workbench.close();
    }
  });
});
