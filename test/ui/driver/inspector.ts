// The inspector's page, as a person reads and drives it: cells by row and column, parameters by name.
import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';

export type GridName = 'input' | 'weight' | 'output';
export type Parameter = 'stride' | 'padding' | 'dilation' | 'outputPadding' | 'groups' | 'kernel';

/**
 * The frame in which the inspector's page runs: a webview is a frame in a frame, and other webviews may be open.
 * @throws when none has appeared after `timeoutMs`
 */
async function inspectorFrame(page: Page, timeoutMs: number): Promise<Frame> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      // A frame may go away between being listed and being asked.
      if (
        await frame
          .locator('#app main')
          .isVisible()
          .catch(() => false)
      )
        return frame;
    }
    await page.waitForTimeout(50);
  }
  throw new Error(`The inspector did not appear within ${timeoutMs / 1000} s. ${await whatIsShown(page)}`);
}

/** What stands in the window in place of the inspector: without it, nobody can say why it did not come. */
async function whatIsShown(page: Page): Promise<string> {
  const texts = async (selector: string): Promise<string[]> =>
    await page
      .locator(selector)
      .allInnerTexts()
      .catch(() => ['?']);
  const frames = await Promise.all(
    page.frames().map(async (frame) => {
      const body = await frame
        .locator('body')
        .innerHTML({ timeout: 1000 })
        .catch((error: unknown) => String(error));
      return `${frame.url().slice(0, 120)}: ${body.replace(/\s+/g, ' ').slice(0, 400)}`;
    }),
  );
  return [
    `Tabs: ${(await texts('.tab')).join(' | ')}`,
    `Notices: ${(await texts('.notification-toast, .monaco-dialog-box')).join(' | ')}`,
    `Foot: ${(await texts('.statusbar .statusbar-item')).join(' | ')}`,
    ...frames.slice(1),
  ].join('\n');
}

export class Inspector {
  private constructor(
    readonly page: Page,
    readonly frame: Frame,
  ) {}

  /** The inspector that is visible in this window, once it is. */
  static async in(page: Page, timeoutMs = 60_000): Promise<Inspector> {
    return new Inspector(page, await inspectorFrame(page, timeoutMs));
  }

  grid(name: GridName): Locator {
    return this.frame.locator(`[data-grid="${name}"] [role="grid"]`);
  }

  cell(name: GridName, row: number, column: number): Locator {
    return this.frame.locator(`[data-grid="${name}"] [role="gridcell"][data-row="${row}"][data-column="${column}"]`);
  }

  /** What the page says that the values of the plane on show are. Cells must be large enough to carry their numbers. */
  async read(name: GridName): Promise<number[][]> {
    const cells = await this.frame.locator(`[data-grid="${name}"] [role="gridcell"]`).evaluateAll((all) =>
      all.map((cell) => ({
        row: Number(cell.getAttribute('data-row')),
        column: Number(cell.getAttribute('data-column')),
        text: cell.getAttribute('aria-label') ?? '',
      })),
    );
    const rows: number[][] = [];
    for (const { row, column, text } of cells)
      (rows[row] ??= [])[column] = text === '' ? NaN : Number(text.replace('−', '-'));
    return rows;
  }

  /** Waits until a grid says these values, to the last bit; fails with what it said last. */
  async reads(name: GridName, wanted: readonly (readonly number[])[], timeoutMs = 10_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    let found = await this.read(name);
    while (JSON.stringify(found) !== JSON.stringify(wanted) && Date.now() < deadline) {
      await this.page.waitForTimeout(30);
      found = await this.read(name);
    }
    assert.deepEqual(found, wanted);
  }

  /** Waits until a grid has so many rows. */
  async isOf(name: GridName, rows: number, timeoutMs = 10_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    let found = (await this.read(name)).length;
    while (found !== rows && Date.now() < deadline) {
      await this.page.waitForTimeout(30);
      found = (await this.read(name)).length;
    }
    assert.equal(found, rows);
  }

  /** The values of a grid once all of them are there. */
  async settled(name: GridName, timeoutMs = 10_000): Promise<number[][]> {
    const deadline = Date.now() + timeoutMs;
    let found = await this.read(name);
    while (!(found.length > 0 && found.flat().every(Number.isFinite)) && Date.now() < deadline) {
      await this.page.waitForTimeout(30);
      found = await this.read(name);
    }
    return found;
  }

  /** Clicks a cell and types into it, as into a spreadsheet. */
  async type(name: GridName, row: number, column: number, text: string): Promise<void> {
    await this.cell(name, row, column).click();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** Waits until a field shows this text: the toolkit writes it some moments after the page has set it. */
  async fieldReads(name: Parameter, text: string): Promise<void> {
    for (let tries = 0; (await this.field(name).inputValue()) !== text; tries++) {
      if (tries > 100) throw new Error(`${name} reads ${await this.field(name).inputValue()}, not ${text}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** The field of a parameter, which says what it is on all axes: `3`, `3×5`. */
  field(parameter: Parameter): Locator {
    return this.frame.locator(`[data-parameter="${parameter}"] vscode-text-field input`);
  }

  /** Problems that are shown under a parameter's box. */
  problems(parameter: Parameter): Locator {
    return this.frame.locator(`.overlay[data-for="${parameter}"] .problem:visible`);
  }

  /** Does something among the parameters that are behind *more*. */
  async inMore(act: () => Promise<void>): Promise<void> {
    await this.frame.getByRole('button', { name: 'More parameters' }).click();
    await act();
    await this.page.keyboard.press('Escape');
  }

  /** What a step says in numbers. */
  async filmNumbers(): Promise<string> {
    return (await this.frame.locator('.film-words .numbers').innerText()).replaceAll('\u00a0', ' ');
  }

  /** Where cells are lit, as "row,column". */
  async lit(name: GridName): Promise<string[]> {
    const lit = this.frame.locator(`[data-grid="${name}"] [role="gridcell"].lit`);
    return (
      await lit.evaluateAll((all) =>
        all.map((cell) => `${cell.getAttribute('data-row')},${cell.getAttribute('data-column')}`),
      )
    ).sort();
  }

  /** Entries of the matrix that are lit, as "row,column". */
  async litEntries(): Promise<string[]> {
    const lit = this.frame.locator('.matrix [role="gridcell"].lit');
    return (
      await lit.evaluateAll((all) =>
        all.map((cell) => `${cell.getAttribute('data-row')},${cell.getAttribute('data-column')}`),
      )
    ).sort();
  }
}
