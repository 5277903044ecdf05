import type { Frame, Page } from 'playwright-core';

/**
 * The frame in which the inspector's page runs: a webview is a frame in a frame, and other webviews may be open.
 * @throws when none has appeared after `timeoutMs`
 */
export async function inspectorFrame(page: Page, timeoutMs = 30_000): Promise<Frame> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      // A frame may go away between being listed and being asked.
      if (await frame.locator('#app').count().catch(() => 0)) return frame;
    }
    await page.waitForTimeout(50);
  }
  throw new Error(`The inspector did not appear within ${timeoutMs / 1000} s.`);
}
