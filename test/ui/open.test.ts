import assert from 'node:assert/strict';
import { Inspector } from './driver/inspector';
import { Workbench } from './driver/workbench';

describe('opening the inspector', () => {
  it('opens by the command palette and shows an output', async () => {
    const workbench = await Workbench.open();
    try {
      await workbench.runCommand('Open Transposed Conv Inspector');
      const inspector = await Inspector.in(workbench.page);
      assert.equal(await inspector.frame.locator('h1').textContent(), 'Transposed Conv Inspector');
      const output = await inspector.settled('output');
      assert.deepEqual(
        output.map((row) => row.length),
        Array(8).fill(8),
      );
      assert.ok(output.flat().every(Number.isFinite));
    } finally {
      await workbench.screenshot('open');
      await workbench.close();
    }
  });
});
