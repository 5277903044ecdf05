import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from './workbench';

/** Saves under a name in the dialog that is asked for one, and reads what is then there. */
export async function savedAs({ page, folder }: Workbench, file: string): Promise<Buffer> {
  const dialog = page.locator('.quick-input-widget').filter({ hasText: 'OK' });
  await dialog.waitFor();
  const typed = dialog.locator('input').first();
  const path = join(folder, file);
  // What is offered comes a moment after the dialog, and would take the place of what was typed before.
  while ((await typed.inputValue()) !== path) {
    await page.waitForTimeout(100);
    if (await typed.inputValue()) await typed.fill(path);
  }
  await dialog.getByRole('button', { name: 'OK' }).click();
  for (;;) {
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (bytes.length > 0) return bytes;
    await page.waitForTimeout(100);
  }
}
