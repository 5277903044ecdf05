// What VS Code asks before something is done, or tells when nothing was.
import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench';

/** Answers what is asked before something is done; says what stood there. */
export async function confirm({ page }: Workbench, button: string): Promise<string> {
  const box = page.locator('.monaco-dialog-box');
  await box.waitFor();
  const text = await box.innerText();
  await box.getByRole('button', { name: button }).click();
  await box.waitFor({ state: 'hidden' });
  return text;
}

/** Lets the folder of the window be trusted, as its user does once. */
export async function trust(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await workbench.page.locator('.workspace-trust-editor.trusted').waitFor();
  await workbench.runCommand('View: Close Editor');
}

/** The view of what was inspected. */
export const liveView = ({ page }: Workbench): Locator =>
  page.locator('.pane').filter({ has: page.getByText('Live Tensors', { exact: true }) });

/** Chooses something from the menu of a line, or of whatever else has one. */
export async function chooseFromMenu({ page }: Workbench, of: Locator, item: string): Promise<void> {
  await of.click({ button: 'right' });
  const chosen = page.locator('.monaco-menu').getByRole('menuitem', { name: item });
  // In its first moments a menu hears no click, and stays.
  for (let tries = 0; tries < 5; tries++) {
    await chosen.click();
    const gone = chosen.waitFor({ state: 'hidden', timeout: 1000 });
    if (
      await gone.then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error(`The menu with "${item}" stays open.`);
}
