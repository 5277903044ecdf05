// Lessons beside the document, the walkthrough that leads to them, and a presentation: all by keyboard or by what a
// newcomer finds on the screen.
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { Inspector } from './driver/inspector';
import { Workbench } from './driver/workbench';

describe('a first hour', () => {
  let workbench: Workbench;
  let inspector: Inspector;
  before(async () => {
    workbench = await Workbench.open({ width: 1500, height: 1000 });
    await workbench.hideSideBar();
  });
  after(() => workbench.close());

  const lesson = (): Locator => inspector.frame.locator('.lesson');
  const task = (): Locator => inspector.frame.locator('.lesson-task');
  const done = (): Promise<void> => inspector.frame.locator('.lesson-task.done').waitFor();
  it('begins with a walkthrough, whose steps lead to the lessons', async () => {
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.answer('A first hour with convolutions');
    const { page } = workbench;
    const steps = page.locator('.getting-started-step');
    await steps.first().waitFor();
    assert.equal(await steps.count(), 6);
    await steps.filter({ hasText: 'Change a number and point at one' }).click();
    await page.locator('.getting-started-media svg, .getting-started-media webview, iframe').first().waitFor();
    await workbench.screenshot('walkthrough');
    await page.getByRole('button', { name: 'What a Convolution Is' }).click();
    inspector = await Inspector.in(page);
    await lesson().getByRole('heading', { name: 'What a convolution is' }).waitFor();
    assert.match(await lesson().locator('.lesson-place').innerText(), /^Convolution · 1 of 34$/);
  });

  it('has a task that is not done by a wrong try, and is by a right one', async () => {
    await task().getByText('Try it').waitFor();
    await inspector.cell('weight', 0, 0).click();
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.type('0');
    await workbench.page.keyboard.press('Control+Enter');
    await inspector.reads('weight', [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    assert.equal(await inspector.frame.locator('.lesson-task.done').count(), 0);
    await inspector.type('weight', 1, 1, '1');
    await done();
    await workbench.screenshot('lesson');
  });

  it('goes on to the next lesson in the same tab, which undo takes back', async () => {
    const tabs = await workbench.page.locator('.tab').count();
    await lesson().getByRole('button', { name: 'Next: Why the kernel comes out turned' }).click();
    await lesson().getByRole('heading', { name: 'Why the kernel comes out turned' }).waitFor();
    await inspector.reads('output', [
      [9, 8, 7],
      [6, 5, 4],
      [3, 2, 1],
    ]);
    assert.equal(await workbench.page.locator('.tab').count(), tabs);
    await inspector.cell('output', 0, 0).click();
    await workbench.page.keyboard.press('Control+Z');
    await lesson().getByRole('heading', { name: 'What a convolution is' }).waitFor();
    await done();
  });

  it('lists all lessons, those that were done marked', async () => {
    await lesson().getByRole('button', { name: 'All lessons' }).click();
    const items = inspector.frame.locator('.lesson-item');
    await items.first().waitFor();
    assert.equal(await items.count(), 34);
    await inspector.frame.getByRole('button', { name: 'What a convolution is, done' }).waitFor();
    assert.equal(await inspector.frame.locator('.lesson-item .icon-pass').count(), 1);
    await workbench.screenshot('lessons');
  });

  it('follows a task into another view: a chain is mended, and 16 comes back', async () => {
    await inspector.frame.getByRole('button', { name: 'Through the whole network' }).click();
    await lesson().getByRole('heading', { name: 'Through the whole network' }).waitFor();
    await inspector.frame.getByRole('tab', { name: 'Field', selected: true }).waitFor();
    await task().getByText('Try it').waitFor();
    const line = inspector.frame.locator('.stages .stage-line vscode-text-field input').last();
    await workbench.screenshot('lesson-ladder');
    await line.fill('tconv k3 s2 p1 op1');
    await line.press('Enter');
    await done();
  });

  it('shows what is printed wrong: the sum that lacks a term, in the letters of the text', async () => {
    await lesson().getByRole('button', { name: 'Next: Sums that lack terms' }).click();
    await lesson().getByRole('heading', { name: 'Sums that lack terms' }).waitFor();
    const sum = inspector.frame.locator('.math-output mtd[data-cell="output 0,0,2,0"]');
    await sum.filter({ hasText: /^w2,0\W*y0\W*w1,0\W*y2$/ }).waitFor();
    await task().getByText('Try it').waitFor();
    await sum.click({ position: { x: 3, y: 3 } });
    await done();
    await workbench.screenshot('lesson-printed');
  });

  it('counts what a fully connected layer would have, beside the lesson on it', async () => {
    await lesson().getByRole('button', { name: 'All lessons' }).click();
    await inspector.frame.getByRole('button', { name: 'Going up without the full matrix' }).click();
    await inspector.frame.locator('.facts', { hasText: '33,554,432' }).first().waitFor();
    await inspector.field('kernel').fill('32');
    await workbench.page.keyboard.press('Enter');
    await inspector.field('padding').fill('0');
    await workbench.page.keyboard.press('Enter');
    await done();
    await workbench.screenshot('lesson-full-matrix');
  });

  it('opens Python in which a convolution can be hovered', async () => {
    await workbench.runCommand('Open an Example in Python');
    await workbench.page.locator('.tab.active').filter({ hasText: 'Untitled-' }).waitFor();
    await workbench.page.locator('.editor-instance .view-lines').filter({ hasText: 'class Generator' }).waitFor();
  });
});

describe('a presentation', () => {
  let workbench: Workbench;
  let inspector: Inspector;
  before(async () => {
    workbench = await Workbench.open({ width: 1500, height: 1000 });
    await workbench.runCommand('Learn: Open a Lesson…');
    await workbench.answer('Every input is a stamp');
    inspector = await Inspector.in(workbench.page);
    await inspector.settled('output');
    await inspector.frame.getByRole('tab', { name: 'Steps' }).click();
    await inspector.frame.locator('.film-canvas svg rect').first().waitFor();
  });
  after(() => workbench.close());

  it('has the stage alone in the window, with the keys told for a moment', async () => {
    await workbench.runCommand('Presentation: Stage Alone');
    const { frame } = inspector;
    await frame.locator('main.presenting').waitFor();
    await frame.getByText('Escape ends').waitFor();
    for (const part of ['.strip', '.size', '.side', '.bar'])
      assert.equal(await frame.locator(part).isVisible(), false, part);
    await workbench.page.locator('.part.statusbar').waitFor({ state: 'hidden' });
    await workbench.screenshot('presentation');
  });

  it('steps by arrows and by the keys of a remote, and goes to views by numbers', async () => {
    const { frame } = inspector;
    const { keyboard } = workbench.page;
    await frame.locator('.film-canvas').focus();
    await keyboard.press('ArrowRight');
    await frame.locator('.counter', { hasText: /^2 \// }).waitFor();
    await keyboard.press('PageDown');
    await frame.locator('.counter', { hasText: /^3 \// }).waitFor();
    await keyboard.press('PageUp');
    await frame.locator('.counter', { hasText: /^2 \// }).waitFor();
    await keyboard.press('2');
    await frame
      .getByRole('tab', { name: 'Zero insertion', selected: true, includeHidden: true })
      .waitFor({ state: 'attached' });
  });

  it('ends with Escape, and the window is as it was', async () => {
    await workbench.page.keyboard.press('Escape');
    await inspector.frame.locator('main:not(.presenting)').waitFor();
    await inspector.frame.locator('.strip').waitFor();
    await workbench.page.locator('.part.statusbar').waitFor();
  });
});
