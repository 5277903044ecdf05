import assert from 'node:assert/strict';
import { Inspector } from './driver/inspector';
import { goTo, writeNet } from './driver/python';
import { Workbench } from './driver/workbench';

describe('in Simplified Chinese', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ language: 'zh-cn', prepare: (folder) => writeNet(folder) });
    await workbench.hideSideBar();
  });
  after(() => workbench.close());

  it('the palette, the page and its formula are Chinese', async () => {
    await workbench.runCommand('打开转置卷积检查器');
    const { frame } = await Inspector.in(workbench.page);
    // What is seen, and what is said by names and tooltips.
    const text = await frame.locator('body').evaluate((body) => {
      const named = [...body.querySelectorAll<HTMLElement>('[aria-label], [title]')];
      return [body.textContent, ...named.map((each) => `${each.ariaLabel} ${each.title}`)].join('\n');
    });
    for (const term of ['卷积核大小', '步幅', '填充', '输出填充', '膨胀率', '分组', '转置卷积', '投射野'])
      assert.ok(text.includes(term), `${term} is not in:\n${text}`);
    await workbench.screenshot('chinese');
  });

  it('so is a hover', async () => {
    await workbench.openFile('up.py');
    await workbench.page.locator('.editor-instance .view-lines').filter({ hasText: 'ConvTranspose2d' }).waitFor();
    await goTo(workbench, 9, 25);
    await workbench.runCommand('Show or Focus Hover');
    const shown = workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'ConvTranspose2d' });
    await shown.filter({ hasText: '在转置卷积检查器中打开' }).waitFor();
    await shown.filter({ hasText: '输入形状：来自注释。' }).waitFor();
    await workbench.screenshot('chinese-hover');
  });
});
