import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedApi, extensionId, until } from './support';

describe('the extension in a real extension host', () => {
  it('activates and exports version 1 of its API', async () => {
    const api = await activatedApi();
    assert.equal(api.version, 1);
    assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, true);
  });

  it('offers "Open Transposed Conv Inspector" in the palette, and the command exists', async () => {
    await activatedApi();
    const { contributes } = vscode.extensions.getExtension(extensionId)?.packageJSON as {
      contributes: { commands: { command: string; title: string }[] };
    };
    const opener = contributes.commands.find(({ command }) => command === 'transposedConv.open');
    // The manifest may name its titles by a key of package.nls.json; the extension host has filled it in.
    assert.equal(opener?.title, 'Open Transposed Conv Inspector');
    assert.ok((await vscode.commands.getCommands(true)).includes('transposedConv.open'));
  });

  it('registers every command that its manifest declares', async () => {
    await activatedApi();
    const { contributes } = vscode.extensions.getExtension(extensionId)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  it('opens as one tab', async () => {
    const api = await activatedApi();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await api.open();
    const tabs = await until(
      () => vscode.window.tabGroups.all.flatMap((group) => group.tabs),
      (open) => open.length > 0,
    );
    assert.equal(tabs.length, 1);
    assert.ok(tabs[0].input instanceof vscode.TabInputCustom);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
