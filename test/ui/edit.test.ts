// What a person does to the references' example, step by step, and PyTorch's numbers after each step, read from the
// page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { tensorOf, zeros } from '../../src/core/tensor/tensor';
import { worked } from './driver/documents';
import { onDocument } from './driver/onDocument';

const { steps } = JSON.parse(readFileSync('test/fixtures/ui/steps.json', 'utf8')) as {
  steps: { did: string; rows: number[][] }[];
};

describe('editing a document', () => {
  const on = onDocument();

  const actions: Record<string, () => Promise<void>> = {
    'open the document': () =>
      on.inspector.reads('input', [
        [2, 3],
        [1, 3],
      ]),
    'type 5 into input[0,0]': () => on.inspector.type('input', 0, 0, '5'),
    'stride 2': () => on.inspector.field('stride').fill('2'),
    'padding 1': () => on.inspector.field('padding').fill('1'),
    'output padding 1': () => on.inspector.field('outputPadding').fill('1'),
    'type -2.5 into kernel[1,1]': () => on.inspector.type('weight', 1, 1, '-2.5'),
  };

  for (const { did, rows } of steps) {
    it(`${did}: the page shows PyTorch's output`, async () => {
      await actions[did]();
      await on.inspector.reads('output', rows);
    });
  }

  // VS Code refuses a redo while it is still ending the one before, which the page has shown by then.
  const press = async (keys: string): Promise<void> => {
    await on.workbench.page.waitForTimeout(200);
    await on.workbench.page.keyboard.press(keys);
  };

  it('Ctrl+Z takes the steps back, one by one, to where it began', async () => {
    await on.inspector.grid('output').focus();
    for (const { rows } of steps.slice(0, -1).reverse()) {
      await press('Control+Z');
      await on.inspector.reads('output', rows);
    }
  });

  it('Ctrl+Shift+Z does them again', async () => {
    for (const { rows } of steps.slice(1)) {
      await press('Control+Shift+Z');
      await on.inspector.reads('output', rows);
    }
  });
});

describe('the bias', () => {
  const on = onDocument({ ...worked, weight: tensorOf('float64', [1, 2, 1, 1], [1, 10]) });
  const bias = (): Locator => on.inspector.frame.locator('.bias input');

  it('is not to be set while there is none', async () => {
    await on.inspector.reads('output', [
      [2, 3],
      [1, 3],
    ]);
    assert.equal(await bias().isVisible(), false);
  });

  it('is 0 when it is switched on, and is added to the output of its channel when it is typed', async () => {
    const check = on.inspector.frame.locator('vscode-checkbox', { hasText: 'Bias' });
    await on.inspector.inMore(() => check.click());
    await bias().waitFor();
    assert.equal(await bias().inputValue(), '0');
    await bias().fill('0.5');
    await on.inspector.reads('output', [
      [2.5, 3.5],
      [1.5, 3.5],
    ]);
    await bias().fill('half');
    await on.inspector.frame.locator('.bias .problem').filter({ hasText: /\S/ }).waitFor();
    await on.inspector.reads('output', [
      [2.5, 3.5],
      [1.5, 3.5],
    ]);
    await on.workbench.screenshot('bias');
  });

  it('of another channel is its own, and a pasted list sets all of them', async () => {
    await bias().fill('0.5');
    const channel = on.inspector.frame
      .locator('[aria-label="Output, Output channel"], .tensor.output .slicer input')
      .last();
    await channel.fill('1');
    await channel.press('Enter');
    await on.inspector.reads('output', [
      [20, 30],
      [10, 30],
    ]);
    assert.equal(await bias().inputValue(), '0');
    await bias().evaluate((input) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', '[1, -2]');
      input.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
      );
    });
    await on.inspector.reads('output', [
      [18, 28],
      [8, 28],
    ]);
    assert.equal(await bias().inputValue(), '-2');
  });

  it('comes back with Ctrl+Z', async () => {
    await on.inspector.grid('output').focus();
    await on.workbench.page.keyboard.press('Control+Z');
    await on.inspector.reads('output', [
      [20, 30],
      [10, 30],
    ]);
  });
});

describe('a document that is too large to be computed in a frame', () => {
  const on = onDocument({ ...worked, input: zeros('float64', [1, 1, 2048, 2048]) });

  it('shows each number in the frame after its key, and never an older one again', async () => {
    const { inspector, workbench } = on;
    const range = inspector.frame.locator('.tensor.input .legend');
    await range.filter({ hasText: 'max 0' }).waitFor();
    await inspector.grid('input').focus();
    for (let press = 0; press < 14; press++) await workbench.page.keyboard.press('Alt+=');
    await inspector.cell('input', 0, 0).and(inspector.frame.locator('[aria-label="0"]')).waitFor();
    await inspector.frame.evaluate(() => {
      const cell = document.querySelector('[data-grid="input"] [data-row="0"][data-column="0"]');
      const label = (): number => Number(cell?.getAttribute('aria-label'));
      const heard: { labels: number[]; late: number } = { labels: [], late: 0 };
      Object.assign(window, { heard });
      if (!cell) return;
      new MutationObserver(() => heard.labels.push(label())).observe(cell, { attributeFilter: ['aria-label'] });
      const listen = (event: KeyboardEvent): void => {
        const before = label();
        if (event.key === 'ArrowUp') requestAnimationFrame(() => (heard.late += label() === before ? 1 : 0));
      };
      window.addEventListener('keydown', listen, true);
    });
    for (let press = 0; press < 30; press++) await workbench.page.keyboard.press('Alt+ArrowUp');
    // The last keys may still be on their way to the page.
    let last = await inspector.cell('input', 0, 0).getAttribute('aria-label');
    for (let before: string | null = null; before !== last;) {
      before = last;
      await workbench.page.waitForTimeout(500);
      last = await inspector.cell('input', 0, 0).getAttribute('aria-label');
    }
    await range.filter({ hasText: `max ${last}` }).waitFor();
    const { labels, late } = await inspector.frame.evaluate(
      () => (window as unknown as { heard: { labels: number[]; late: number } }).heard,
    );
    // Two keys of one frame are shown together.
    assert.ok(labels.length > 1 && labels.at(-1) === Number(last));
    const backwards = labels.filter((label, at) => label <= (labels[at - 1] ?? 0));
    assert.deepEqual(backwards, []);
    assert.equal(late, 0);
  });
});

describe('a plane of more cells than the screen has room for', () => {
  const on = onDocument({ ...worked, input: zeros('float64', [1, 1, 900, 900]) });

  it('is scrubbed cell by cell with Alt and the wheel, as one undo', async () => {
    const range = on.inspector.frame.locator('.tensor.input .legend');
    await range.filter({ hasText: 'max 0' }).waitFor();
    await on.inspector.grid('input').hover();
    await on.workbench.page.keyboard.down('Alt');
    for (let turn = 0; turn < 3; turn++) await on.workbench.page.mouse.wheel(0, -100);
    await on.workbench.page.keyboard.up('Alt');
    await range.filter({ hasText: /max 0\.3/ }).waitFor();
    await on.inspector.grid('output').focus();
    await on.workbench.page.waitForTimeout(200);
    await on.workbench.page.keyboard.press('Control+Z');
    await range.filter({ hasText: /max 0$/ }).waitFor();
  });
});
