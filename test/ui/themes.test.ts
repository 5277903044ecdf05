import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { accessibilityProblems } from './driver/axe';
import { Inspector } from './driver/inspector';
import { type Theme, Workbench } from './driver/workbench';

/** What VS Code calls the kind of theme on a webview's body. */
const bodyClass: Record<Theme, string> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'hc-light': 'vscode-high-contrast-light',
  'hc-black': 'vscode-high-contrast',
};
/** Of the editor; the bar at the side of the window takes 48 pixels more. */
const widths = [1232, 400];

/** Views that explain the output, by their tabs; each with a step or a part in which it shows most. */
const views = [
  ['Zero insertion', undefined],
  ['Steps', 'Overlap-add'],
  ['Steps', 'Matrix'],
  ['Phases', 'Sub-kernels'],
  ['Phases', 'Artefacts'],
  ['Phases', 'iPixelTCL'],
  ['Formula', 'Size'],
  ['Formula', 'Symbols'],
  ['Field', 'Chain'],
  ['Compare', 'Upsampling'],
  ['Compare', 'Frameworks'],
] as const;

describe('the four themes', () => {
  let workbench: Workbench;
  let frame: Frame;
  before(async () => {
    workbench = await Workbench.open({ theme: 'light' });
    await workbench.runCommand('Open Transposed Conv Inspector');
    ({ frame } = await Inspector.in(workbench.page));
    await workbench.hideSideBar();
  });
  after(async () => {
    await workbench.close();
  });

  for (const theme of Object.keys(bodyClass) as Theme[]) {
    for (const width of widths) {
      it(`${theme}, ${width} pixels wide: axe finds nothing`, async () => {
        await workbench.setTheme(theme);
        await workbench.page.setViewportSize({ width: width + 48, height: 900 });
        // A theme that is changed while the panel is open must reach it.
        await frame.locator(`body.${bodyClass[theme]}`).waitFor();
        await workbench.screenshot(`theme-${theme}-${width}`);
        assert.deepEqual(await accessibilityProblems(frame), []);
      });
    }

    it(`${theme}: axe finds nothing in the views that say why`, async () => {
      await workbench.page.setViewportSize({ width: 1500, height: 900 });
      const found: string[] = [];
      for (const [tab, part] of views) {
        await frame.getByRole('tab', { name: tab, exact: true }).click();
        if (part !== undefined) await frame.getByRole('radio', { name: part, exact: true }).click();
        // Pictures and other frameworks are worked out elsewhere, and come in their own time.
        await frame.locator('.stage svg text:visible, .stage math:visible').first().waitFor();
        await workbench.page.keyboard.press('Escape');
        await workbench.page.waitForTimeout(500);
        await workbench.screenshot(`theme-${theme}-${tab}-${part ?? ''}`.toLowerCase().replaceAll(' ', '-'));
        const problems = await accessibilityProblems(frame, theme === 'light' ? 'everything' : 'contrast');
        found.push(...problems.map((problem) => `${tab} ${part ?? ''}: ${problem}`));
      }
      assert.deepEqual(found, []);
      await frame.getByRole('tab', { name: 'Grids', exact: true }).click();
    });
  }
});
