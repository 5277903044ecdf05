// A grid of a document, as a person at a keyboard works it.
import type { Locator } from 'playwright-core';
import type { GridName } from './inspector';
import type { OnDocument } from './onDocument';

/** What the tests of grids do again and again. */
export interface Sheet {
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  editor(name: GridName): Locator;
  overlay(name: GridName): Locator;
  /** Puts the cursor of a grid on its first cell. */
  home(name: GridName): Promise<void>;
  /** Takes back the last step, until a grid reads so; or `steps` of them. */
  undo(name: GridName, rows: readonly (readonly number[])[], steps?: number): Promise<void>;
  setClipboard(text: string): Promise<void>;
  clipboard(): Promise<string>;
}

/** VS Code takes one undo after the other. */
const UNDO_PAUSE_MS = 250;

export function sheetOf(on: OnDocument): Sheet {
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await on.workbench.page.keyboard.press(key);
  };
  const within = (name: GridName, selector: string): Locator =>
    on.inspector.frame.locator(`[data-grid="${name}"] ${selector}`);
  return {
    press,
    type: (text) => on.workbench.page.keyboard.type(text),
    editor: (name) => within(name, '.grid-editor'),
    overlay: (name) => within(name, '.grid-overlay'),
    async home(name) {
      await on.inspector.grid(name).focus();
      await press('Control+Home');
    },
    async undo(name, rows, steps = 1) {
      await on.inspector.grid(name).focus();
      for (let step = 0; step < steps; step++) {
        await on.workbench.page.waitForTimeout(UNDO_PAUSE_MS);
        await press('Control+Z');
      }
      await on.inspector.reads(name, rows);
    },
    setClipboard: (text) => on.workbench.page.evaluate((copied) => navigator.clipboard.writeText(copied), text),
    clipboard: () => on.workbench.page.evaluate(() => navigator.clipboard.readText()),
  };
}
