import assert from 'node:assert/strict';
import { onDocument } from './driver/onDocument';

describe('copying a tensor', () => {
  const on = onDocument();
  const cases = [
    ['NumPy', /^np\.array\(\[\[\[\[2\., 3\.\],\s+\[1\., 3\.\]\]\]\], dtype=np\.float64\)$/],
    ['PyTorch', /^torch\.tensor\(\[\[\[\[2\., 3\.\],\s+\[1\., 3\.\]\]\]\], dtype=torch\.float64\)$/],
    ['JSON', /^\[\[\[\[2, 3\],\s+\[1, 3\]\]\]\]$/],
    ['TSV', /^2\t3\n1\t3\n$/],
    ['LaTeX', /^\\begin\{bmatrix\}\s+2 & 3 \\\\\s+1 & 3\s+\\end\{bmatrix\}\n$/],
  ] as const;
  for (const [name, wanted] of cases) {
    it(`as ${name} puts its values on the clipboard`, async () => {
      const { page } = on.workbench;
      const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
      await page.evaluate(() => navigator.clipboard.writeText(''));
      const tools = on.inspector.frame.locator('section.tensor.input');
      // The tools of a box are seen while the pointer is in it.
      await tools.hover();
      await tools.getByRole('button', { name: 'Copy the values: Input' }).click();
      await tools.locator('.items .item:visible').filter({ hasText: name }).click();
      const deadline = Date.now() + 10_000;
      while ((await read()) === '' && Date.now() < deadline) await page.waitForTimeout(50);
      assert.match(await read(), wanted);
    });
  }
});
