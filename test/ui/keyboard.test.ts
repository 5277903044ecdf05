// What can be done without a pointer, and what those hear of it who do not see the page.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onDocument } from './driver/onDocument';
import { sheetOf } from './driver/sheet';

/** Elements that are told from one another by their names alone. */
const NAMED = /^\s*- '?(textbox|combobox|checkbox|spinbutton|slider|grid|listbox|radiogroup)(?![a-z])(?: "([^"]*)")?/;

describe('by keyboard alone', () => {
  const on = onDocument();
  const { press, type, home, clipboard, setClipboard } = sheetOf(on);

  const isWithin = (selector: string): Promise<boolean> =>
    on.inspector.frame.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, selector);
  /** Presses a key until the focus is within that. */
  const pressUntil = async (key: string, selector: string): Promise<void> => {
    for (let presses = 0; !(await isWithin(selector)); presses++) {
      assert.ok(presses < 12, `${key} does not lead to ${selector}`);
      await press(key);
    }
  };
  /** Names that are empty, or that two of the page's fields have. */
  const badNames = async (): Promise<readonly string[]> => {
    const { frame } = on.inspector;
    const lines = (await frame.locator('main').ariaSnapshot()).split('\n');
    const names = lines.flatMap((line) => {
      const [, role, name = ''] = NAMED.exec(line) ?? [];
      return role ? [{ role, name }] : [];
    });
    assert.ok(names.length > 12, JSON.stringify(names));
    const isSecond = (name: string, at: number): boolean => names.findIndex((each) => each.name === name) !== at;
    return names.flatMap(({ role, name }, at) => (name === '' || isSecond(name, at) ? [`${role} "${name}"`] : []));
  };

  it('a cell that is gone to says its sum', async () => {
    await on.inspector.settled('output');
    await home('output');
    const spoken = on.inspector.frame.locator('.cell-pane output[aria-live="polite"]');
    await press('ArrowDown', 'ArrowRight');
    // [[2, 3], [1, 3]] under [[0, 1, 1], [0, 1, 0], [1, 0, 1]].
    await spoken.filter({ hasText: /^out\[1,1\] = .*= 3$/ }).waitFor({ state: 'attached' });
    await press('ArrowRight');
    await spoken.filter({ hasText: /^out\[1,2\] = .*= 7$/ }).waitFor({ state: 'attached' });
  });

  it('every field has a name of its own, among the further parameters too', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('button', { name: 'More parameters' }).focus();
    await press('Enter');
    await frame.locator('[data-parameter="groups"]:visible').waitFor();
    const bad = await badNames();
    assert.equal(await frame.getByRole('textbox', { name: 'Stride', exact: true }).inputValue(), '1');
    await press('Escape');
    assert.deepEqual(bad, []);
  });

  for (const [rank, keys, grid, value] of [
    ['1-D', ['ArrowLeft'], '[data-order="lines"] [data-grid="input"]', '5'],
    ['3-D', ['ArrowRight', 'ArrowRight'], '[data-grid="input/2"]', '7'],
  ] as const)
    it(`a document is made ${rank}, and a cell of it is typed`, async () => {
      const { frame } = on.inspector;
      await home('output');
      await pressUntil('Shift+F6', '.strip');
      await pressUntil('Tab', '[role="radiogroup"][aria-label="Dimensions"]');
      await press(...keys);
      await frame.locator(`${grid} [role="grid"]`).waitFor();
      assert.deepEqual(await badNames(), []);
      const before = (await on.inspector.settled('output')).flat();
      await pressUntil('F6', '.stage');
      await pressUntil('Tab', '[data-grid="input"] [role="grid"]');
      await press('Control+Home');
      await type(value);
      await press('Enter');
      await on.inspector
        .cell('input', 0, 0)
        .and(frame.locator(`[aria-label="${value}"]`))
        .waitFor();
      for (let tries = 0; (await on.inspector.settled('output')).flat().join() === before.join(); tries++) {
        assert.ok(tries < 100, 'the output is as it was');
        await on.workbench.page.waitForTimeout(50);
      }
    });

  it('code is copied with the values on show', async () => {
    const { page } = on.workbench;
    await setClipboard('');
    await on.workbench.runCommand('Copy Operation as');
    const list = page.locator('.quick-input-widget');
    await list.locator('.monaco-list-row').filter({ hasText: 'PyTorch' }).first().waitFor();
    await type('PyTorch');
    await press('Enter');
    for (let tries = 0; (await clipboard()) === '' && tries < 100; tries++) await page.waitForTimeout(50);
    // What was typed in the test before.
    assert.match(await clipboard(), /^import torch\n[^]*\[\[7\.?0?, 3/m);
  });

  it('a document of a newer version is refused with a sentence', async () => {
    const { page, folder } = on.workbench;
    const name = 'newer.tconv.json';
    await writeFile(join(folder, name), JSON.stringify({ format: 'transposed-conv-inspector', version: 9 }));
    await on.workbench.openFile(name);
    const refusal = async (): Promise<readonly string[]> => {
      const frames = page.frames().map((frame) => frame.locator('.refused [role="alert"]').allInnerTexts());
      // A frame may go away while it is asked.
      return (await Promise.all(frames.map((texts) => texts.catch(() => [])))).flat();
    };
    for (let tries = 0; (await refusal()).length === 0 && tries < 200; tries++) await page.waitForTimeout(50);
    assert.deepEqual(await refusal(), [
      'The document is of version 9; this extension opens documents up to version 1. Update it to open this one.',
    ]);
    await on.workbench.runCommand('View: Close Editor');
    await page.getByRole('tab', { name }).waitFor({ state: 'detached' });
  });
});
