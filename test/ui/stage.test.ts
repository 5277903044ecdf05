// What is in view, and that nothing moves: measured in a real window, at the sizes that people have.
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { Inspector } from './driver/inspector';
import { Workbench } from './driver/workbench';

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const rectangleOf = (frame: Frame, selector: string): Promise<Rectangle> =>
  frame
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top, right, bottom };
    });

const page = (frame: Frame): Promise<{ width: number; height: number }> =>
  frame.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }));

/** Fails unless all of these are within the page. */
async function inView(frame: Frame, selectors: readonly string[]): Promise<void> {
  const { width, height } = await page(frame);
  for (const selector of selectors) {
    const { left, top, right, bottom } = await rectangleOf(frame, selector);
    assert.ok(right > left && bottom > top, `${selector} is not there`);
    assert.ok(
      left >= 0 && top >= 0 && right <= width + 1 && bottom <= height + 1,
      `${selector}: ${left}…${right} × ${top}…${bottom} in ${width} × ${height}`,
    );
  }
}

const GRIDS = ['input', 'weight', 'output'].map((name) => `[data-grid="${name}"] [role="grid"]`);
const SUM = '.cell-name';
const MATRIX = '.matrix [role="grid"]';

/** Where every grid, header and box stands. */
const places = (frame: Frame): Promise<readonly string[]> =>
  frame.evaluate(() =>
    [...document.querySelectorAll('[role="grid"], header, .box, .tensor, .pane, .bar, .strip, .size')].map(
      (element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const name = element.getAttribute('aria-label') ?? element.className.replace(' stale', '');
        return `${name}: ${[left, top, width, height].map(Math.round).join(' ')}`;
      },
    ),
  );

describe('the stage', () => {
  let workbench: Workbench;
  let inspector: Inspector;
  before(async () => {
    workbench = await Workbench.open({ width: 1500, height: 1000 });
    await workbench.hideSideBar();
    await workbench.runCommand('Open Transposed Conv Inspector');
    inspector = await Inspector.in(workbench.page);
    await inspector.settled('output');
  });
  after(() => workbench.close());

  const resized = async (width: number, height: number): Promise<void> => {
    await workbench.page.setViewportSize({ width, height });
    await workbench.page.waitForTimeout(600);
  };
  const pointed = async (): Promise<void> => {
    await inspector.cell('output', 3, 3).hover();
    await inspector.frame.locator('.cell-head').filter({ hasText: 'out[3,3]' }).waitFor();
  };

  it('begins with data: the first cell is at most 115 pixels below the top, with output, sum and matrix in view', async () => {
    await pointed();
    assert.ok((await rectangleOf(inspector.frame, GRIDS[0])).top <= 115);
    await inView(inspector.frame, [...GRIDS, SUM, MATRIX]);
    await workbench.screenshot('stage-1500');
  });

  it('does so beside VS Code’s side bar', async () => {
    await workbench.page.keyboard.press('Control+B');
    await workbench.page.waitForTimeout(800);
    await pointed();
    assert.ok((await rectangleOf(inspector.frame, GRIDS[0])).top <= 115);
    await inView(inspector.frame, [...GRIDS, SUM, MATRIX]);
    await workbench.screenshot('stage-1500-side-bar');
    await workbench.page.keyboard.press('Control+B');
    await workbench.page.waitForTimeout(800);
  });

  it('gives the three grids one top edge and cells of one size', async () => {
    const [input, weight, output] = await Promise.all(GRIDS.map((grid) => rectangleOf(inspector.frame, grid)));
    assert.deepEqual([weight.top, output.top], [input.top, input.top]);
    const cell = (input.right - input.left) / 4;
    assert.deepEqual([(weight.right - weight.left) / 3, (output.right - output.left) / 8], [cell, cell]);
  });

  it('has grids and sum in view at 1000×600', async () => {
    await resized(1000, 600);
    await pointed();
    await inView(inspector.frame, [...GRIDS, '.cell-head .summary']);
    await workbench.screenshot('stage-1000');
  });

  it('has the output in view at 400×800', async () => {
    await resized(400, 800);
    await inView(inspector.frame, [GRIDS[2], SUM]);
    await workbench.screenshot('stage-400');
  });

  it('covers no grid by an error at 400×800, where the first cells are as near as the boxes', async () => {
    const { frame } = inspector;
    await resized(400, 800);
    await inspector.field('stride').fill('0');
    await inspector.field('stride').press('Enter');
    const overlay = await frame.locator('.overlay:visible').boundingBox();
    assert.ok(overlay);
    for (const name of ['input', 'weight', 'output'] as const) {
      const grid = await inspector.grid(name).boundingBox();
      assert.ok(grid && grid.y + grid.height <= overlay.y, name);
    }
    await workbench.screenshot('stage-400-error');
    await inspector.field('stride').fill('2');
    await inspector.field('stride').press('Enter');
    await frame.locator('.overlay').waitFor({ state: 'hidden' });
    await resized(1500, 1000);
  });

  it('moves nothing by an edit that keeps the shapes, nor by an error', async () => {
    await pointed();
    const before = await places(inspector.frame);
    const { frame } = inspector;
    const values = ['-12.5', '0', '1e-7', '123456', '1/3', '=2*pi', '-0.001', '42', 'inf', '7'];
    for (let edit = 0; edit < 40; edit++) {
      const name = edit % 2 === 0 ? 'input' : 'weight';
      await inspector.type(name, edit % 3, (edit * 2) % 3, values[edit % values.length]);
      assert.deepEqual(await places(frame), before, `edit ${edit}: ${values[edit % values.length]}`);
    }
    for (const [parameter, wrong, right] of [
      ['outputPadding', '2', '1'],
      ['stride', '0', '2'],
      ['dilation', '0', '1'],
      ['padding', '-1', '1'],
      ['padding', 'one', '1'],
      ['outputPadding', '9', '1'],
      ['stride', '1.5', '2'],
      ['groups', '3', '1'],
      ['padding', '99', '1'],
      ['dilation', 'x', '1'],
    ] as const) {
      const field = inspector.field(parameter);
      const behind = parameter === 'groups';
      const type = async (text: string): Promise<void> => {
        await field.fill(text);
        // Escape, which closes the menu, takes back what was only typed.
        await field.press('Enter');
      };
      const fill = (text: string) => (behind ? inspector.inMore(() => type(text)) : field.fill(text));
      await fill(wrong);
      await frame
        .locator('.strip .count:visible')
        .waitFor({ timeout: 5000 })
        .catch(() => {
          throw new Error(`${parameter} ${wrong} is not said to be wrong.`);
        });
      assert.deepEqual(await places(frame), before, `${parameter} ${wrong}`);
      await fill(right);
      await frame.locator('.strip .count').waitFor({ state: 'hidden' });
    }
    assert.deepEqual(await places(frame), before);
  });

  it('lays an error over the page, above the first cell, and Escape closes it', async () => {
    const { frame } = inspector;
    await inspector.field('outputPadding').fill('2');
    await frame.locator('.overlay:visible').waitFor();
    const overlay = await rectangleOf(frame, '.overlay');
    const box = await rectangleOf(frame, '[data-parameter="outputPadding"]');
    const output = await rectangleOf(frame, GRIDS[2]);
    // The wrong term is underlined in the formula, with the value that is typed, and stays in view beside the overlay.
    const wrong = frame.locator('.formula .numbers .wrong');
    assert.equal(await wrong.textContent(), '2');
    assert.equal(await frame.locator('.formula .numbers .result').textContent(), '9');
    assert.ok((await rectangleOf(frame, '.formula .numbers .wrong')).right <= overlay.left);
    assert.ok(overlay.top >= box.bottom - 2 && overlay.bottom <= output.top, JSON.stringify({ overlay, output }));
    await workbench.screenshot('stage-error');
    await inspector.field('outputPadding').press('Escape');
    await frame.locator('.overlay').waitFor({ state: 'hidden' });
    await inspector.fieldReads('outputPadding', '1');
    await wrong.waitFor({ state: 'detached' });
  });

  it('has at most six Tab stops before the first grid, then one a grid', async () => {
    const { frame } = inspector;
    const { keyboard } = workbench.page;
    await frame.locator('.strip [role="radio"][tabindex="0"]').first().focus();
    const stop = (): Promise<string> =>
      frame.evaluate(() => {
        const grid = document.activeElement?.closest('[data-grid]')?.getAttribute('data-grid');
        return grid ?? document.activeElement?.className ?? '';
      });
    const stops = [await stop()];
    while (!stops.includes('output') && stops.length < 20) {
      await keyboard.press('Tab');
      stops.push(await stop());
    }
    const first = stops.indexOf('input');
    assert.ok(first > 0 && first <= 6, stops.join(', '));
    assert.deepEqual(stops.slice(first), ['input', 'weight', 'output']);
  });

  it('goes from region to region with F6', async () => {
    const { frame } = inspector;
    await frame.locator('.strip [role="radio"][tabindex="0"]').first().focus();
    const regions: string[] = [];
    for (let press = 0; press < 3; press++) {
      await workbench.page.keyboard.press('F6');
      regions.push(
        await frame.evaluate(() => document.activeElement?.closest('.strip, .stage, .side, .bar')?.className ?? ''),
      );
    }
    assert.deepEqual(regions, ['stage', 'side', 'bar']);
  });

  it('gives the matrix half of the page by a button, with the row that is pointed at to be read, and takes it back', async () => {
    const { frame } = inspector;
    const enlarge = frame.getByRole('button', { name: 'Half of the page for the matrix' });
    const before = (await rectangleOf(frame, MATRIX)).right - (await rectangleOf(frame, MATRIX)).left;
    await enlarge.click();
    await workbench.page.waitForTimeout(400);
    const large = await rectangleOf(frame, MATRIX);
    assert.ok(large.right - large.left > 1.8 * before);
    await inView(frame, GRIDS);
    // An edit before has pinned a cell.
    await inspector.grid('output').focus();
    await workbench.page.keyboard.press('Escape');
    await pointed();
    await workbench.screenshot('stage-matrix');
    await enlarge.click();
    await workbench.page.waitForTimeout(400);
    const back = await rectangleOf(frame, MATRIX);
    assert.equal(back.right - back.left, before);
  });

  it('is made 1-D and 3-D and back, and shows a volume as three cuts that follow the pointer', async () => {
    const { frame } = inspector;
    const choose = (rank: string) => frame.locator('.strip [role="radio"]', { hasText: rank }).click();
    await choose('1D');
    await frame.locator('[data-order="lines"] .stem-plot:visible').first().waitFor();
    await inspector.cell('output', 0, 3).hover();
    await frame.locator('.tensor.output .note', { hasText: 'kernel that meet in out[3]' }).waitFor();
    await workbench.screenshot('stage-1d');
    await resized(1000, 600);
    await inView(frame, GRIDS);
    // What the drawer covers is in the page, but not in view.
    const drawer = (await rectangleOf(frame, '.side')).top;
    assert.ok((await rectangleOf(frame, GRIDS[2])).bottom <= drawer, 'the output’s cells are above the drawer');
    await resized(1500, 1000);
    await choose('3D');
    await frame.locator('[data-grid="output/2"] [role="grid"]').waitFor();
    await inspector.cell('output', 2, 1).hover();
    await frame.getByRole('grid', { name: 'Output, y 2,' }).waitFor();
    await frame.getByRole('grid', { name: 'Output, x 1,' }).waitFor();
    await workbench.screenshot('stage-3d');
    // In a low stage one volume has its three cuts, in a line, and all that is seen has cells that can be read.
    await resized(1000, 600);
    await frame.locator('[data-order="volumes"]').waitFor();
    await inView(frame, [...GRIDS, '[data-grid="output/1"] [role="grid"]', '[data-grid="output/2"] [role="grid"]']);
    const wide = async (grid: string): Promise<number> => {
      const { left, right } = await rectangleOf(frame, grid);
      return (right - left) / Number(await frame.locator(grid).first().getAttribute('aria-colcount'));
    };
    for (const grid of GRIDS) assert.ok((await wide(grid)) >= 15, `${grid}: ${await wide(grid)}`);
    const cell = await wide(GRIDS[2]);
    await frame.locator(GRIDS[2]).hover({ position: { x: 3.5 * cell, y: 2.5 * cell } });
    await frame.locator('.cell-head').filter({ hasText: 'out[0,2,3]' }).waitFor();
    await workbench.screenshot('stage-1000-3d');
    await frame.locator('.tensor.input').hover();
    await frame.getByRole('button', { name: 'Input: show large' }).click();
    await frame.locator('[data-grid="input/2"] [role="grid"]').waitFor();
    await frame.locator('[data-grid="output/2"]').waitFor({ state: 'hidden' });
    await frame.getByRole('button', { name: 'Output: show large' }).click();
    await resized(1500, 1000);
    await choose('2D');
    await frame.locator('[data-grid="output/2"]').waitFor({ state: 'hidden' });
  });
});

describe('the stage with an RGB photograph', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ width: 1500, height: 1000 });
    await workbench.hideSideBar();
    await workbench.openFile('start.tconv.json');
  });
  after(() => workbench.close());

  it('draws it whole, with the sum and the matrix in view', async () => {
    const { frame } = await Inspector.in(workbench.page);
    await frame.locator('.tensor.output .shape', { hasText: '×' }).waitFor();
    await workbench.page.waitForTimeout(1000);
    assert.ok((await rectangleOf(frame, GRIDS[0])).top <= 115);
    await inView(frame, [...GRIDS, MATRIX]);
    const whole = await frame
      .locator(GRIDS[2])
      .evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
        scrollWidth - clientWidth,
        scrollHeight - clientHeight,
      ]);
    assert.ok(
      whole.every((rest) => rest <= 1),
      whole.join(),
    );
    await workbench.screenshot('stage-photo');
  });
});
