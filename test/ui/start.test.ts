import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Inspector } from './driver/inspector';
import { newPage } from './driver/workbench';

/** What the process prints until it has printed an address. */
function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const listen = (text: Buffer): void => {
      printed += String(text);
      const address = /^(http:\S+)$/m.exec(printed)?.[1];
      if (address) resolve(address);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', () => reject(new Error(`it ended without an address:\n${printed}`)));
  });
}

describe('npm start', () => {
  it('prints an address that opens the inspector on the sample document, and leaves nothing running after Ctrl+C', async function () {
    // It builds, and a first start installs the server's data.
    this.timeout(180_000);
    const child = spawn(process.execPath, ['scripts/start.mjs', '--server', '--no-open'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit');
    try {
      const address = await printedAddress(child);
      const page = await newPage();
      await page.goto(address);
      const inspector = await Inspector.in(page, 60_000);
      // The page stands before the document has come.
      await inspector.frame.locator('main', { hasText: '1×3×384×384' }).waitFor();
      assert.equal(await page.locator('.tab.active').getAttribute('data-resource-name'), 'start.tconv.json');
      await page.close();
      child.kill('SIGINT');
      await ended;
      await assert.rejects(fetch(address));
    } finally {
      // Not SIGKILL: then nobody would end the server.
      child.kill('SIGINT');
      await ended;
    }
  });
});
