// A window of VS Code, opened on a copy of the sample workspace and driven by keyboard and pointer.
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright-core';
import {
  chromiumOptions,
  ownServer,
  payload,
  sampleFolder,
  screenshotFolder,
  type Server,
  settingsFile,
} from './environment';

/** As the settings and as the picker name them. */
const themes = {
  light: { setting: 'Default Light Modern', label: 'Light Modern' },
  dark: { setting: 'Default Dark Modern', label: 'Dark Modern' },
  'hc-light': { setting: 'Default High Contrast Light', label: 'Light High Contrast' },
  'hc-black': { setting: 'Default High Contrast', label: 'Dark High Contrast' },
} as const;
export type Theme = keyof typeof themes;

export interface WorkbenchOptions {
  theme?: Theme;
  /** Size of the window in CSS pixels. */
  width?: number;
  height?: number;
  settings?: Record<string, unknown>;
  /** Of extensions' texts; VS Code's own stay English, for which it would want a language pack. */
  language?: string;
  /** Puts files into the folder before it is opened. */
  prepare?(folder: string): Promise<void>;
  /** Another one than that of the suite, with another build of the extension. */
  server?: Server;
  /** Runs in every frame of the window before anything else does. */
  watch?: () => void;
}

/** The settings with which the server was started. */
const quietSettings = JSON.parse(readFileSync(join(process.cwd(), 'scripts/server/settings.json'), 'utf8')) as Record<
  string,
  unknown
>;

let shared: Promise<BrowserContext> | undefined;

/**
 * One profile for the run: the workbench is compiled once. What it remembers, it remembers by folder, and each window
 * has a new one.
 */
function contextOfThisRun(): Promise<BrowserContext> {
  shared ??= (async () => {
    const browser = await chromium.launch(chromiumOptions);
    return await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  })();
  return shared;
}

export async function newPage({ width = 1280, height = 860 }: WorkbenchOptions = {}): Promise<Page> {
  const page = await (await contextOfThisRun()).newPage();
  await page.setViewportSize({ width, height });
  page.setDefaultTimeout(30_000);
  return page;
}

export class Workbench {
  private constructor(
    readonly page: Page,
    /** The folder that is open: a copy, so that a test may write to it. */
    readonly folder: string,
  ) {}

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { server = ownServer } = options;
    await configure(server, options);
    const folder = await mkdtemp(join(tmpdir(), 'tci-workspace-'));
    await cp(sampleFolder, folder, { recursive: true });
    await options.prepare?.(folder);
    const page = await newPage(options);
    if (options.watch) await page.addInitScript(options.watch);
    // What a language pack would have set.
    if (options.language)
      await page.addInitScript(
        (language) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language }),
        options.language,
      );
    const workbench = new Workbench(page, folder);
    await page.goto(`${server.address}/?${new URLSearchParams({ folder, ...(payload && { payload }) })}`);
    await workbench.ready();
    return workbench;
  }

  /** Until the parts of the window that a person would wait for are there. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
    await this.page
      .locator(
        '.explorer-folders-view .monaco-list, .editor-group-watermark, .monaco-workbench .editor-group-container',
      )
      .first()
      .waitFor();
  }

  /** Types a command's title into the palette, as a person does. */
  async runCommand(title: string): Promise<void> {
    await this.pick('F1', `>${title}`, title);
  }

  /** Opens a file of the workspace by its name, from Quick Open. */
  async openFile(name: string): Promise<void> {
    await this.pick('Control+P', name, name);
  }

  /** Chooses what VS Code asks about in its list. */
  async answer(choice: string): Promise<void> {
    const row = this.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: choice }).first();
    await row.click();
    await row.waitFor({ state: 'hidden' });
  }

  /** Closes the editor in front and forgets what was not saved. */
  async closeEditor(): Promise<void> {
    await this.runCommand('View: Revert and Close Editor');
    await this.page.locator('.tab.active').waitFor({ state: 'detached' });
  }

  /** The list does not grow while it is open, so it is opened again until extensions and files are known. */
  private async pick(key: string, text: string, wanted: string): Promise<void> {
    const palette = this.page.locator('.quick-input-widget');
    const row = palette.locator('.monaco-list-row').filter({ hasText: wanted }).first();
    for (let attempt = 0; attempt < 20; attempt++) {
      await this.page.keyboard.press(key);
      // Whatever takes the focus meanwhile, as an editor does that opens late, closes the list.
      const filled = palette.locator('input').fill(text, { timeout: 3000 });
      if (
        await filled
          .then(() => row.waitFor({ timeout: 1500 }))
          .then(
            () => true,
            () => false,
          )
      ) {
        await row.click();
        await row.waitFor({ state: 'hidden' });
        return;
      }
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`"${wanted}" was never offered.`);
  }

  /** By VS Code's own command, so that it writes down what it has open before it goes. */
  async reload(): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), this.runCommand('Developer: Reload Window')]);
    await this.ready();
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    const palette = this.page.locator('.quick-input-widget');
    await palette.locator('input').fill(themes[theme].label);
    await palette.locator('.monaco-list-row').filter({ hasText: themes[theme].label }).first().click();
    await palette.waitFor({ state: 'hidden' });
  }

  /** Gives the editor the whole width of the window. */
  async hideSideBar(): Promise<void> {
    const sideBar = this.page.locator('.part.sidebar');
    if (await sideBar.isVisible()) await this.runCommand('View: Toggle Primary Side Bar Visibility');
    await sideBar.waitFor({ state: 'hidden' });
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Writes the settings file anew. A window reads it when it opens: the server has no native file watcher. */
async function configure(server: Server, { theme = 'dark', settings = {} }: WorkbenchOptions): Promise<void> {
  await writeFile(
    settingsFile(server),
    JSON.stringify({ ...quietSettings, 'workbench.colorTheme': themes[theme].setting, ...settings }),
  );
}

// The module is loaded before any suite begins, so this is the last thing of the whole run.
after(async () => {
  await (await shared)?.browser()?.close();
});
